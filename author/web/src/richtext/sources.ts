// What can be piped into a text, limit or rule at one place: earlier answers first, later ones with the reason why not.
import type { Json, JsonObject } from '../api/types'
import type { Beside, Source } from '../draft/text'
import { name, sourceName } from '../draft/text'
import { answersOf, around, list, nearest, object, pageOf, text, walk, type Element } from '../draft/walk'

export type Choice = {
  key: string
  source: Source
  label: string
  detail: string
  group: 'answers' | 'launch' | 'totals' | 'lists' | 'supplied' | 'later'
  /** What kind of value it is: an answer's or metadata's type, `total`, `list`. */
  type: string
  answer?: Element
  reason: string | null
}

/** Lists that answers of the questionnaire, or supplied data, fill. */
export function listNames(definition: JsonObject): string[] {
  const names = new Set<string>()
  for (const element of walk(definition).all) if (element.kind === 'block' && text(element.value.for_list)) names.add(text(element.value.for_list))
  for (const supplied of list(object(definition.supplementary_data).lists)) names.add(text(supplied))
  return [...names]
}

export function choices(definition: JsonObject, beside: Beside, place: string, say: (key: string) => string): Choice[] {
  const here = nearest(definition, place)
  const page = pageOf(here)
  const order = page?.order ?? Number.MAX_SAFE_INTEGER
  const found: Choice[] = []
  const later: Choice[] = []
  for (const answer of answersOf(definition)) {
    const block = pageOf(answer)
    const section = around(answer, 'section')
    const own = block === page && page !== null
    const isLater = (block?.order ?? 0) > order && !here?.pointer.startsWith(block?.pointer ?? '-')
    const choice: Choice = {
      key: `answers.${answer.id}`, source: { source: 'answers', identifier: answer.id }, label: name(answer, beside, say), detail: section ? name(section, beside, say) : '',
      group: 'answers', type: text(answer.value.type), answer, reason: isLater ? say('source.later') : own ? say('source.same') : null,
    }
    if (isLater) later.push({ ...choice, group: 'later' })
    else found.push(choice)
  }
  for (const declared of list(definition.metadata)) {
    const id = text(object(declared).name)
    const source: Source = { source: 'metadata', identifier: id }
    if (id) found.push({ key: `metadata.${id}`, source, label: sourceName(source, definition, beside, say), detail: id, group: 'launch', type: text(object(declared).type), reason: null })
  }
  found.push({ key: 'response_metadata.started_at', source: { source: 'response_metadata', identifier: 'started_at' }, label: say('name.started_at'), detail: '', group: 'launch', type: 'date', reason: null })
  for (const block of walk(definition).all) {
    const kind = block.kind === 'block' ? text(block.value.type) : ''
    if (kind !== 'CalculatedSummary' && kind !== 'GrandCalculatedSummary') continue
    const source: Source = { source: kind === 'CalculatedSummary' ? 'calculated_summary' : 'grand_calculated_summary', identifier: block.id }
    const choice: Choice = { key: `total.${block.id}`, source, label: name(block, beside, say), detail: say(`type.${kind}`), group: 'totals', type: 'total', reason: block.order > order ? say('source.later') : null }
    if (block.order > order) later.push({ ...choice, group: 'later' })
    else if (block !== page) found.push(choice)
  }
  for (const id of listNames(definition)) {
    for (const selector of [undefined, 'count', 'first'] as const) {
      const source: Source = { source: 'list', identifier: id, ...(selector ? { selector } : {}) }
      found.push({ key: `list.${id}.${selector ?? ''}`, source, label: sourceName(source, definition, beside, say), detail: id, group: 'lists', type: selector === 'count' ? 'Number' : 'list', reason: null })
    }
  }
  return [...found, ...later]
}
export const keyOf = (source: Source | undefined): string => {
  if (!source) return ''
  if (source.source === 'calculated_summary' || source.source === 'grand_calculated_summary') return `total.${source.identifier}`
  if (source.source === 'list') return `list.${source.identifier}.${source.selector ?? ''}`
  return `${source.source}.${source.identifier ?? ''}`
}

export type Shape = { source: Source | null; fallback: Source | null; format: string; link: 'telephone' | 'email' | null; unusual: boolean }
const formats: Record<string, string> = {
  format_currency: 'number', format_number: 'number', format_percentage: 'value', format_possessive: 'string_to_format', format_list: 'list_to_format', list_item_count: 'list_to_count',
  conditional_trad_as: 'trad_as', format_ordinal: 'number_to_format',
}
export const datePatterns = ['d MMMM yyyy', 'EEEE d MMMM yyyy', 'EEEE d MMMM']

