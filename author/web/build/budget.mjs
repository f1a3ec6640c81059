// What the first screen costs over the wire: its page, scripts, styles and the font it needs, compressed. Fails past the budget.
import { readFileSync, statSync } from 'node:fs'

const budget = 350 * 1024
const dist = new URL('../dist/', import.meta.url)
const size = (name) => {
  try {
    return statSync(new URL(`${name}.br`, dist)).size
  } catch {
    return statSync(new URL(name, dist)).size
  }
}
const page = readFileSync(new URL('index.html', dist), 'utf8')
const first = new Set(['index.html'])
const wait = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((match) => match[1])
// Scripts that the first ones import outright come along; those fetched on demand do not.
while (wait.length > 0) {
  const name = wait.pop()
  if (first.has(name)) continue
  first.add(name)
  if (name.endsWith('.js')) for (const match of readFileSync(new URL(name, dist), 'utf8').matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) wait.push(`assets/${match[1]}`)
  if (name.endsWith('.css')) for (const match of readFileSync(new URL(name, dist), 'utf8').matchAll(/url\(\/?((?:assets\/)?open-sans-latin-wght[^)]+)\)/g)) wait.push(match[1].startsWith('assets/') ? match[1] : `assets/${match[1]}`)
}
const total = [...first].reduce((sum, name) => sum + size(name), 0)
console.log(`first load: ${(total / 1024).toFixed(1)} KiB of ${budget / 1024} KiB, ${first.size} files`)
if (total > budget) process.exit(1)
