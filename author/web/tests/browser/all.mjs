// Runs the browser tests one after the other; ONLY=name for one of them, TEST=words for one within.
import { readdirSync } from 'node:fs'

const folder = new URL('./', import.meta.url)
const names = readdirSync(folder).filter((name) => name.endsWith('.test.mjs')).sort()
let failed = 0
for (const name of names) {
  if (process.env.ONLY && !name.startsWith(process.env.ONLY)) continue
  const { tests } = await import(new URL(name, folder))
  for (const [what, run] of Object.entries(tests)) {
    if (process.env.TEST && !what.includes(process.env.TEST)) continue
    const from = Date.now()
    try {
      await run()
      console.log(`ok   ${what} (${Date.now() - from} ms)`)
    } catch (error) {
      failed++
      console.error(`FAIL ${name}: ${what}\n${error.stack ?? error}`)
    }
  }
}
process.exit(failed ? 1 : 0)
