// Every property of the format has a control, a name and a help text in the inspector, or stands below with a reason.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../src/api/types'
import { object } from '../../src/draft/walk'
import { control, load, schemaFiles } from '../../src/form/schema'

const words = JSON.parse(readFileSync(new URL('../../src/words/format.json', import.meta.url), 'utf8')) as Record<string, [string, string]>
/** Edited by something of their own: chips, the rule builder, the messages. */
const byOthers = (file: string) => file.startsWith('operator/') || ['rule.json', 'source.json', 'transform.json', 'placeholder.json', 'text.json', 'messages.json', 'common.json'].includes(file)
/** Written as JSON because they hang together with a list; or (last) met a second time inside a condition of the schema. */
const asJson = new Set(['dynamic_answers', 'dynamic_options', 'title_from_answers', 'values', 'transform', 'operation', 'conditions', 'value', 'type', 'voluntary', 'sections', '+', 'list'])

function* properties(schema: JsonObject): Generator<[string, JsonObject]> {
  for (const [key, inner] of Object.entries(object(schema.properties))) {
    yield [key, object(inner)]
    yield* properties(object(inner))
  }
  for (const inner of ['items', 'then']) if (schema[inner]) yield* properties(object(schema[inner]))
  for (const inner of Array.isArray(schema.allOf) ? schema.allOf : []) if (object(inner).then) yield* properties(object(object(inner).then))
}

test('every property has its name and its help', () => {
  const missing = new Set<string>()
  for (const file of schemaFiles().filter((name) => !byOthers(name))) {
    for (const [key] of properties(load(file).schema)) for (const word of [`property.${key}`, `property.${key}.hint`]) if (!words[word]) missing.add(`${file}: ${word}`)
  }
  expect([...missing]).toEqual([])
})

test('every property has a control of its own, but for those named here', () => {
  const bare = new Set<string>()
  for (const file of schemaFiles().filter((name) => !byOthers(name))) {
    for (const [key, schema] of properties(load(file).schema)) if (control(key, schema, file).control === 'json' && !asJson.has(key)) bare.add(`${file}: ${key}`)
  }
  expect([...bare]).toEqual([])
})
