// No screen has anything that axe finds, in English and in Welsh, wide and narrow.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { enter, stage } from './lib/stage.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
async function check(page, name, found) {
  const session = await page.context().newCDPSession(page)
  await session.send('Runtime.evaluate', { expression: axe })
  const result = await page.evaluate(() => globalThis.axe.run(document, { iframes: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }))
  found.push(...result.violations.map((one) => `${name}: ${one.id} ${one.nodes[0].html.slice(0, 200)}`))
  await session.detach()
}

export const tests = {
  async 'axe finds nothing on any screen'() {
    const on = await stage({ samples: true })
    try {
      const found = []
      const page = await on.page()
      await page.goto(on.url)
      await page.getByRole('button', { name: 'Make account' }).waitFor()
      await check(page, 'first account', found)
      await enter(page, on.url)
      await page.getByRole('row').nth(3).waitFor()
      await check(page, 'list', found)
      await page.getByLabel('Search titles, codes and wording').fill('Monthly')
      await page.getByRole('link', { name: 'Monthly Business Survey' }).last().click()
      await page.getByRole('textbox', { name: 'Question title' }).waitFor()
      const base = page.url().split('/design')[0]
      const screens = ['design/turnover-split', 'design/change-reasons/change-reasons-answer', 'design/introduction', 'design/turnover', 'design', 'design/thank-you', 'design/turnover-change-size', 'design/purchases-total', 'logic/turnover-change', 'map/turnover-split', 'translations', 'versions']
      for (const language of ['en', 'cy']) {
        await page.evaluate((code) => localStorage.setItem('canvass-language', code), language)
        for (const size of language === 'en' ? [{ width: 1440, height: 900 }, { width: 1024, height: 768 }, { width: 390, height: 800 }] : [{ width: 1440, height: 900 }]) {
          await page.setViewportSize(size)
          for (const screen of size.width === 1440 && language === 'en' ? screens : screens.filter((_, at) => [0, 1, 8, 9, 10].includes(at))) {
            await page.goto(`${base}/${screen}`)
            await page.locator('main').waitFor()
            await check(page, `${screen} ${language} ${size.width}`, found)
            const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1)
            if (wide) found.push(`${screen} ${language} ${size.width}: the page scrolls sideways`)
          }
        }
      }
      assert.deepEqual([...new Set(found)], [])
      assert.deepEqual(on.faults, [])
    } finally {
      await on.close()
    }
  },
}
