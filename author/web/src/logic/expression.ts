// Rules as one line of text: `turnover > 0 and (trading = "Yes" or date(end) <= date(launch.ref_p_end_date))`.
import type { Json, JsonObject } from '../api/types'
import { list, object, text } from '../draft/walk'

export class ExpressionError extends Error {
  constructor(
    readonly expected: string,
    readonly at: number,
  ) {
    super(expected)
  }
}
const prefixes: [string, (name: string) => JsonObject][] = [
  ['launch.', (name) => ({ source: 'metadata', identifier: name })],
  ['total.', (name) => ({ source: 'calculated_summary', identifier: name })],
  ['grand.', (name) => ({ source: 'grand_calculated_summary', identifier: name })],
  ['response.', (name) => ({ source: 'response_metadata', identifier: name })],
  ['location.', (name) => ({ source: 'location', identifier: name })],
]

export function print(value: Json): string {
  const of = object(value)
  if (of.source) return printSource(of)
  if (Array.isArray(value)) return `[${value.map(print).join(', ')}]`
  if (typeof value === 'string') return JSON.stringify(value)
  if (value === null) return 'nothing'
  if (typeof value !== 'object') return String(value)
  const [op] = Object.keys(of)
  const parts = list(of[op ?? ''])
  switch (op) {
    case 'and': case 'or':
      return parts.map((part) => (['and', 'or'].some((one) => one in object(part)) ? `(${print(part)})` : print(part))).join(` ${op} `)
    case 'not':
      return `not (${print(parts[0] ?? null)})`
    case '==':
      return `${print(parts[0] ?? null)} = ${print(parts[1] ?? null)}`
    case '!=': case '<': case '<=': case '>': case '>=': case 'in': case 'any-in': case 'all-in':
      return `${print(parts[0] ?? null)} ${op} ${print(parts[1] ?? null)}`
    case 'date': {
      const offset = object(parts[1])
      const from = parts[0] === 'now' ? 'now' : print(parts[0] ?? null)
      return `date(${[from, ...Object.entries(offset).map(([unit, count]) => `${unit}: ${typeof count === 'string' ? JSON.stringify(count) : String(count)}`)].join(', ')})`
    }
    case 'count':
      return `count(${print(parts[0] ?? null)})`
    case '+':
      return `sum(${parts.map(print).join(', ')})`
    default:
      return `json(${JSON.stringify(JSON.stringify(value))})`
  }
}
function printSource(of: JsonObject): string {
  const id = text(of.identifier)
  const extra = Object.keys(of).filter((key) => !['source', 'identifier'].includes(key))
  if (/^[a-z0-9][A-Za-z0-9_-]*$/i.test(id)) {
    if (extra.length === 0) {
      if (of.source === 'answers' && !reserved.has(id)) return id
      for (const [prefix, make] of prefixes) if (make(id).source === of.source) return prefix + id
      if (of.source === 'list') return `list.${id}`
    }
    if (of.source === 'list' && extra.length === 1 && typeof of.selector === 'string') return `list.${id}.${of.selector}`
    if (of.source === 'supplementary_data' && (extra.length === 0 || Array.isArray(of.selectors))) return `supplied.${[id, ...list(of.selectors).map(text)].join('.')}`
    if (of.source === 'progress' && extra.length === 1) return `progress.${text(of.selector)}.${id}`
  }
  return `json(${JSON.stringify(JSON.stringify(of))})`
}
const reserved = new Set(['and', 'or', 'not', 'in', 'any-in', 'all-in', 'date', 'count', 'sum', 'json', 'now', 'nothing', 'true', 'false'])

