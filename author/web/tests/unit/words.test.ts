// Every string of the interface is a message, in English and in Welsh.
import { readdirSync, readFileSync } from 'node:fs'
import { createIntl } from 'react-intl'
import { expect, test } from 'vitest'

const root = new URL('../../src/', import.meta.url)
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
const pairs: Record<string, [string, string]> = {}
for (const file of files.filter((name) => name.startsWith('words/') && name.endsWith('.json'))) Object.assign(pairs, JSON.parse(readFileSync(new URL(file, root), 'utf8')))
const sources = files.filter((name) => /\.tsx?$/.test(name)).map((name) => [name, readFileSync(new URL(name, root), 'utf8')] as const)

test('a message that is asked for by name exists', () => {
  const missing = sources.flatMap(([name, source]) => [...source.matchAll(/\b(?:say|words)\('([^'$]+)'(?=[,)])/g)].filter((match) => !(match[1]! in pairs)).map((match) => `${name}: ${match[1]}`))
  expect(missing).toEqual([])
})

test('a message is written in both languages', () => {
  expect(Object.entries(pairs).filter(([, [english, welsh]]) => !english?.trim() || !welsh?.trim()).map(([key]) => key)).toEqual([])
})

test('both languages of a message fill the same places', () => {
  const places = (words: string) => [...new Set([...words.matchAll(/\{(\w+)/g)].map((match) => match[1]!))].filter((name) => name !== 'count').sort()
  expect(Object.entries(pairs).filter(([, [english, welsh]]) => places(english).filter((name) => /^[a-z]+$/.test(name) && english.includes(`{${name}}`)).some((name) => !welsh.includes(`{${name}`))).map(([key]) => key)).toEqual([])
})

test('every message can be said', () => {
  const wrong: string[] = []
  for (const [column, locale] of [[0, 'en-GB'], [1, 'cy-GB']] as const) {
    const messages = Object.fromEntries(Object.entries(pairs).map(([key, pair]) => [key, pair[column]]))
    const intl = createIntl({ locale, messages, onError: (error) => wrong.push(error.message) })
    for (const key of Object.keys(messages)) {
      const values = Object.fromEntries([...messages[key]!.matchAll(/\{(\w+)/g)].map((match) => [match[1]!, 3]))
      intl.formatMessage({ id: key }, values)
    }
  }
  expect(wrong).toEqual([])
})

test('no element of the page holds words that are not a message', () => {
  const loose = sources.filter(([name]) => name.endsWith('.tsx')).flatMap(([name, source]) => [...source.matchAll(/<(?:p|h[1-4]|button|label|span|legend|th|td|li|strong|summary)(?:\s[^<>{}]*)?>\s*([A-Z][a-z]+(?: [a-z]+)*)\s*</g)].filter((match) => match[1] !== 'Canvass').map((match) => `${name}: ${match[1]}`))
  expect(loose).toEqual([])
})
