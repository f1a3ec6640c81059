// New elements as they begin. Ids are random once and never change by themselves.
import type { JsonObject } from '../api/types'
import { list, object, text } from './walk'

const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
export const newId = (kind: string): string => {
  const dice = crypto.getRandomValues(new Uint8Array(8))
  return `${kind}-${[...dice].map((die) => letters[die % letters.length]).join('')}`
}

export const answerTypes = [
  'Number', 'Currency', 'Percentage', 'Unit', 'Radio', 'Checkbox', 'Dropdown', 'TextField', 'TextArea', 'Date', 'Duration', 'Address', 'DateRange', 'MobileNumber',
] as const
export type AnswerType = (typeof answerTypes)[number] | 'MonthYearDate' | 'YearDate' | 'Relationship'
export const blockKinds = [
  'Question', 'Interstitial', 'ConfirmationQuestion', 'CalculatedSummary', 'GrandCalculatedSummary', 'Introduction', 'ListCollector', 'ListCollectorDrivingQuestion',
  'PrimaryPersonListCollector', 'ListCollectorContent', 'RelationshipCollector',
] as const
export type BlockKind = (typeof blockKinds)[number]
export const numeric = ['Number', 'Currency', 'Percentage', 'Unit']
export const choices = ['Radio', 'Checkbox', 'Dropdown']
export const dates = ['Date', 'MonthYearDate', 'YearDate']

/** What a new answer says until its author says better. */
export type Words = { label: (type: string, title: string) => string; yes: string; no: string; from: string; to: string; add: (what: string) => string }

export const option = (label = '', value = label): JsonObject => ({ label, value })

/** A value for an option, made from its words: it is what is submitted, so it must not change when the words do. */
export const valueOf = (label: string): string => label.replace(/<[^>]*>|\{[^}]*\}/g, '').replace(/\s+/g, ' ').trim().slice(0, 60)

export function answer(type: AnswerType, title: string, words: Words): JsonObject {
  const base: JsonObject = { id: newId('answer'), type, mandatory: true }
  const label = words.label(type, title)
  switch (type) {
    case 'Currency':
      return { ...base, label, currency: 'GBP' }
    case 'Unit':
      return { ...base, label, unit: 'length-kilometer', unit_length: 'short' }
    case 'Percentage':
      return { ...base, label, maximum: { value: 100 } }
    case 'Number':
      return { ...base, label }
    case 'Radio':
      return { ...base, options: closed.test(title) ? [option(words.yes), option(words.no)] : [option(), option()] }
    case 'Checkbox':
      return { ...base, options: [option(), option()] }
    case 'Dropdown':
      return { ...base, label, options: [option(), option()] }
    case 'TextArea':
      return { ...base, mandatory: false, label, max_length: 2000, rows: 8 }
    case 'TextField':
      return { ...base, label, max_length: 100 }
    case 'Duration':
      return { ...base, label, units: ['years', 'months'] }
    case 'Address':
      return base
    case 'Relationship':
      return { ...base, playback: label, options: [option(), option()] }
    default:
      return { ...base, label }
  }
}

export const question = (title = ''): JsonObject => ({ id: newId('question'), type: 'General', title, answers: [] })

export function dateRange(title: string, words: Words): JsonObject {
  return { id: newId('question'), type: 'DateRange', title, answers: [{ ...answer('Date', title, words), label: words.from }, { ...answer('Date', title, words), label: words.to }] }
}

export function block(kind: BlockKind, words: Words, title = ''): JsonObject {
  const base: JsonObject = { id: newId('block'), type: kind }
  const choose = (labels: [string, JsonObject?][], heading: string): JsonObject => ({
    ...question(heading),
    answers: [{ id: newId('answer'), type: 'Radio', mandatory: true, options: labels.map(([label, more]) => ({ ...option(label), ...more })) }],
  })
  const named = (heading: string): JsonObject => ({ ...question(heading), answers: [answer('TextField', heading, words)] })
  switch (kind) {
    case 'Introduction':
      return { ...base, title, primary_content: [{ id: newId('content'), title, contents: [{ description: ' ' }] }] }
    case 'Interstitial':
      return { ...base, content: { title, contents: [{ description: words.add('text') }] } }
    case 'CalculatedSummary':
      return { ...base, title, calculation: { operation: { '+': [] }, title: words.add('total') } }
    case 'GrandCalculatedSummary':
      return { ...base, title, calculation: { operation: { '+': [] }, title: words.add('total') } }
    case 'ConfirmationQuestion':
      return { ...base, question: choose([[words.yes], [words.no]], title) }
    case 'ListCollector': {
      const add = newId('block')
      const item = named(words.add('item-name'))
      const edit = JSON.parse(JSON.stringify(item)) as JsonObject
      const param = { type: 'RedirectToListAddBlock' }
      return {
        ...base, for_list: 'people',
        question: choose([[words.yes, { action: param }], [words.no]], title || words.add('another')),
        add_block: { id: add, type: 'ListAddQuestion', question: item },
        edit_block: { id: newId('block'), type: 'ListEditQuestion', question: { ...edit, id: newId('question') } },
        remove_block: { id: newId('block'), type: 'ListRemoveQuestion', question: choose([[words.yes, { action: { type: 'RemoveListItemAndAnswers' } }], [words.no]], words.add('remove')) },
        summary: { title: words.add('list'), item_title: words.add('item') },
      }
    }
    case 'ListCollectorDrivingQuestion':
      return { ...base, for_list: 'people', question: choose([[words.yes], [words.no]], title) }
    case 'PrimaryPersonListCollector':
      return {
        ...base, for_list: 'people', question: choose([[words.yes], [words.no]], title),
        add_or_edit_block: { id: newId('block'), type: 'PrimaryPersonListAddOrEditQuestion', question: named(words.add('item-name')) },
      }
    case 'ListCollectorContent':
      return { ...base, for_list: 'people', content: { title }, summary: { title: words.add('list'), item_title: words.add('item') } }
    case 'RelationshipCollector':
      return { ...base, id: 'relationships', for_list: 'people', title, question: { ...question(title), answers: [answer('Relationship', title, words)] } }
    default:
      return { ...base, question: question(title) }
  }
}
export const group = (blocks: JsonObject[] = []): JsonObject => ({ id: newId('group'), blocks })
export const section = (title: string, blocks: JsonObject[] = []): JsonObject => ({ id: newId('section'), title, groups: [group(blocks)] })

