// What an author does, as named edits of the draft.
import type { Json, JsonObject } from '../api/types'
import { say } from '../words'
import { copy, referring } from './make'
import { get, join, last, parent, type Op } from './patch'
import { draft, edit } from './store'
import { name } from './text'
import { around, list, nearest, object, text, walk, type Element } from './walk'

export const at = (pointer: string): Json | undefined => get(draft().document as never, pointer)
export const definition = (): JsonObject => draft().document?.definition ?? {}
export const beside = () => draft().document?.beside ?? {}
export const nameOf = (element: Element | null): string => (element ? name(element, beside(), say) : '')

/** Writes one value; nothing takes the property away. Containers that are missing are made. */
export function set(pointer: string, value: Json | undefined, label: string, joins: string | null = pointer): void {
  const ops: Op[] = []
  const before = at(pointer)
  if (value === undefined) {
    if (before === undefined) return
    ops.push({ op: 'remove', path: pointer })
  } else {
    let up = parent(pointer)
    const missing: string[] = []
    while (up && at(up) === undefined) {
      missing.unshift(up)
      up = parent(up)
    }
    for (const path of missing) ops.push({ op: 'add', path, value: {} })
    ops.push({ op: before === undefined ? 'add' : 'replace', path: pointer, value })
  }
  edit(label, ops, joins)
}

export function insert(array: string, index: number, value: Json, label: string): string {
  const ops: Op[] = at(array) === undefined ? [{ op: 'add', path: array, value: [value] }] : [{ op: 'add', path: join(array, index), value }]
  edit(label, ops)
  return join(array, at(array) === undefined ? 0 : index)
}

/** Moves an item of a list; the last block of a group that then is empty takes the group along. */
export function move(from: string, array: string, index: number, label: string): boolean {
  const same = parent(from) === array
  const here = Number(last(from))
  const target = same && here < index ? index - 1 : index
  if (same && target === here) return false
  const ops: Op[] = at(array) === undefined ? [{ op: 'add', path: array, value: [] }] : []
  ops.push({ op: 'move', from, path: join(array, target) })
  return edit(label, ops)
}

export function remove(pointer: string, label: string): boolean {
  const array = parent(pointer)
  const element = nearest(definition(), pointer)
  // A group without blocks, or a section without groups, can no longer be run: what would be left empty goes too.
  if (element?.pointer === pointer && element.kind === 'block' && list(at(array)).length === 1) {
    const group = around(element, 'group')
    const section = around(element, 'section')
    if (group && section && list(section.value.groups).length > 1) return edit(label, [{ op: 'remove', path: group.pointer }])
  }
  return edit(label, [{ op: 'remove', path: pointer }])
}

export function duplicate(element: Element): string | null {
  const array = parent(element.pointer)
  if (!Array.isArray(at(array))) return null
  const index = Number(last(element.pointer)) + 1
  edit(say('undo.duplicate', { name: nameOf(element) }), [{ op: 'add', path: join(array, index), value: copy(element.value) }])
  return join(array, index)
}

export type Use = { pointer: string; element: Element | null; how: string }
/** Every place that speaks of these ids, but for those inside the element itself. */
export function uses(element: Element): Use[] {
  const ids = new Set<string>()
  const collect = (value: Json) => {
    if (Array.isArray(value)) value.forEach(collect)
    else if (value && typeof value === 'object') {
      if (typeof value.id === 'string') ids.add(value.id)
      Object.values(value).forEach(collect)
    }
  }
  collect(element.value)
  const found: Use[] = []
  const inside = (value: Json, pointer: string, key: string) => {
    if (pointer === element.pointer) return
    if (Array.isArray(value)) value.forEach((item, index) => inside(item, join(pointer, index), key))
    else if (value && typeof value === 'object') for (const [inner, item] of Object.entries(value)) inside(item, join(pointer, inner), inner)
    else if (typeof value === 'string' && key !== 'id' && referring.has(key) && ids.has(value)) {
      const holder = nearest(definition(), pointer)
      // The same answer in another wording of its question is not a use of it.
      if (holder && around(holder, 'block') === around(element, 'block') && key === 'id') return
      found.push({ pointer, element: holder, how: how(pointer) })
    }
  }
  inside(definition(), '/definition', '')
  return found
}
const how = (pointer: string): string =>
  pointer.includes('/routing_rules/') ? 'routes'
  : pointer.includes('/skip_conditions/') ? 'skip'
  : pointer.includes('/enabled/') ? 'enabled'
  : pointer.includes('/when/') ? 'wording'
  : pointer.includes('/placeholders/') ? 'text'
  : pointer.includes('/minimum') || pointer.includes('/maximum') ? 'limits'
  : pointer.includes('/calculation') ? 'total'
  : 'other'

/** Gives an element another code; everything that speaks of it follows. */
export function rename(element: Element, id: string): void {
  const old = element.id
  const ops: Op[] = []
  const inside = (value: Json, pointer: string, key: string) => {
    if (Array.isArray(value)) value.forEach((item, index) => inside(item, join(pointer, index), key))
    else if (value && typeof value === 'object') for (const [inner, item] of Object.entries(value)) inside(item, join(pointer, inner), inner)
    else if (value === old && referring.has(key)) ops.push({ op: 'replace', path: pointer, value: id })
  }
  inside(definition(), '/definition', '')
  const alias = beside().aliases?.[old]
  if (alias !== undefined) ops.push({ op: 'remove', path: join('/beside/aliases', old) }, { op: 'add', path: join('/beside/aliases', id), value: alias })
  edit(say('undo.code', { name: nameOf(element) }), ops)
}

/** A name of the author's own, kept beside the definition. */
export function alias(id: string, words: string): void {
  const path = join('/beside/aliases', id)
  if (!at('/beside')) edit(say('undo.rename'), [{ op: 'add', path: '/beside', value: { aliases: {} } }])
  set(path, words.trim() || undefined, say('undo.rename'), null)
}

/** Takes an answer's wishes of one kind apart: whether a list, a question or a section may hold what is dropped there. */
export function mayHold(container: Element | null, dragged: Element): string | null {
  if (dragged.kind === 'section') return container === null ? null : 'move.section-inside'
  if (dragged.kind === 'group') return container?.kind === 'section' ? null : 'move.group-outside'
  if (dragged.kind === 'block') return container?.kind === 'group' || container?.kind === 'section' ? null : 'move.block-outside'
  return container?.kind === 'question' ? null : 'move.answer-outside'
}
export const firstGroup = (section: Element): Element | null => walk(definition()).all.find((one) => one.kind === 'group' && one.up === section) ?? null
export const titleText = (element: Element): string => text(object(element.value.question).title) || text(element.value.title)
