// Builds blocks of a definition by hand: what the definition has is what is typed and chosen.
import { contents, giveId, giveQuestionId, rule, settle, type } from './hand.mjs'
import { expression } from './expression.mjs'

const names = { Number: 'Number', Currency: 'Currency', Percentage: 'Percentage', Unit: 'Unit', Radio: 'Choose one', Checkbox: 'Choose several', TextField: 'Text', TextArea: 'Long text', Date: 'Date', MobileNumber: 'Mobile number' }
const kinds = { Question: 'Question', Interstitial: 'Information page', ConfirmationQuestion: 'Confirmation', CalculatedSummary: 'Calculated summary', GrandCalculatedSummary: 'Grand total' }
const card = (page, at) => page.locator('main [class*=card][aria-label^="Answer:"]').nth(at)

async function limit(page, label, value) {
  const box = page.locator('aside').getByLabel(label, { exact: true })
  if (value.exclusive) await page.locator('aside').getByLabel(`${label}: how`).selectOption('exclusive')
  if (typeof value.value === 'number') return box.fill(String(value.value))
  await page.locator('aside').getByRole('button', { name: `${label}: compare with an earlier answer` }).click()
  const dialogue = page.getByRole('dialog')
  await dialogue.getByRole('combobox').fill(value.value.identifier)
  await page.keyboard.press('Enter')
  await dialogue.waitFor({ state: 'hidden' })
}
async function dateLimit(page, label, value) {
  const group = page.locator('aside fieldset').filter({ has: page.locator('legend', { hasText: new RegExp(`^${label}$`) }) }).last()
  await group.getByLabel('Counted from').selectOption('source')
  const dialogue = page.getByRole('dialog')
  await dialogue.getByRole('combobox').fill(value.value.identifier)
  await page.keyboard.press('Enter')
  await dialogue.waitFor({ state: 'hidden' })
  if (value.offset_by) await group.getByLabel('Shifted by').fill(String(value.offset_by.days))
}

/** Chooses an answer; the inspector changes in the same breath as its card. */
async function chooseAnswer(page, at) {
  await card(page, at).getByRole('button', { name: /^Answer .*: move with/ }).click()
  await page.locator(`main [class*=card][class*=chosen][aria-label^="Answer:"]`).and(card(page, at)).waitFor()
  await settle(page)
}

async function answer(page, at, made, { fresh }) {
  const here = card(page, at)
  await chooseAnswer(page, at)
  await giveId(page, made.id)
  const aside = page.locator('aside')
  const required = aside.getByRole('switch', { name: 'Required' }).first()
  if ((await required.isChecked()) !== made.mandatory) await required.click()
  if (made.label !== undefined) await type(page, ['Radio', 'Checkbox'].includes(made.type) ? aside.getByLabel('Label', { exact: true }) : here.getByRole('textbox', { name: 'Label' }).first(), made.label).catch(async () => aside.getByLabel('Label', { exact: true }).fill(made.label))
  if (made.description !== undefined) await type(page, here.getByRole('textbox', { name: 'Hint', exact: true }).first(), made.description)
  if (made.options) {
    const options = here.getByRole('group', { name: 'Options' })
    for (const [index, option] of made.options.entries()) {
      if ((await options.locator('[data-option]').count()) <= index) await options.getByRole('button', { name: 'Add option' }).click()
      const row = options.locator('[data-option]').nth(index)
      await row.waitFor()
      await type(page, row.getByRole('textbox', { name: `Option ${index + 1}`, exact: true }), option.label)
      if (option.description) {
        await row.getByRole('button', { name: `Add a hint to option ${index + 1}` }).click()
        await type(page, row.getByRole('textbox', { name: `Hint of option ${index + 1}` }), option.description)
      }
    }
    while ((await options.locator('[data-option]').count()) > made.options.length) await options.getByRole('button', { name: /^Delete option/ }).last().click()
    await chooseAnswer(page, at)
    for (const [index, option] of made.options.entries()) await aside.getByLabel(`Value ${index + 1}`).fill(option.value)
    for (const [index, option] of made.options.entries()) {
      if (!option.detail_answer) continue
      const row = options.locator('[data-option]').nth(index)
      await row.getByRole('button', { name: `Ask for more with option ${index + 1}` }).click()
      const label = row.getByRole('textbox', { name: 'Label of the extra answer' })
      await type(page, label, option.detail_answer.label)
      await label.click()
      await settle(page)
      await giveId(page, option.detail_answer.id)
      const wanted = aside.getByRole('switch', { name: 'Required' }).first()
      if ((await wanted.isChecked()) !== option.detail_answer.mandatory) await wanted.click()
      if (option.detail_answer.max_length) await aside.getByLabel('Longest').fill(String(option.detail_answer.max_length))
    }
  }
  if (made.type === 'Percentage' && !made.maximum && fresh) await aside.getByLabel('Largest', { exact: true }).fill('')
  for (const [key, label] of [['minimum', 'Smallest'], ['maximum', 'Largest']]) {
    if (!made[key]) continue
    if (made.type === 'Date') await dateLimit(page, label, made[key])
    else await limit(page, label, made[key])
  }
  if (made.unit) {
    await aside.getByLabel('Unit', { exact: true }).selectOption(made.unit)
    await aside.getByLabel('Unit written').selectOption(made.unit_length)
  }
  for (const [key, label] of [['max_length', 'Longest'], ['rows', 'Rows']]) if (made[key] && ['TextField', 'TextArea'].includes(made.type)) await aside.getByLabel(label, { exact: true }).fill(String(made[key]))
  if (made.guidance) {
    await aside.getByRole('switch', { name: 'Help that opens' }).click()
    const fold = aside.locator('fieldset').filter({ has: page.getByRole('switch', { name: 'Help that opens' }) }).first()
    await fold.getByLabel('Words that open it').fill(made.guidance.show_guidance)
    await fold.getByLabel('Words that close it').fill(made.guidance.hide_guidance)
    await contents(page, fold.locator('[class*=contents]').first(), made.guidance.contents, true)
  }
}

