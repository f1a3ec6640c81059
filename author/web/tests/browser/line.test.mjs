// The thin line: from the first account to an answer given in the runner.
import assert from 'node:assert/strict'
import { enter, saved, stage } from './lib/stage.mjs'

export const tests = {
  async 'a question typed is previewed, published and answered'() {
    const on = await stage({ withRunner: true })
    try {
      const page = await on.page()
      await enter(page, on.url)
      await page.getByRole('button', { name: 'New questionnaire' }).first().click()
      const title = page.getByRole('textbox', { name: 'Question title' })
      await title.waitFor()
      await title.click()
      await page.keyboard.type('How many people usually live here?')
      await page.getByText('“How many” is usually').waitFor()
      await page.keyboard.press('Enter')
      await page.keyboard.press('Enter')
      await page.getByRole('region', { name: /Answer: Number of people/ }).waitFor()
      await saved(page)
      assert.match(await page.locator('[data-saved]').innerText(), /Saved \d\d:\d\d:\d\d/)
      const frame = page.frameLocator('iframe')
      await frame.locator('body').filter({ hasText: /live here|Start survey/ }).waitFor()
      await page.getByRole('button', { name: 'Publish', exact: true }).click()
      await page.getByRole('button', { name: 'Publish now' }).click()
      await page.getByText(/version 1, is live/).waitFor()
      const href = await page.getByRole('link', { name: 'Answer it yourself' }).getAttribute('href')
      const respondent = await on.page()
      await on.until('the published version in the runner', async () => (await fetch(href)).status === 200)
      await respondent.goto(href)
      await respondent.locator('button[type=submit], input[type=submit]').first().click()
      await respondent.getByRole('button', { name: /Start survey/ }).click()
      await respondent.getByRole('heading', { name: 'How many people usually live here?' }).waitFor()
      await respondent.getByLabel('Number of people').fill('3')
      await respondent.getByRole('button', { name: /Save and continue/ }).click()
      assert.deepEqual(on.faults, [])
    } finally {
      await on.close()
    }
  },
}
