// The one way to add: which elements there are, and where a new one goes.
import { FileText, ListPlus, Folder, Layers, Sigma, CircleHelp, MessageCircleQuestion, BookOpen, Users, type LucideIcon } from 'lucide-react'
import type { JsonObject } from '../api/types'
import { at, beside, definition, insert, nameOf } from '../draft/acts'
import { answer, block, blockKinds, dateRange, group, guess, newId, section, type AnswerType, type BlockKind, type Words } from '../draft/make'
import { join, last, parent } from '../draft/patch'
import { edit } from '../draft/store'
import { around, blocksOf, list, object, text, walk, type Element } from '../draft/walk'
import { announce } from '../parts/announce'
import type { Acts } from '../parts/Menu'
import { say as words } from '../words'
import { find, jump, select, show, useView } from './view'

export const starterWords = (): Words => ({
  label: (type, title) => {
    const many = /^how many (\w+)/i.exec(title.trim())
    return many && type === 'Number' ? words('default.number-of', { what: many[1]! }) : words(`default.label.${type}`)
  },
  yes: words('default.yes'), no: words('default.no'), from: words('default.from'), to: words('default.to'), add: (what) => words(`default.${what}`),
})

const chosen = (): { row: Element | null; part: Element | null } => {
  const [, , , id, part] = location.pathname.split('/').map(decodeURIComponent)
  return find(definition(), id ?? null, part ?? null)
}

/** Where a new block goes: after the chosen one, at the end of the chosen section or group, else at the very end. */
export function spot(after: Element | null = chosen().row): { array: string; index: number } | null {
  const blockAt = around(after, 'block')
  if (blockAt) return { array: parent(blockAt.pointer), index: Number(last(blockAt.pointer)) + 1 }
  const inside = after?.kind === 'group' ? after : [...walk(definition()).all].reverse().find((one) => one.kind === 'group' && (after ? one.up === after : true))
  return inside ? { array: join(inside.pointer, 'blocks'), index: list(inside.value.blocks).length } : null
}

export function addBlock(kind: BlockKind, after?: Element | null, title = ''): string | null {
  const made = block(kind, starterWords(), title)
  const label = words('undo.add', { what: words(`type.${kind}`) })
  let place = spot(after)
  if (kind === 'Introduction') {
    const first = walk(definition()).all.find((one) => one.kind === 'group')
    place = first ? { array: join(first.pointer, 'blocks'), index: 0 } : place
  }
  if (kind === 'ListCollector') {
    const answerAdd = object(list(object(made.question).answers)[0])
    object(object(list(answerAdd.options)[0]).action).params = { block_id: text(object(made.add_block).id), list_name: text(made.for_list) }
    const same = object(made.edit_block)
    same.question = { ...object(same.question), answers: object(object(made.add_block).question).answers! }
  }
  if (!place) {
    edit(label, [{ op: 'add', path: '/definition/sections/-', value: section(words('default.section', { number: list(definition().sections).length + 1 }), [made]) }])
  } else insert(place.array, place.index, made, label)
  select(text(made.id), null, 'design')
  show({ pane: 'canvas' })
  focusTitle()
  return text(made.id)
}
export const focusTitle = (): void => {
  setTimeout(() => document.querySelector<HTMLElement>('[data-title] [contenteditable=true], input[data-title]')?.focus(), 60)
}

export function addSection(): void {
  const number = list(definition().sections).length + 1
  const here = around(chosen().row, 'section')
  const made = section(words('default.section', { number }), [block('Question', starterWords())])
  const index = here ? Number(last(here.pointer)) + 1 : number - 1
  insert('/definition/sections', index, made, words('undo.add', { what: words('type.section') }))
  select(text(made.id), null, 'design')
  show({ pane: 'canvas' })
  focusTitle()
}
export function addGroup(): void {
  const here = around(chosen().row, 'section') ?? walk(definition()).all.find((one) => one.kind === 'section')
  if (!here) return addSection()
  const made: JsonObject = { ...group([block('Question', starterWords())]), title: words('default.group') }
  insert(join(here.pointer, 'groups'), list(here.value.groups).length, made, words('undo.add', { what: words('type.group') }))
  select(text(made.id), null, 'design')
  focusTitle()
}

/** Adds an answer to a question; a date range makes the question one of its own kind. */
export function addAnswer(question: Element, type: AnswerType): void {
  const title = text(question.value.title) || text(object(question.value.title).text)
  const label = words('undo.add', { what: words(`type.${type}`) })
  const answers = list(question.value.answers)
  if (type === 'DateRange') {
    const range = dateRange(title, starterWords())
    edit(label, [
      { op: 'replace', path: join(question.pointer, 'type'), value: 'DateRange' },
      { op: 'answers' in question.value ? 'replace' : 'add', path: join(question.pointer, 'answers'), value: range.answers! },
    ])
    return
  }
  const made = answer(type, title, starterWords())
  const where = insert(join(question.pointer, 'answers'), answers.length, made, label)
  const holder = around(question, 'block')
  let page = holder
  while (page?.nested) page = around(page.up, 'block')
  if (page) select(page.id, text(made.id))
  const here = location.href
  setTimeout(() => {
    // Whoever chose something else meanwhile is not called back.
    if (location.href !== here) return
    const card = document.querySelector<HTMLElement>(`[data-pointer="${CSS.escape(where)}"]`)
    card?.scrollIntoView({ block: 'nearest' })
    card?.querySelector<HTMLElement>('[contenteditable=true], input')?.focus()
  }, 80)
}

