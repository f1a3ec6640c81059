// JSON Patch: applied and taken back.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Json } from '../../src/api/types'
import { apply, get, print, type Op } from '../../src/draft/patch'

const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>
const places = (value: Json, path: string[] = []): string[][] =>
  value && typeof value === 'object' ? [path, ...Object.entries(value).flatMap(([key, inner]) => places(inner as Json, [...path, key]))] : [path]

test('what a patch did, its inverse takes back', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), json), json, fc.nat(), fc.nat(2), (document, value, which, kind) => {
      const all = places(document).filter((path) => path.length > 0)
      fc.pre(all.length > 0)
      const path = print(all[which % all.length]!)
      const op: Op = kind === 0 ? { op: 'replace', path, value } : kind === 1 ? { op: 'remove', path } : { op: 'add', path, value }
      const { document: after, inverse } = apply(document as Json, [op])
      expect(apply(after, inverse).document).toEqual(document)
    }),
  )
})

test('what is not touched is shared', () => {
  const document = { a: { b: 1 }, c: { d: [1, 2] } }
  const { document: after } = apply<Json>(document, [{ op: 'replace', path: '/a/b', value: 2 }])
  expect(get(after, '/c')).toBe(document.c)
})

test('an item moved within its list is counted after it was taken out', () => {
  const { document, inverse } = apply<Json>(['a', 'b', 'c'], [{ op: 'move', from: '/0', path: '/2' }])
  expect(document).toEqual(['b', 'c', 'a'])
  expect(apply(document, inverse).document).toEqual(['a', 'b', 'c'])
})

test('a test that fails stops the patch', () => {
  expect(() => apply<Json>({ id: 'x' }, [{ op: 'test', path: '/id', value: 'y' }])).toThrow()
})