type Token = { kind: 'name' | 'text' | 'number' | 'sign'; value: string; at: number }
export function tokens(words: string): Token[] {
  const found: Token[] = []
  const pattern = /\s+|("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?(?![\w-]))|([A-Za-z0-9][\w.-]*)|(<=|>=|!=|==|[=<>()[\],:])|(.)/gy
  for (const match of words.matchAll(pattern)) {
    const [, string, number, name, sign, wrong] = match
    if (wrong) throw new ExpressionError('expect.sign', match.index)
    if (string) found.push({ kind: 'text', value: string, at: match.index })
    else if (number) found.push({ kind: 'number', value: number, at: match.index })
    else if (name) found.push({ kind: 'name', value: name, at: match.index })
    else if (sign) found.push({ kind: 'sign', value: sign, at: match.index })
  }
  return found
}

/** @throws ExpressionError with what was expected, and where. */
export function parse(words: string): Json {
  const all = tokens(words)
  let here = 0
  const peek = () => all[here]
  const fail = (expected: string): never => {
    throw new ExpressionError(expected, peek()?.at ?? words.length)
  }
  const take = (value: string) => (peek()?.value === value && peek()?.kind !== 'text' ? (here++, true) : false)
  const must = (value: string, expected: string) => take(value) || fail(expected)

  const or = (): Json => chain('or', and)
  const and = (): Json => chain('and', not)
  function chain(word: 'and' | 'or', inner: () => Json): Json {
    const parts = [inner()]
    while (take(word)) parts.push(inner())
    return parts.length === 1 ? parts[0]! : { [word]: parts }
  }
  function not(): Json {
    if (!take('not')) return comparison()
    return { not: [not()] }
  }
  function comparison(): Json {
    if (peek()?.value === '(' && peek()?.kind === 'sign') {
      here++
      const inner = or()
      must(')', 'expect.close')
      return inner
    }
    const left = value()
    const sign = peek()
    const op = sign?.value === '=' ? '==' : (sign?.value ?? '')
    if (!sign || sign.kind === 'text' || !['==', '!=', '<', '<=', '>', '>=', 'in', 'any-in', 'all-in'].includes(op)) return fail('expect.comparison')
    here++
    return { [op]: [left, value()] }
  }
  function value(): Json {
    const token = peek()
    if (!token) return fail('expect.value')
    if (token.kind === 'text') {
      here++
      try {
        return JSON.parse(token.value) as string
      } catch {
        here--
        return fail('expect.text')
      }
    }
    if (token.kind === 'number') {
      here++
      return Number(token.value)
    }
    if (token.value === '[') {
      here++
      const items: Json[] = []
      while (peek() && peek()!.value !== ']') {
        items.push(value())
        if (!take(',')) break
      }
      must(']', 'expect.list')
      return items
    }
    if (token.kind !== 'name') return fail('expect.value')
    here++
    switch (token.value) {
      case 'nothing':
        return null
      case 'true':
        return true
      case 'false':
        return false
      case 'now':
        return 'now'
      case 'count': case 'sum': case 'date': case 'json':
        return call(token.value)
    }
    return source(token)
  }
  function call(name: string): Json {
    must('(', 'expect.open')
    if (name === 'json') {
      const token = peek()
      if (token?.kind !== 'text') return fail('expect.text')
      here++
      must(')', 'expect.close')
      try {
        return JSON.parse(JSON.parse(token.value) as string) as Json
      } catch {
        here -= 2
        return fail('expect.text')
      }
    }
    const items: Json[] = [value()]
    const offset: JsonObject = {}
    while (take(',')) {
      const next = peek()
      if (name === 'date' && next?.kind === 'name' && all[here + 1]?.value === ':') {
        here += 2
        offset[next.value] = value()
      } else items.push(value())
    }
    must(')', 'expect.close')
    if (name === 'count') return { count: [items[0]!] }
    if (name === 'sum') return { '+': items }
    return { date: Object.keys(offset).length > 0 ? [items[0]!, offset] : [items[0]!] }
  }
  function source(token: Token): Json {
    const name = token.value
    if (reserved.has(name)) {
      here--
      return fail('expect.value')
    }
    for (const [prefix, make] of prefixes) if (name.startsWith(prefix)) return make(name.slice(prefix.length))
    if (name.startsWith('list.')) {
      const [, id = '', selector] = name.split('.')
      return { source: 'list', identifier: id, ...(selector ? { selector } : {}) }
    }
    if (name.startsWith('progress.')) {
      const [, selector = '', id = ''] = name.split('.')
      return { source: 'progress', selector, identifier: id }
    }
    if (name.startsWith('supplied.')) {
      const [, id = '', ...selectors] = name.split('.')
      return { source: 'supplementary_data', identifier: id, ...(selectors.length ? { selectors } : {}) }
    }
    return { source: 'answers', identifier: name }
  }
  if (all.length === 0) return {}
  const rule = or()
  if (here < all.length) fail('expect.end')
  return rule
}
