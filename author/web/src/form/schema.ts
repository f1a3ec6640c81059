// Our JSON Schema, read as a description of forms: what kind of control a property wants, with its name and its help.
import type { Json, JsonObject } from '../api/types'
import { list, object, text } from '../draft/walk'

const files = import.meta.glob<JsonObject>('../../../../schema/json/**/*.json', { eager: true, import: 'default' })
const byName = new Map(Object.entries(files).map(([path, value]) => [path.split('/schema/json/')[1]!, value]))
export const schemaFiles = (): string[] => [...byName.keys()]

export type Node = { schema: JsonObject; file: string; def: string | null }

/** The schema of a file, `common.json#/$defs/words` included. */
export function load(reference: string): Node {
  const [file = '', fragment] = reference.split('#')
  const def = fragment?.split('/').at(-1) ?? null
  const whole = byName.get(file) ?? {}
  return { schema: def ? object(object(whole.$defs)[def]) : whole, file, def }
}
/** Follows a reference; what stands beside it is kept. */
export function resolve(schema: JsonObject, file: string): Node {
  const reference = text(schema.$ref) || (list(schema.allOf).map((one) => text(object(one).$ref)).find(Boolean) ?? '')
  if (!reference) return { schema, file, def: null }
  return load(reference.startsWith('#') ? file + reference : reference)
}

export type Control =
  | 'id' | 'words' | 'long-words' | 'text' | 'texts' | 'boolean' | 'number' | 'choice' | 'object' | 'list' | 'words-list' | 'contents' | 'guidance' | 'definition' | 'rule' | 'source' | 'reference' | 'limit'
  | 'date-limit' | 'period' | 'messages' | 'unit' | 'currency' | 'units' | 'elsewhere' | 'json'

/** Parts that have a card or a tab of their own. */
const elsewhere = ['question.json', 'answer.json', 'block.json', 'section.json', 'group.json', 'options.json', 'routing.json', 'metadata.json']
const long = new Set(['guidance', 'warning', 'legal_basis', 'description'])

export function control(key: string, schema: JsonObject, file: string): { control: Control; node: Node } {
  const node = resolve(schema, file)
  const inner = node.schema
  const items = object(inner.items)
  const itemNode = resolve(items, node.file)
  const at = (name: Control) => ({ control: name, node })
  if (node.file !== file || node.def) {
    if (elsewhere.includes(node.file) || node.file.startsWith('block/') || node.file.startsWith('answer/')) return at('elsewhere')
    if (node.def === 'id') return at('id')
    if (node.def === 'words') return at(long.has(key) ? 'long-words' : 'words')
    if (node.def === 'texts') return at('texts')
    if (node.def === 'condition') return at('rule')
    if (node.def?.startsWith('validation')) return at('messages')
    if (node.def?.startsWith('period')) return at('period')
    if (node.file === 'text.json') return at('text')
    if (node.file === 'contents.json') return at('contents')
    if (node.file === 'guidance.json' || node.file === 'answer-guidance.json') return at('guidance')
    if (node.file === 'definition.json') return at('definition')
    if (node.file === 'rule.json') return at('rule')
    if (node.file === 'number-limit.json') return at('limit')
    if (node.file === 'unit.json') return at('unit')
    if (node.file === 'currency.json') return at('currency')
    if (node.file === 'source.json') return at('source')
    if (node.file === 'reference.json') return at('reference')
    if (node.file === 'list-summary.json' || node.file === 'section-summary.json' || node.file === 'flow.json' || node.file === 'submission.json' || node.file === 'post-submission.json' || node.file === 'messages.json') return at('object')
    if (node.file === 'dynamic-options.json') return at('json')
  }
  if (key === 'routing_rules') return at('elsewhere')
  if (key === 'calculations' || key === 'calculation' || key === 'question_variants' || key === 'content_variants' || key === 'dynamic_answers' || key === 'primary_content' || key === 'secondary_content') return at(key === 'dynamic_answers' ? 'json' : 'elsewhere')
  if ((key === 'minimum' || key === 'maximum') && object(inner.properties).value) return at('date-limit')
  if (key === 'content') return at('elsewhere')
  if (Array.isArray(inner.enum)) return at('choice')
  if (inner.const !== undefined) return at('choice')
  const type = Array.isArray(inner.type) ? text(inner.type[0]) : text(inner.type)
  if (type === 'boolean') return at('boolean')
  if (type === 'integer' || type === 'number') return at('number')
  if (type === 'string' || (!type && inner.pattern)) return at('words')
  if (type === 'object' || inner.properties) return at('object')
  if (type === 'array') {
    if (key === 'units') return at('units')
    if (itemNode.def === 'words' || itemNode.def === 'id' || text(itemNode.schema.type) === 'string') return at('words-list')
    if (itemNode.schema.properties) return at('list')
  }
  return at('json')
}

/** Properties of an object, of the type it has where that decides. */
export function properties(file: string, value: JsonObject): { key: string; schema: JsonObject; file: string; required: boolean }[] {
  const { schema, file: home } = load(file)
  let all: [string, JsonObject][] = Object.entries(object(schema.properties)).map(([key, one]) => [key, object(one)])
  let required = list(schema.required)
  for (const branch of list(schema.allOf).map(object)) {
    const kind = object(object(object(branch.if).properties).type).const
    if (kind !== undefined && kind === value.type) {
      const then = object(branch.then)
      const node = then.$ref ? load(text(then.$ref)) : { schema: then, file: home }
      all = [...all.filter(([key]) => !(key in object(node.schema.properties))), ...Object.entries(object(node.schema.properties)).map(([key, one]): [string, JsonObject] => [key, object(one)])]
      required = [...required, ...list(node.schema.required)]
    }
  }
  return all.map(([key, one]) => ({ key, schema: one, file: home, required: required.includes(key) }))
}
export const fileOf = (kind: string, type: string): string =>
  `${kind}/${type.replace(/[A-Z]/g, (letter, at: number) => (at ? '-' : '') + letter.toLowerCase())}.json`
export const enumOf = (node: Node): Json[] => list(node.schema.enum).length ? list(node.schema.enum) : node.schema.const !== undefined ? [node.schema.const] : []
