// Nothing is lost: a service that goes away, a page that goes away, two authors, and undo of it all.
import assert from 'node:assert/strict'
import { enter, person, saved, stage } from './lib/stage.mjs'

const draft = (page) => page.evaluate(async () => (await fetch(`/api/v1/questionnaires/${location.pathname.split('/')[2]}/draft`)).json())
const blocks = (document) => document.definition.sections.flatMap((one) => one.groups).flatMap((one) => one.blocks)
async function begin(on, page) {
  await enter(page, on.url)
  await page.getByRole('button', { name: 'New questionnaire' }).first().click()
  await page.getByRole('textbox', { name: 'Question title' }).click()
  await page.keyboard.insertText('How many people usually live here?')
  await page.locator('[data-type=Number]').click()
  await page.getByRole('region', { name: /Answer: Number of people/ }).waitFor()
  await saved(page)
}

export const tests = {
  async 'edits made while the service is away are kept through a reload, and sent when it is back'() {
    const on = await stage()
    try {
      const page = await on.page()
      await begin(on, page)
      await on.stopAuthor()
      const title = page.getByRole('textbox', { name: 'Question title' })
      await title.click()
      await page.keyboard.press('End')
      await page.keyboard.insertText(' Count yourself.')
      await page.getByText(/Offline. 1 change kept on this device|Not saved/).waitFor()
      await on.startAuthor()
      await page.reload()
      await page.getByRole('textbox', { name: 'Question title' }).filter({ hasText: 'Count yourself.' }).waitFor()
      await on.until('the edit', async () => blocks((await draft(page)).document)[1].question.title.endsWith('Count yourself.'))
      assert.equal(blocks((await draft(page)).document).length, 2)
      assert.deepEqual(on.faults, [])
    } finally {
      await on.close()
    }
  },

  async 'undo takes back every edit by name, after a reload too, and redo makes it again'() {
    const on = await stage()
    try {
      const page = await on.page()
      await begin(on, page)
      const before = (await draft(page)).document.definition
      await page.getByRole('row', { name: /How many people/ }).click()
      await page.keyboard.press('Control+Enter')
      await on.until('another question', async () => blocks((await draft(page)).document).length === 3)
      await page.reload()
      const undo = page.getByRole('button', { name: /^Undo: Add Question/ })
      await undo.waitFor()
      await undo.click()
      await on.until('the question to go', async () => blocks((await draft(page)).document).length === 2)
      assert.deepEqual((await draft(page)).document.definition, before)
      await page.getByRole('button', { name: /^Redo: Add Question/ }).click()
      await on.until('the question to come back', async () => blocks((await draft(page)).document).length === 3)
      assert.deepEqual(on.faults, [])
    } finally {
      await on.close()
    }
  },

  async 'two authors at once: what each did is kept, and each sees the other\'s'() {
    const on = await stage()
    try {
      const one = await on.page()
      await begin(on, one)
      const address = one.url()
      const two = await on.page()
      await two.goto(on.url)
      await two.getByLabel('Email address').fill(person.email)
      await two.getByLabel('Password').fill(person.password)
      await two.getByRole('button', { name: 'Sign in' }).click()
      await two.getByRole('heading', { name: 'All questionnaires' }).waitFor()
      await two.goto(address)
      await two.getByRole('textbox', { name: 'Question title' }).waitFor()
      await two.getByRole('textbox', { name: 'Hint', exact: true }).first().click()
      await two.keyboard.insertText('Children too')
      await one.getByRole('textbox', { name: 'Label' }).first().click()
      await one.keyboard.press('End')
      await one.keyboard.insertText(' in all')
      await on.until('both edits', async () => {
        const [answer] = blocks((await draft(one)).document)[1].question.answers
        return answer.description === 'Children too' && answer.label === 'Number of people in all'
      })
      await two.getByRole('textbox', { name: 'Label' }).first().filter({ hasText: 'in all' }).waitFor()
      assert.deepEqual(on.faults, [])
    } finally {
      await on.close()
    }
  },

  async 'a block is moved and deleted by keys alone, and comes back'() {
    const on = await stage()
    try {
      const page = await on.page()
      await begin(on, page)
      await page.getByRole('row', { name: /How many people/ }).focus()
      await page.keyboard.press('Alt+ArrowUp')
      await on.until('the block to move', async () => blocks((await draft(page)).document)[0].type === 'Question')
      await page.getByRole('row', { name: /How many people/ }).focus()
      await page.keyboard.press('Alt+ArrowDown')
      await on.until('the block to move back', async () => blocks((await draft(page)).document)[0].type === 'Introduction')
      await page.getByRole('row', { name: /How many people/ }).focus()
      await page.keyboard.press('Delete')
      await page.getByText(/Deleted “How many people/).first().waitFor()
      await page.getByRole('region', { name: 'Notes' }).getByRole('button', { name: 'Undo' }).click()
      await on.until('the block to come back', async () => blocks((await draft(page)).document).length === 2)
      assert.deepEqual(on.faults, [])
    } finally {
      await on.close()
    }
  },
}