async function chooseBlock(page) {
  await page.locator('[role=row][aria-selected=true]').click({ position: { x: 70, y: 14 } })
  await page.locator('main [class*=chosen][aria-label^="Answer:"]').waitFor({ state: 'detached' })
  await settle(page)
}

async function question(page, made, { variant = false } = {}) {
  const aside = page.locator('aside')
  await type(page, page.getByRole('textbox', { name: 'Question title' }).first(), typeof made.title === 'object' && made.title.text_plural ? { text: made.title.text_plural.forms.other, placeholders: made.title.placeholders } : made.title)
  if (!variant) {
    if (made.type === 'DateRange') {
      const more = page.getByRole('button', { name: /more types?$/ })
      if (await more.count()) await more.click()
      await page.locator('[data-type=DateRange]').click()
    } else {
      const first = made.answers[0]
      const more = page.getByRole('button', { name: /more types?$/ })
      if (!(await page.locator(`[data-type=${first.type}]`).count()) && (await more.count())) await more.click()
      await page.locator(`[data-type=${first.type}]`).click()
      await card(page, 0).waitFor()
      for (const [at, next] of made.answers.slice(1).entries()) {
        await page.getByRole('button', { name: 'Add answer' }).last().click()
        await page.getByRole('menuitem', { name: new RegExp(`^${names[next.type]}`) }).first().click()
        await card(page, at + 1).waitFor()
      }
    }
  }
  for (const [at, one] of made.answers.entries()) await answer(page, at, one, { fresh: !variant })
  await chooseBlock(page)
  if (made.type === 'MutuallyExclusive' || made.type === 'Calculated') await aside.getByLabel('What its answers have to do').selectOption(made.type)
  if (made.type === 'MutuallyExclusive' && made.mandatory) await aside.getByRole('switch', { name: 'Required' }).first().click()
  for (const key of ['minimum', 'maximum']) {
    if (!made.period_limits) break
    const toggle = aside.getByRole('switch', { name: 'Length of the period' })
    if (!(await toggle.isChecked())) await toggle.click()
    const group = aside.locator('fieldset').filter({ has: page.locator('legend', { hasText: key === 'minimum' ? 'Smallest' : 'Largest' }) }).last()
    await group.getByLabel('Days').fill(String(made.period_limits[key].days))
  }
  if (made.calculations) {
    const sum = page.locator('section[aria-labelledby=sum-title]')
    const target = made.calculations[0]
    await sum.getByLabel('Compared with').selectOption(`answers.${target.answer_id}`)
    await sum.getByPlaceholder('When they do not, say').fill(made.validation.messages.TOTAL_SUM_NOT_EQUALS)
  }
  for (const words of made.description ?? []) {
    await page.locator('main').getByRole('button', { name: 'Description', exact: true }).click()
    await type(page, page.locator('main').getByRole('textbox', { name: 'Description 1' }), words)
  }
  if (made.guidance) {
    await page.locator('main').getByRole('button', { name: 'Guidance', exact: true }).click()
    await contents(page, page.locator('main [data-pointer$="/guidance/contents"]').first(), made.guidance.contents)
  }
  if (made.definition) {
    await page.locator('main').getByRole('button', { name: 'Definition', exact: true }).click()
    await page.locator('main').getByPlaceholder('Words that open it').fill(made.definition.title)
    await contents(page, page.locator('main [data-pointer$="/definition/contents"]').first(), made.definition.contents)
  }
  if (typeof made.title === 'object' && made.title.text_plural) {
    await aside.getByRole('button', { name: 'Different wording by number' }).click()
    const forms = page.getByRole('group', { name: 'Question title' })
    await forms.getByLabel('Number that decides').selectOption(`answers.${made.title.text_plural.count.identifier}`)
    const one = forms.getByRole('textbox', { name: 'Question title, one' })
    await one.click()
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Delete')
    await type(page, one, { text: made.title.text_plural.forms.one, placeholders: made.title.placeholders })
  }
}

