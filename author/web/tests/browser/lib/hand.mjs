// What an author's hands do, one act each: typing, choosing, opening. Nothing here writes JSON.

const list = (value) => (Array.isArray(value) ? value : [])
export const settle = (page) => page.waitForTimeout(60)

/** The fold "Codes and IDs" of what is chosen, opened. */
async function codes(page) {
  const fold = page.locator('aside details').filter({ has: page.getByText('Codes and IDs', { exact: true }) })
  if (!(await fold.evaluate((node) => node.open))) await fold.locator('summary').click()
  return fold
}
export async function giveId(page, id) {
  const fold = await codes(page)
  const field = fold.getByLabel('ID', { exact: true })
  if ((await field.inputValue()) === id) return
  await field.fill(id)
  await field.press('Enter')
  await settle(page)
}
export async function giveQuestionId(page, id) {
  const fold = await codes(page)
  const field = fold.getByLabel('ID of the question')
  await field.fill(id)
  await field.press('Tab')
  await settle(page)
}

/** Types a text into a field of the editor, with its bold parts and its places. */
export async function type(page, field, value, options = {}) {
  await field.click()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  const words = typeof value === 'string' ? value : value.text
  const places = new Map(list(value?.placeholders).map((one) => [one.placeholder, one]))
  const chips = []
  for (const part of words.split(/(\{[0-9a-z_]+\}|<\/?(?:strong|em)>)/)) {
    if (!part) continue
    if (part === '<strong>' || part === '</strong>') await page.keyboard.press('Control+b')
    else if (part.startsWith('{') && places.has(part.slice(1, -1))) {
      const place = places.get(part.slice(1, -1))
      await page.keyboard.type('{')
      const dialogue = page.getByRole('dialog')
      const first = place.transforms?.[0]
      if (first?.transform === 'telephone_number_link' || first?.transform === 'email_link') {
        await dialogue.getByRole('button', { name: first.transform === 'email_link' ? 'Email address' : 'Telephone number' }).click()
        await link(page, first)
        await dialogue.waitFor({ state: 'hidden' })
        await field.press('End')
        continue
      }
      const source = place.value ?? first.arguments.items?.[0] ?? Object.values(first.arguments).find((one) => one.source)
      await dialogue.getByRole('combobox').fill(source.identifier)
      await dialogue.getByRole('option').first().waitFor()
      await page.keyboard.press('Enter')
      await dialogue.waitFor({ state: 'hidden' })
      chips.push(place)
      await page.waitForTimeout(40)
    } else await page.keyboard.insertText(part)
  }
  for (const [at, place] of chips.entries()) {
    const steps = place.transforms ?? []
    const fallback = steps.find((one) => one.transform === 'first_non_empty_item')?.arguments.items[1]
    const format = steps.find((one) => one.transform !== 'first_non_empty_item')
    const wanted = !format ? 'plain' : format.transform === 'format_date' ? `date:${format.arguments.date_format}` : format.transform
    await field.locator('[data-chip]').nth(at).click()
    const dialogue = page.getByRole('dialog')
    const shown = dialogue.getByLabel('Shown as')
    if ((await shown.inputValue()) !== wanted) await shown.selectOption(wanted)
    if (fallback) await dialogue.getByLabel('When it is blank, show').selectOption(`${fallback.source}.${fallback.identifier}`)
    await dialogue.getByRole('button', { name: 'Done' }).click()
    await dialogue.waitFor({ state: 'hidden' })
  }
  if (options.leave !== false) await field.evaluate((node) => node.blur())
}
async function link(page, transform) {
  const dialogue = page.getByRole('dialog')
  if (transform.transform === 'telephone_number_link') await dialogue.getByLabel('Telephone number').fill(transform.arguments.telephone_number)
  else {
    await dialogue.getByLabel('Email address').fill(transform.arguments.email_address)
    if (transform.arguments.email_subject) await dialogue.getByLabel('Subject of the message').fill(transform.arguments.email_subject)
    const append = transform.arguments.email_subject_append
    if (append) await dialogue.getByLabel('After the subject').selectOption(`${append.source}.${append.identifier}`)
  }
  await dialogue.getByRole('button', { name: 'Done' }).click()
}

/** Paragraphs, headings and lists, below what there is. */
export async function contents(page, area, items, first = false) {
  const rows = () => area.locator(':scope > [class*=item]')
  const has = first ? await rows().count() : 0
  for (let at = 0; at < has; at++) await rows().last().getByRole('button', { name: /^Delete part/ }).last().click()
  for (const item of items) {
    const kind = item.definition ? 'Opening text' : item.guidance ? 'Panel' : item.title ? 'Heading' : item.description ? 'Paragraph' : 'List'
    const before = await rows().count()
    await area.locator(':scope > [class*=add]').getByRole('button', { name: kind, exact: true }).click()
    await rows().nth(before).waitFor()
    const row = rows().nth(before)
    if (item.definition) {
      await row.getByPlaceholder('Words that open it').fill(item.definition.title)
      await contents(page, row.locator('[class*=contents]').first(), item.definition.contents, true)
      continue
    }
    if (item.guidance) {
      await contents(page, row.locator('[class*=contents]').first(), item.guidance.contents, true)
      continue
    }
    if (item.title) await type(page, row.getByRole('textbox', { name: 'Heading' }), item.title)
    if (item.description) {
      if (kind !== 'Paragraph') {
        await row.hover()
        await row.getByRole('button', { name: 'Add paragraph' }).click()
      }
      await type(page, row.getByRole('textbox', { name: 'Paragraph' }), item.description)
    }
    if (item.list) {
      if (kind !== 'List') {
        await row.hover()
        await row.getByRole('button', { name: 'Add list' }).click()
      }
      for (const [at, words] of item.list.entries()) {
        if (at > 0) await row.getByRole('button', { name: 'Add bullet' }).click()
        await type(page, row.getByRole('textbox', { name: `Bullet ${at + 1}` }), words)
      }
    }
  }
}

/** Writes a rule in the expression field of an open builder. */
export async function rule(page, scope, words) {
  const field = scope.getByLabel('As an expression')
  await field.fill(words)
  await field.blur()
  await scope.getByText('Same rule as above').waitFor()
}
