// A rule as its builder shows it: groups of all, any or none, and comparisons; anything else keeps its own form.
import type { Json, JsonObject } from '../api/types'
import { raw, sourceName, type Source } from '../draft/text'
import { choices as choiceTypes, dates, numeric } from '../draft/make'
import { list, object, text, walk } from '../draft/walk'
import type { Say } from '../words'

export type Join = 'all' | 'any' | 'none'
export type Comparison = { kind: 'comparison'; left: Json; op: string; right: Json }
export type Group = { kind: 'group'; join: Join; parts: Rule[] }
export type Other = { kind: 'other'; value: Json }
export type Rule = Comparison | Group | Other
export const operators = ['==', '!=', '>', '>=', '<', '<=', 'in', 'any-in', 'all-in'] as const

export function read(value: Json | undefined): Rule {
  const rule = object(value)
  const [op] = Object.keys(rule)
  if (!op) return { kind: 'group', join: 'all', parts: [] }
  const operands = list(rule[op])
  if (op === 'and' || op === 'or') return { kind: 'group', join: op === 'and' ? 'all' : 'any', parts: operands.map(read) }
  if (op === 'not' && operands.length === 1) {
    const inner = read(operands[0])
    if (inner.kind === 'comparison' && inner.op === '==' && inner.right === null) return { kind: 'comparison', left: inner.left, op: '!=', right: null }
    return inner.kind === 'group' && inner.join === 'any' ? { ...inner, join: 'none' } : { kind: 'group', join: 'none', parts: [inner] }
  }
  if ((operators as readonly string[]).includes(op) && operands.length === 2) return { kind: 'comparison', left: operands[0]!, op, right: operands[1]! }
  return { kind: 'other', value: value ?? null }
}
/** The same rule in the format; a group of one is that one. */
export function write(rule: Rule): Json {
  if (rule.kind === 'other') return rule.value
  if (rule.kind === 'comparison') return { [rule.op]: [rule.left, rule.right] }
  const parts = rule.parts.filter((part) => !(part.kind === 'group' && part.parts.length === 0)).map(write)
  if (rule.join === 'none') return { not: [parts.length === 1 ? parts[0]! : { or: parts }] }
  if (parts.length === 1) return parts[0]!
  return parts.length === 0 ? {} : { [rule.join === 'all' ? 'and' : 'or']: parts }
}

export type Operand = { type: string; options: { value: string; label: string }[]; source: Source | null }
/** What kind of value stands on one side, and its options where it has some. */
export function operand(value: Json, definition: JsonObject): Operand {
  const of = object(value)
  if (of.source) {
    const source = of as unknown as Source
    if (source.source === 'answers') {
      const answers = (walk(definition).byId.get(source.identifier ?? '') ?? []).filter((one) => one.kind === 'answer')
      const options = answers.flatMap((one) => list(one.value.options).map((option) => ({ value: text(object(option).value), label: raw(object(option).label) })))
      return { type: text(answers[0]?.value.type), options: options.filter((one, at) => options.findIndex((other) => other.value === one.value) === at), source }
    }
    if (source.source === 'list') return { type: source.selector === 'count' ? 'Number' : 'list', options: [], source }
    if (source.source === 'metadata') {
      const declared = list(definition.metadata).map(object).find((one) => one.name === source.identifier)
      return { type: declared?.type === 'date' ? 'date' : 'string', options: [], source }
    }
    if (source.source === 'progress') return { type: 'Radio', options: ['COMPLETED', 'IN_PROGRESS', 'NOT_STARTED'].map((one) => ({ value: one, label: one })), source }
    return { type: source.source.includes('calculated') ? 'Number' : 'string', options: [], source }
  }
  const [op] = Object.keys(of)
  if (op === 'date') return { type: 'Date', options: [], source: (object(list(of.date)[0]).source ? list(of.date)[0] : null) as Source | null }
  if (op === 'count') return { type: 'Number', options: [], source: (list(of.count)[0] ?? null) as Source | null }
  return { type: typeof value === 'number' ? 'Number' : 'string', options: [], source: null }
}
/** Comparisons that make sense for a kind of value, in the words of speech. */
export function comparisons(type: string): string[] {
  if (numeric.includes(type) || type === 'total') return ['==', '!=', '<', '<=', '>', '>=', 'blank', 'given']
  if (dates.includes(type) || type === 'date') return ['==', '!=', '<', '<=', '>', '>=', 'blank', 'given']
  if (type === 'Checkbox' || type === 'list') return ['any-in', 'all-in', 'has', 'blank', 'given']
  if (choiceTypes.includes(type)) return ['==', '!=', 'in', 'not-in', 'blank', 'given']
  return ['==', '!=', 'blank', 'given']
}
/** Which of them a comparison is. */
export function comparisonOf(rule: Comparison): string {
  if (rule.right === null && rule.op === '==') return 'blank'
  if (rule.right === null && rule.op === '!=') return 'given'
  if (rule.op === 'in' && object(rule.right).source) return 'has'
  return rule.op
}
/** Whether what is spoken of stands second, as the format has it for lists. */
export const turned = (rule: Comparison): boolean => comparisonOf(rule) === 'has' || Array.isArray(rule.left)
const asDate = (value: Json): Json => (object(value).source ? { date: [value] } : value)