/** Adds one block after the chosen one, and all it holds but its routes. */
export async function block(page, made) {
  await page.locator('section[class*=outline]').getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('menuitem', { name: new RegExp(`^${kinds[made.type]}`) }).first().click()
  await page.waitForTimeout(150)
  const variants = made.question_variants
  if (made.type === 'Interstitial') {
    await type(page, page.getByRole('textbox', { name: 'Question title' }), made.content.title)
    await contents(page, page.locator('main [data-pointer$="/content/contents"]').first(), made.content.contents, true)
  } else if (made.type.endsWith('CalculatedSummary')) {
    await type(page, page.getByRole('textbox', { name: 'Question title' }), made.title)
    await type(page, page.getByRole('textbox', { name: 'Label of the total' }), made.calculation.title)
    for (const part of made.calculation.operation['+']) await page.locator(`main fieldset input[type=checkbox]`).nth(await page.evaluate((id) => [...document.querySelectorAll('main fieldset label[data-id]')].findIndex((one) => one.dataset.id === id), part.identifier)).check()
  } else if (made.type === 'ConfirmationQuestion') {
    const first = variants ? variants[0].question : made.question
    await question(page, first, { variant: true })
  } else await question(page, variants ? variants[0].question : made.question)
  await chooseBlock(page)
  await giveId(page, made.id)
  if (made.question || variants) await giveQuestionId(page, (made.question ?? variants[0].question).id)
  if (variants) {
    await page.locator('main').getByRole('button', { name: /^More for/ }).click()
    await page.getByRole('menuitem', { name: /^Add wording variant/ }).click()
    for (const [at, variant] of variants.entries()) {
      await page.getByRole('tab', { name: `Wording ${at + 1}` }).click()
      await page.getByRole('button', { name: 'Edit rule: Used when' }).click()
      const dialogue = page.getByRole('dialog')
      await rule(page, dialogue, expression(variant.when))
      await dialogue.getByRole('button', { name: 'Done' }).click()
      if (at > 0) await question(page, variant.question, { variant: true })
    }
  }
  if (made.skip_conditions) {
    await page.locator('main').getByRole('button', { name: 'Add rule: Skip when' }).click()
    const dialogue = page.getByRole('dialog')
    await rule(page, dialogue, expression(made.skip_conditions.when))
    await dialogue.getByRole('button', { name: 'Done' }).click()
  }
}

/** The routes of a block that is there already, in Logic. */
export async function routes(page, url, made) {
  await page.goto(`${url}/logic/${made.id}`)
  const rules = made.routing_rules
  await page.getByRole('heading', { name: /where next/ }).waitFor()
  for (const one of rules.filter((route) => route.when)) {
    await page.getByRole('button', { name: 'Add route', exact: true }).click()
    const number = rules.filter((route) => route.when).indexOf(one) + 1
    const open = page.locator(`section[aria-label="Route ${number}"]`)
    await open.getByLabel('As an expression').waitFor()
    await rule(page, open, expression(one.when))
    await open.getByLabel('Go to').selectOption(one.block ?? 'end')
  }
  const last = rules.find((route) => !route.when)
  const otherwise = page.locator('section[aria-label="Otherwise"]')
  await otherwise.getByRole('button', { name: 'Open Otherwise' }).click()
  await otherwise.getByLabel('Go to').selectOption(last.block ?? 'end')
}
