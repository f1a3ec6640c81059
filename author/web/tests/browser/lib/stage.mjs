// A stage for the browser tests: the real author on a database of its own, the real runner that fetches from it, and Chromium.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const root = fileURLToPath(new URL('../../../../../', import.meta.url))
const freePort = () =>
  new Promise((found, failed) => {
    const server = createServer()
    server.on('error', failed)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => found(port))
    })
  })
async function until(what, check, seconds = 60) {
  const end = Date.now() + seconds * 1000
  for (;;) {
    try {
      const value = await check()
      if (value) return value
    } catch {
      // Not yet.
    }
    if (Date.now() > end) throw new Error(`${what} did not come within ${seconds} s`)
    await new Promise((done) => setTimeout(done, 100))
  }
}

export const person = { name: 'Dana Smith', email: 'dana@example.com', password: 'correct horse battery staple' }

export async function stage({ withRunner = false, samples = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'canvass-author-'))
  const [authorPort, runnerPort] = [await freePort(), await freePort()]
  const url = `http://127.0.0.1:${authorPort}`
  const runner = `http://127.0.0.1:${runnerPort}`
  const started = []
  const start = (program, args, env) => {
    const child = spawn(program, args, { cwd: folder, env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] })
    child.stderr.on('data', () => undefined)
    started.push(child)
    return child
  }
  const authorEnv = {
    PORT: String(authorPort), STORE: `sqlite:${join(folder, 'author.db')}`, SECURE_COOKIE: 'false', SAMPLES: String(samples), QUESTIONNAIRES: join(root, 'questionnaires'),
    REGISTRY_TOKEN_FILE: join(folder, 'registry.token'), RUNNER_URL: runner,
  }
  let author = start(process.env.AUTHOR, ['serve'], authorEnv)
  await until('the author', async () => (await fetch(`${url}/api/v1/session`)).ok)
  if (withRunner) {
    start(process.env.RUNNER, ['demo'], { PORT: String(runnerPort), STORE: `sqlite:${join(folder, 'runner.db')}`, QUESTIONNAIRES: join(root, 'questionnaires'), CIR_API_BASE_URL: url, CIR_TOKEN_FILE: join(folder, 'registry.token') })
    await until('the runner', async () => (await fetch(runner)).ok)
  }
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] })
  const faults = []
  const page = async (options = {}) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', ...options })
    const made = await context.newPage()
    made.setDefaultTimeout(30_000)
    made.on('pageerror', (error) => faults.push(error.message))
    made.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy|TrustedHTML|Trusted Type/.test(message.text())) faults.push(message.text())
    })
    return made
  }
  return {
    url, runner, browser, page, faults, until,
    async stopAuthor() {
      const gone = new Promise((done) => author.once('exit', done))
      author.kill()
      await gone
    },
    async startAuthor() {
      author = start(process.env.AUTHOR, ['serve'], authorEnv)
      await until('the author', async () => (await fetch(`${url}/api/v1/session`)).ok)
    },
    async close() {
      await browser.close()
      for (const child of started) child.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Makes the first account and comes to the list. */
export async function enter(page, url) {
  await page.goto(url)
  await page.getByLabel('Name', { exact: true }).fill(person.name)
  await page.getByLabel('Email address').fill(person.email)
  await page.getByLabel('Password').fill(person.password)
  await page.getByRole('button', { name: 'Make account' }).click()
  await page.getByRole('heading', { name: 'All questionnaires' }).waitFor()
}
export const saved = (page) => page.locator('[data-saved]').waitFor()