/** A placeholder as the form shows it; `unusual` when it says more than the form can. */
export function shapeOf(place: JsonObject): Shape {
  const shape: Shape = { source: null, fallback: null, format: 'plain', link: null, unusual: false }
  if (place.value) return { ...shape, source: place.value as Source }
  const steps = list(place.transforms).map(object)
  const first = steps[0]
  if (!first) return shape
  if (steps.length === 1 && first.transform === 'telephone_number_link') return { ...shape, link: 'telephone' }
  if (steps.length === 1 && first.transform === 'email_link') return { ...shape, link: 'email' }
  let rest = steps
  if (first.transform === 'first_non_empty_item') {
    const items = list(object(first.arguments).items)
    if (items.length > 2) return { ...shape, source: (items[0] ?? null) as Source, unusual: true }
    shape.source = (items[0] ?? null) as Source
    shape.fallback = (items[1] ?? null) as Source
    rest = steps.slice(1)
  }
  const [format, ...more] = rest
  if (more.length > 0) return { ...shape, source: shape.source ?? (Object.values(object(format?.arguments)).find((value) => object(value).source) as Source) ?? null, unusual: true }
  if (!format) return shape
  const kind = text(format.transform)
  const args = object(format.arguments)
  const key = kind === 'format_date' ? 'date_to_format' : formats[kind]
  if (!key) return { ...shape, source: shape.source ?? (Object.values(args).find((value) => object(value).source) as Source) ?? null, unusual: true }
  const value = object(args[key])
  if (value.source !== 'previous_transform') shape.source = value as Source
  shape.format = kind === 'format_date' ? `date:${text(args.date_format)}` : kind
  return shape
}

/** The placeholder for what the form says. */
export function placeholder(id: string, shape: Shape): JsonObject {
  if (!shape.source) return { placeholder: id, value: { source: 'metadata', identifier: 'ru_name' } }
  const steps: Json[] = []
  let value: Json = shape.source as JsonObject
  if (shape.fallback) {
    steps.push({ transform: 'first_non_empty_item', arguments: { items: [shape.source as JsonObject, shape.fallback as JsonObject] } })
    value = { source: 'previous_transform' }
  }
  if (shape.format.startsWith('date:')) steps.push({ transform: 'format_date', arguments: { date_to_format: value, date_format: shape.format.slice(5) } })
  else if (shape.format === 'format_ordinal') steps.push({ transform: 'format_ordinal', arguments: { number_to_format: value, determiner: { value: 'a_or_an' } } })
  else if (shape.format !== 'plain') steps.push({ transform: shape.format, arguments: { [formats[shape.format]!]: value } })
  return steps.length > 0 ? { placeholder: id, transforms: steps } : { placeholder: id, value }
}
export function usualFormat(choice: Choice): string {
  switch (choice.type) {
    case 'Currency':
      return 'format_currency'
    case 'Percentage':
      return 'format_percentage'
    case 'Number': case 'Unit':
      return 'format_number'
    case 'total':
      return 'format_currency'
    case 'Date': case 'date':
      return 'date:d MMMM yyyy'
    case 'Checkbox': case 'list':
      return 'format_list'
    default:
      return choice.source.identifier === 'trad_as' ? 'conditional_trad_as' : 'plain'
  }
}
export const formatsFor = (type: string): string[] => {
  if (['Date', 'date'].includes(type)) return [...datePatterns.map((pattern) => `date:${pattern}`), 'plain']
  if (['Currency', 'Percentage', 'Number', 'Unit', 'total'].includes(type)) return ['format_currency', 'format_number', 'format_percentage', 'format_ordinal', 'plain']
  if (['Checkbox', 'list'].includes(type)) return ['format_list', 'list_item_count', 'plain']
  return ['plain', 'format_possessive', 'conditional_trad_as']
}
/** A name for a new place that no other has. */
export function placeName(choice: Choice, taken: readonly string[]): string {
  const base = (choice.source.identifier ?? choice.source.source).toLowerCase().replace(/^(answer|block)-/, '').replace(/[^0-9a-z]+/g, '_').replace(/^_|_$/g, '').slice(0, 32) || 'place'
  let made = base
  for (let count = 2; taken.includes(made); count++) made = `${base}_${count}`
  return made
}