export function compare(rule: Comparison, how: string, definition: JsonObject): Rule {
  // `has` turns its sides, as the format does: the value is in the list.
  const [left, right] = turned(rule) ? [rule.right, rule.left] : [rule.left, rule.right]
  const { type, options } = operand(left, definition)
  const bare = dates.includes(type) || type === 'date' ? (object(left).source ? left : (list(object(left).date)[0] ?? left)) : left
  if (how === 'blank') return { kind: 'comparison', left: bare, op: '==', right: null }
  if (how === 'given') return { kind: 'comparison', left: bare, op: '!=', right: null }
  const first = options[0]?.value ?? ''
  if (how === 'has') return { kind: 'comparison', left: typeof right === 'string' ? right : (list(right)[0] ?? first), op: 'in', right: left }
  if (how === 'not-in') return { kind: 'group', join: 'none', parts: [{ kind: 'comparison', left, op: 'in', right: Array.isArray(right) ? right : [right ?? first] }] }
  if (how === 'in') return { kind: 'comparison', left, op: 'in', right: Array.isArray(right) ? right : [right ?? first] }
  // The format reads "any of these is in the answer" with the answer's list first.
  if (how === 'any-in' || how === 'all-in') return { kind: 'comparison', left: Array.isArray(right) ? right : [typeof right === 'string' ? right : first], op: how, right: left }
  if (dates.includes(type) || type === 'date') return { kind: 'comparison', left: asDate(bare), op: how, right: object(right).date || object(right).source ? asDate(right) : { date: ['now'] } }
  const literal = numeric.includes(type) || type === 'total' ? (typeof right === 'number' || object(right).source ? right : 0) : Array.isArray(right) ? (right[0] ?? first) : (right ?? first)
  return { kind: 'comparison', left, op: how, right: literal }
}
/** A new condition on a value. */
export function fresh(source: Source, definition: JsonObject): Rule {
  const { type, options } = operand(source as Json, definition)
  const start: Comparison = { kind: 'comparison', left: source as Json, op: '==', right: options[0]?.value ?? '' }
  return compare(start, comparisons(type)[0] ?? '==', definition)
}

const amount = (value: Json, type: string, definition: JsonObject, left: Json): string => {
  const currency = text(walk(definition).byId.get(text(object(left).identifier))?.find((one) => one.kind === 'answer')?.value.currency)
  return typeof value === 'number' ? new Intl.NumberFormat('en-GB', type === 'Currency' && currency ? { style: 'currency', currency, minimumFractionDigits: 0 } : {}).format(value) : String(value)
}
/** One side in words. */
export function side(value: Json, other: Json, definition: JsonObject, beside: object, say: Say): string {
  const of = object(value)
  if (of.source) return sourceName(of as unknown as Source, definition, beside, say)
  const [op] = Object.keys(of)
  if (op === 'date') {
    const [from, offset] = list(of.date)
    const words = from === 'now' ? say('rule.today') : object(from).source ? sourceName(from as unknown as Source, definition, beside, say) : String(from)
    const shift = Object.entries(object(offset)).map(([unit, count]) => `${Number(count) > 0 ? '+' : ''}${String(count)} ${unit}`).join(', ')
    return shift ? `${words} (${shift})` : words
  }
  if (op === 'count') return say('rule.count', { what: side(list(of.count)[0] ?? null, null, definition, beside, say) })
  if (Array.isArray(value)) return value.map((one) => side(one, other, definition, beside, say)).join(say('rule.or-comma'))
  const { type, options } = operand(other, definition)
  const option = options.find((one) => one.value === value)
  return option ? option.label : typeof value === 'number' ? amount(value, type, definition, other) : value === '' ? '“”' : String(value)
}
/** A whole rule as one sentence. */
export function sentence(rule: Rule, definition: JsonObject, beside: object, say: Say): string {
  if (rule.kind === 'other') return say('rule.written')
  if (rule.kind === 'group') {
    const parts = rule.parts.map((part) => (part.kind === 'group' && part.parts.length > 1 ? `(${sentence(part, definition, beside, say)})` : sentence(part, definition, beside, say)))
    const joined = parts.join(say(rule.join === 'all' ? 'rule.and' : 'rule.or'))
    return rule.join === 'none' ? say('rule.not', { rule: joined }) : joined
  }
  const how = comparisonOf(rule)
  const [left, right] = turned(rule) ? [rule.right, rule.left] : [rule.left, rule.right]
  const type = operand(left, definition).type
  const key = dates.includes(type) || type === 'date' ? `compare.date.${how}` : `compare.${how}`
  const about = side(left, right, definition, beside, say)
  return how === 'blank' || how === 'given' ? `${about} ${say(key)}` : `${about} ${say(key)} ${side(right, left, definition, beside, say)}`
}
