// Edits that are placed anew on a document that changed since.
import { expect, test } from 'vitest'
import type { DraftDocument } from '../../src/api/types'
import { apply } from '../../src/draft/patch'
import { clash, place, relocate, touches } from '../../src/draft/place'

const block = (id: string) => ({ id, type: 'Question', question: { id: `${id}-question`, type: 'General', title: id, answers: [] } })
const draft = (...ids: string[]): DraftDocument => ({ definition: { sections: [{ id: 'section', groups: [{ id: 'group', blocks: ids.map(block) }] }] }, translations: {}, beside: {} })
const path = '/definition/sections/0/groups/0/blocks'

test('an edit begins with a test of the element it is about', () => {
  const { patch } = place(draft('one', 'two'), [{ op: 'replace', path: `${path}/1/type`, value: 'Interstitial' }])
  expect(patch[0]).toEqual({ op: 'test', path: `${path}/1/id`, value: 'two' })
})

test('an edit follows its element when others shift it', () => {
  const mine = place(draft('one', 'two'), [{ op: 'replace', path: `${path}/1/question/title`, value: 'Mine' }])
  expect(relocate(draft('new', 'one', 'two'), mine.ops)).toEqual([{ op: 'replace', path: `${path}/2/question/title`, value: 'Mine' }])
})

test('an insertion stays behind the element it followed', () => {
  const mine = place(draft('one', 'two'), [{ op: 'add', path: `${path}/1`, value: block('mine') }])
  expect(relocate(draft('new', 'one', 'two'), mine.ops)?.[0]).toMatchObject({ path: `${path}/2` })
})

test('an edit of what was deleted has no place', () => {
  const mine = place(draft('one', 'two'), [{ op: 'replace', path: `${path}/1/type`, value: 'Interstitial' }])
  expect(relocate(draft('one'), mine.ops)).toBeNull()
})

test('two edits clash only where they touch one field', () => {
  const [title] = touches(draft('one'), [{ op: 'replace', path: `${path}/0/question/title`, value: 'a' }])
  const [type] = touches(draft('one'), [{ op: 'replace', path: `${path}/0/type`, value: 'a' }])
  expect(clash(title!, title!)).toBe(true)
  expect(clash(title!, type!)).toBe(false)
})

test('a patch with its inverse leads back', () => {
  const before = draft('one', 'two', 'three')
  const { document, inverse } = place(before, [{ op: 'move', from: `${path}/0`, path: `${path}/2` }, { op: 'remove', path: `${path}/1` }])
  expect(apply(document as never, inverse).document).toEqual(before)
})