const closed = /^(do|does|did|is|are|was|were|have|has|had|can|could|will|would|should|a |ydych|oes|oedd|a oes|ydy|allwch)\b/i
const patterns: [RegExp, AnswerType][] = [
  [/\b(between which dates|from when to when|what period|which dates|pa ddyddiadau|pa gyfnod)\b/i, 'DateRange'],
  [/\b(how long|am ba hyd|pa mor hir)\b/i, 'Duration'],
  [/\b(percent|percentage|per cent|proportion|canran)\b/i, 'Percentage'],
  [/\b(turnover|how much (money|did .* (cost|spend|pay|earn))|cost|price|value of|income|rent|pay|spend|wages|salary|expenditure|trosiant|cost|pris|gwerth|incwm|rhent|cyflog)\b.*\?*$/i, 'Currency'],
  [/^(how many|what number|sawl|faint o|nifer)\b/i, 'Number'],
  [/\b(when|what date|date of birth|which day|pryd|dyddiad)\b/i, 'Date'],
  [/\b(address|where do you live|cyfeiriad)\b/i, 'Address'],
  [/\b(mobile|symudol)\b/i, 'MobileNumber'],
  [/\b(select all|choose all|which of (the following|these)|what types?|pa rai|dewiswch bob)\b/i, 'Checkbox'],
  [/\b(comments?|explain|describe|tell us|why|sylwadau|esboni|disgrifi|pam)\b/i, 'TextArea'],
  [/\b(name|job title|enw)\b/i, 'TextField'],
  [/^how much\b/i, 'Currency'],
]
/** The type that a question's words ask for, and the words that gave it away. */
export function guess(title: string): { type: AnswerType; because: string } | null {
  const words = title.trim()
  if (words.length < 6) return null
  const yesNo = closed.exec(words)
  if (yesNo) return { type: 'Radio', because: yesNo[0] }
  for (const [pattern, type] of patterns) {
    const found = pattern.exec(words)
    if (found) return { type, because: found[1] ?? found[0] }
  }
  return null
}

/** Fresh ids throughout a copy, with what points inside it following. */
export function copy(element: JsonObject): JsonObject {
  const ids = new Map<string, string>()
  const collect = (value: unknown) => {
    if (Array.isArray(value)) value.forEach(collect)
    else if (value && typeof value === 'object') {
      const of = value as JsonObject
      if (typeof of.id === 'string') ids.set(of.id, newId(of.id.split('-')[0] || 'copy'))
      Object.values(of).forEach(collect)
    }
  }
  collect(element)
  const rewrite = (value: unknown, key = ''): unknown => {
    if (Array.isArray(value)) return value.map((item) => rewrite(item, key))
    if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([inner, item]) => [inner, rewrite(item, inner)]))
    return typeof value === 'string' && referring.has(key) ? (ids.get(value) ?? value) : value
  }
  return rewrite(element) as JsonObject
}
/** Keys whose text is the id of an element. */
export const referring = new Set(['id', 'identifier', 'block', 'group', 'answer_id', 'answers_to_calculate', 'block_id', 'same_name_answer_ids', 'item_anchor_answer_id', 'individual_section_id', 'required_completed_sections', 'answer_ids'])

/** What a change of type keeps, and what it would lose. */
export function retype(old: JsonObject, type: AnswerType, title: string, words: Words): { answer: JsonObject; lost: string[] } {
  const made = answer(type, title, words)
  const both = ['id', 'mandatory', 'label', 'description', 'guidance', 'q_code']
  const alike: Record<string, string[][]> = {
    options: [choices],
    minimum: [numeric, dates], maximum: [numeric, dates], decimal_places: [numeric],
    max_length: [['TextField', 'TextArea']],
  }
  const from = text(old.type)
  const lost: string[] = []
  for (const [key, value] of Object.entries(old)) {
    if (key === 'type') continue
    const fits = (both.includes(key) && !(key === 'label' && type === 'Address')) || alike[key]?.some((family) => family.includes(from) && family.includes(type))
    if (fits && !(key === 'label' && typeof value !== 'string' && choices.includes(type))) made[key] = value
    else if (!(key in object(made)) && !(Array.isArray(value) && list(value).length === 0)) lost.push(key)
  }
  return { answer: made, lost }
}
