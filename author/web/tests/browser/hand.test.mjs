// A business survey built through the interface alone: what comes out is what our own questionnaire says.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { enter, saved, stage } from './lib/stage.mjs'
import { block, routes } from './lib/blocks.mjs'

const wanted = JSON.parse(readFileSync(new URL('../../../../questionnaires/surveys/monthly-business/en.json', import.meta.url), 'utf8'))

/** Names of places are the editor's own: they are compared by what fills them. */
function plain(value) {
  if (Array.isArray(value)) return value.map(plain)
  if (!value || typeof value !== 'object') return value
  if (value.placeholders) {
    const names = new Map(value.placeholders.map((one) => [one.placeholder, JSON.stringify(one.value ?? one.transforms)]))
    const words = (text) => text.replace(/\{([0-9a-z_]+)\}/g, (all, name) => (names.has(name) ? `{${names.get(name)}}` : all))
    return value.text ? { text: words(value.text) } : { count: value.text_plural.count, forms: Object.fromEntries(Object.entries(value.text_plural.forms).map(([form, text]) => [form, words(text)])) }
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]))
}

const sorted = (value) => (Array.isArray(value) ? value.map(sorted) : value && typeof value === 'object' ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)])) : value)

export const tests = {
  async 'the turnover section of monthly-business is built by hand'() {
    const on = await stage()
    try {
      const page = await on.page()
      await enter(page, on.url)
      await page.getByRole('button', { name: 'New questionnaire' }).first().click()
      await page.getByRole('textbox', { name: 'Question title' }).waitFor()
      const base = page.url().split('/design')[0]
      // Launch details that the questions speak of.
      await page.goto(`${base}/design`)
      for (const one of wanted.metadata.slice(3)) {
        await page.getByRole('button', { name: 'Add launch detail' }).click()
        const row = page.locator('fieldset[data-pointer^="/definition/metadata/"]').last()
        await row.getByLabel('Name').fill(one.name)
        await row.getByLabel('Type').selectOption(one.type)
        if (one.optional) await row.getByLabel('May be missing').check()
      }
      const sections = (process.env.SECTIONS ?? 'reporting,turnover').split(',')
      const groups = wanted.sections.filter((one) => sections.includes(one.id)).flatMap((one) => one.groups)
      const blocks = groups.flatMap((one) => one.blocks).filter((one) => one.type !== 'Introduction')
      await page.getByRole('row', { name: /New question/ }).first().click()
      for (const one of blocks) {
        const from = Date.now()
        await block(page, one)
        if (process.env.LOUD) console.log(one.id, Date.now() - from)
      }
      for (const one of blocks.filter((made) => made.routing_rules)) await routes(page, base, one)
      await saved(page)
      const id = base.split('/').at(-1)
      const draft = await page.evaluate(async (questionnaire) => (await fetch(`/api/v1/questionnaires/${questionnaire}/draft`)).json(), id)
      const made = draft.document.definition.sections.flatMap((one) => one.groups).flatMap((one) => one.blocks)
      const differ = blocks.filter((one) => JSON.stringify(sorted(plain(made.find((other) => other.id === one.id)))) !== JSON.stringify(sorted(plain(one))))
      if (process.env.LOUD) for (const one of differ) console.error(JSON.stringify(sorted(plain(made.find((other) => other.id === one.id)))), '\n', JSON.stringify(sorted(plain(one))))
      assert.deepEqual(differ.map((one) => sorted(plain(made.find((other) => other.id === one.id)))), differ.map((one) => sorted(plain(one))))
      assert.deepEqual(draft.document.definition.metadata, wanted.metadata)
      assert.deepEqual(on.faults, [])
    } catch (error) {
      if (process.env.LOUD) console.error(on.faults)
      if (process.env.SHOT) await on.browser.contexts()[0]?.pages()[0]?.screenshot({ path: process.env.SHOT })
      throw error
    } finally {
      await on.close()
    }
  },
}
