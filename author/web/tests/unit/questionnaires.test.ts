// Every questionnaire of ours goes through the editor's models unharmed.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../src/api/types'
import { equal } from '../../src/draft/patch'
import { walk } from '../../src/draft/walk'
import { parse as parseExpression, print as printExpression } from '../../src/logic/expression'
import { read, write } from '../../src/logic/rule'
import { parse, print } from '../../src/richtext/format'
import { placeholder, shapeOf } from '../../src/richtext/sources'

const folder = new URL('../../../../questionnaires/', import.meta.url)
const definitions = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json')).map((name) => [name, JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as JsonObject] as const)

function* within(value: Json, key = ''): Generator<[string, Json]> {
  yield [key, value]
  if (value && typeof value === 'object') for (const [inner, item] of Object.entries(value)) yield* within(item as Json, Array.isArray(value) ? key : inner)
}
const rules = definitions.flatMap(([name, definition]) => [...within(definition)].filter(([key, value]) => key === 'when' && typeof value === 'object').map(([, value]) => [name, value] as const))

describe('questionnaires', () => {
  test('there are some', () => expect(definitions.length).toBeGreaterThan(50))

  test('a text comes back as it was written', () => {
    for (const [name, definition] of definitions) {
      for (const [, value] of within(definition)) {
        const text = typeof value === 'string' ? value : typeof (value as JsonObject)?.text === 'string' ? ((value as JsonObject).text as string) : null
        if (text === null) continue
        const names = new Set(((value as JsonObject)?.placeholders as { placeholder: string }[] | undefined)?.map((one) => one.placeholder) ?? [])
        expect(print(parse(text, names)), name).toBe(text)
      }
    }
  })

  test('a rule comes back from the builder meaning the same', () => {
    const flat = (value: Json): Json => {
      const [op] = value && typeof value === 'object' && !Array.isArray(value) ? Object.keys(value) : []
      const parts = op ? (value as JsonObject)[op] : null
      return (op === 'and' || op === 'or') && Array.isArray(parts) && parts.length === 1 ? flat(parts[0]!) : value
    }
    for (const [name, rule] of rules) expect(write(read(rule)), name).toEqual(flat(rule))
  })

  test('a rule comes back from its expression', () => {
    for (const [name, rule] of rules) expect(parseExpression(printExpression(rule)), `${name}: ${printExpression(rule)}`).toEqual(rule)
  })

  test('a placeholder that the form can show comes back as it was', () => {
    for (const [name, definition] of definitions) {
      for (const [key, value] of within(definition)) {
        if (key !== 'placeholders' || Array.isArray(value)) continue
        const place = value as JsonObject
        if (typeof place.placeholder !== 'string') continue
        const shape = shapeOf(place)
        if (shape.unusual || shape.link || !shape.source || JSON.stringify(place).includes('determiner') || JSON.stringify(place).includes('format_ordinal')) continue
        const again = placeholder(place.placeholder, shape)
        expect(equal(again, place), `${name}: ${JSON.stringify(place)} / ${JSON.stringify(again)}`).toBe(true)
      }
    }
  })

  test('every element is found, each with its id', () => {
    for (const [name, definition] of definitions) for (const element of walk(definition).all) expect(element.id, `${name} ${element.pointer}`).not.toBe('')
  })
})
