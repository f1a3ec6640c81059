// Pointers shift when somebody else adds or removes. An edit therefore remembers beside each pointer which element it
// meant, and is placed anew on a document that has changed since.
import type { JsonObject, DraftDocument } from '../api/types'
import { apply, get, join, last, parent, type Op } from './patch'
import { nearest, object, text, walk } from './walk'

/** An operation with the element it is about, and for an insertion the sibling it follows. */
export type Placed = Op & { near?: { id: string; pointer: string; variant: number | null; after?: string } }
export type Step = { ops: Placed[]; patch: Op[] }

const isText = (document: DraftDocument, pointer: string) => {
  const container = get(document as never, parent(pointer))
  return Array.isArray(container) ? container : null
}

/** Adds to each operation what it is about, and puts before it the test that it still is. */
export function place(document: DraftDocument, ops: readonly Op[]): Step & { document: DraftDocument; inverse: Op[] } {
  let now = document
  const placed: Placed[] = []
  const patch: Op[] = []
  const inverse: Op[] = []
  const tested = new Set<string>()
  for (const op of ops) {
    if (op.op === 'test') continue
    const inserts = op.op === 'add' && isText(now, op.path)
    const subject = op.op === 'move' || op.op === 'copy' ? op.from : inserts ? parent(op.path) : op.path
    const element = nearest(now.definition, subject)
    const array = (op.op === 'add' || op.op === 'move') && isText(now, op.path)
    const before = array ? object(array[Number(last(op.path) === '-' ? array.length : last(op.path)) - 1]) : {}
    const near = element && element.id ? { id: element.id, pointer: element.pointer, variant: element.variant, after: text(before.id) || undefined } : undefined
    placed.push(near ? { ...op, near } : { ...op })
    for (const about of new Set([element, op.op === 'move' ? nearest(now.definition, parent(op.path)) : null])) {
      if (!about?.id) continue
      const path = join(about.pointer, 'id')
      if (tested.has(path + about.id) && patch.length === 1) continue
      tested.add(path + about.id)
      patch.push({ op: 'test', path, value: about.id })
    }
    patch.push(op)
    const done = apply(now as never, [op])
    now = done.document as DraftDocument
    inverse.unshift(...done.inverse)
  }
  return { ops: placed, patch, document: now, inverse }
}

function find(definition: JsonObject, near: NonNullable<Placed['near']>): string | null {
  const here = walk(definition).byPointer.get(near.pointer)
  if (here?.id === near.id) return near.pointer
  const same = walk(definition).byId.get(near.id) ?? []
  return (same.find((element) => element.variant === near.variant) ?? same[0])?.pointer ?? null
}

/** The operations as they must read on another document; `null` when what they were about is gone. */
export function relocate(document: DraftDocument, ops: readonly Placed[]): Op[] | null {
  let now = document
  const moved: Op[] = []
  for (const { near, ...op } of ops) {
    let next: Op = op
    if (near) {
      const pointer = find(now.definition, near)
      if (pointer === null) return null
      const shift = (path: string) => (path === near.pointer || path.startsWith(`${near.pointer}/`) ? pointer + path.slice(near.pointer.length) : path)
      if (op.op === 'move' || op.op === 'copy') next = { ...op, from: shift(op.from) }
      else next = { ...op, path: shift(op.path) }
      if ((op.op === 'add' || op.op === 'move') && near.after) {
        const follow = walk(now.definition).byId.get(near.after)?.[0]
        if (follow) {
          const array = parent(follow.pointer)
          if (Array.isArray(get(now as never, array)) && /^\d+$/.test(last(op.path))) {
            let at = Number(last(follow.pointer)) + 1
            if (next.op === 'move' && parent(next.from) === array && Number(last(next.from)) < at) at -= 1
            next = { ...next, path: join(array, at) }
          }
        }
      }
    }
    try {
      now = apply(now as never, [next]).document as DraftDocument
    } catch {
      return null
    }
    moved.push(next)
  }
  return moved
}

/** What an edit touches, independent of pointers: `element id` + path below it. */
export function touches(document: DraftDocument, ops: readonly Op[]): string[] {
  return ops
    .filter((op) => op.op !== 'test')
    .map((op) => {
      const path = op.op === 'move' ? op.from : op.path
      const insertion = op.op === 'add' && Array.isArray(get(document as never, parent(path)))
      const element = nearest(document.definition, path)
      if (!element) return path
      // Two insertions into one list are no clash.
      return `${element.id}${path.slice(element.pointer.length)}${insertion ? `#${crypto.randomUUID()}` : ''}`
    })
}
export const clash = (a: string, b: string) => a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`)