/** Several questions at once, a line each, as one edit. */
export function addQuestions(lines: { title: string; type: AnswerType | null; options: string[] }[]): void {
  const place = spot()
  if (!place || lines.length === 0) return
  const made = lines.map(({ title, type, options }): JsonObject => {
    const fresh = block('Question', starterWords(), title)
    const inner = object(fresh.question)
    if (type === 'DateRange') return { ...fresh, question: { ...dateRange(title, starterWords()), id: inner.id! } }
    if (!type) return fresh
    const one = answer(type, title, starterWords())
    if (options.length > 0) one.options = options.map((label) => ({ label, value: label }))
    inner.answers = [one]
    return fresh
  })
  edit(words('undo.paste-questions', { count: made.length }), made.map((value, index) => ({ op: 'add' as const, path: join(place.array, place.index + index), value })))
  select(text(made[0]!.id), null, 'design')
  announce(words('paste.done', { count: made.length }))
}

/** Pasted lines as questions: a line that begins with a hyphen or a bullet is an option of the question above. */
export function readLines(pasted: string): { title: string; type: AnswerType | null; options: string[] }[] {
  const found: { title: string; type: AnswerType | null; options: string[] }[] = []
  for (const line of pasted.split(/\r?\n/)) {
    const bullet = /^\s*(?:[-*•○o]|\(\s?\)|\[\s?\]|[a-z][.)])\s+(.+)$/.exec(line)
    if (bullet && found.length > 0) {
      const question = found.at(-1)!
      question.options.push(bullet[1]!.trim())
      if (question.type !== 'Checkbox') question.type = 'Radio'
      continue
    }
    const title = line.replace(/^\s*(?:Q?\d+[.):]?\s+)/i, '').trim()
    if (title) found.push({ title, type: guess(title)?.type ?? null, options: [] })
  }
  return found
}

const kinds: Record<string, LucideIcon> = {
  Question: MessageCircleQuestion, Interstitial: FileText, ConfirmationQuestion: CircleHelp, CalculatedSummary: Sigma, GrandCalculatedSummary: Sigma, Introduction: BookOpen, ListCollector: ListPlus,
  ListCollectorDrivingQuestion: ListPlus, PrimaryPersonListCollector: ListPlus, ListCollectorContent: ListPlus, RelationshipCollector: Users,
}
export function addActs(say: (key: string) => string): Acts {
  const hasIntroduction = blocksOf(definition()).some((one) => one.value.type === 'Introduction')
  return [
    ...blockKinds.slice(0, 6).map((kind) => ({
      id: kind, label: say(`type.${kind}`), hint: say(`type.${kind}.hint`), icon: kinds[kind], keys: kind === 'Question' ? 'Ctrl Enter' : undefined,
      reason: kind === 'Introduction' && hasIntroduction ? say('add.one-introduction') : null, run: () => void addBlock(kind),
    })),
    null,
    ...blockKinds.slice(6).map((kind) => ({ id: kind, label: say(`type.${kind}`), hint: say(`type.${kind}.hint`), icon: kinds[kind], run: () => void addBlock(kind) })),
    null,
    { id: 'section', label: say('type.section'), icon: Layers, run: addSection },
    { id: 'group', label: say('type.group'), hint: say('type.group.hint'), icon: Folder, run: addGroup },
  ]
}

/** Two wordings of one question, each with when it is used. */
export function addVariant(blockElement: Element): void {
  const key = 'content' in blockElement.value || 'content_variants' in blockElement.value ? 'content' : 'question'
  const many = `${key}_variants`
  const when: JsonObject = { '==': [{ source: 'metadata', identifier: text(object(list(definition().metadata)[0]).name) || 'ru_name' }, ''] }
  const existing = list(blockElement.value[many])
  const label = words('undo.variant')
  if (existing.length > 0) {
    const copy = JSON.parse(JSON.stringify(existing.at(-1))) as JsonObject
    edit(label, [{ op: 'add', path: join(blockElement.pointer, many, existing.length), value: { ...copy, when } }])
    useView.setState({ variant: existing.length })
    return
  }
  const first = at(join(blockElement.pointer, key))
  if (first === undefined) return
  edit(label, [
    { op: 'add', path: join(blockElement.pointer, many), value: [{ when, [key]: first }, { when: { not: [when] }, [key]: JSON.parse(JSON.stringify(first)) as JsonObject }] },
    { op: 'remove', path: join(blockElement.pointer, key) },
  ])
  useView.setState({ variant: 1 })
}
export function removeVariant(blockElement: Element, index: number): void {
  const key = 'content_variants' in blockElement.value ? 'content' : 'question'
  const many = `${key}_variants`
  const existing = list(blockElement.value[many])
  useView.setState({ variant: 0 })
  if (existing.length > 2) return void edit(words('undo.variant-remove'), [{ op: 'remove', path: join(blockElement.pointer, many, index) }])
  const kept = object(existing[index === 0 ? 1 : 0])[key]
  if (kept === undefined) return
  edit(words('undo.variant-remove'), [
    { op: 'add', path: join(blockElement.pointer, key), value: kept },
    { op: 'remove', path: join(blockElement.pointer, many) },
  ])
}
export const freshOption = (): JsonObject => ({ label: '', value: '' })
export const detail = (): JsonObject => ({ id: newId('answer'), type: 'TextField', mandatory: false, label: words('default.detail') })
export const jumpTo = (element: Element): void => jump(element.pointer)
export const nameFor = (element: Element): string => nameOf(element) || beside().aliases?.[element.id] || ''
