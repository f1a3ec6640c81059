// JSON Patch (RFC 6902) on values that are never changed in place: what is not touched is shared with what was.
import type { Json } from '../api/types'

export type Op =
  | { op: 'add' | 'replace' | 'test'; path: string; value: Json }
  | { op: 'remove'; path: string }
  | { op: 'move' | 'copy'; path: string; from: string }

export class PatchError extends Error {
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message)
  }
}

export const parse = (pointer: string): string[] =>
  pointer === '' ? [] : pointer.slice(1).split('/').map((token) => token.replace(/~1/g, '/').replace(/~0/g, '~'))
export const print = (tokens: readonly (string | number)[]): string =>
  tokens.map((token) => `/${String(token).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('')
export const join = (pointer: string, ...tokens: (string | number)[]): string => pointer + print(tokens)
export const parent = (pointer: string): string => pointer.slice(0, pointer.lastIndexOf('/'))
export const last = (pointer: string): string => parse(pointer).at(-1) ?? ''

const own = (value: object, key: string) => Object.prototype.hasOwnProperty.call(value, key)

/** What stands at a pointer, or nothing. */
export function get(document: Json | undefined, pointer: string): Json | undefined {
  let value: Json | undefined = document
  for (const token of parse(pointer)) {
    if (Array.isArray(value)) value = value[Number(token)]
    else if (value && typeof value === 'object' && own(value, token)) value = value[token]
    else return undefined
  }
  return value
}

export function equal(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, at) => equal(item, b[at]))
  if (a && b && typeof a === 'object' && typeof b === 'object' && !Array.isArray(b)) {
    const keys = Object.keys(a)
    return keys.length === Object.keys(b).length && keys.every((key) => own(b, key) && equal(a[key], b[key]))
  }
  return false
}

function change(value: Json | undefined, tokens: string[], act: (container: Json, key: string) => Json, at: number): Json {
  const [key, ...rest] = tokens
  if (key === undefined || value === undefined || value === null || typeof value !== 'object') throw new PatchError('no such place', at)
  if (rest.length === 0) return act(value, key)
  if (Array.isArray(value)) {
    const copy = value.slice()
    copy[Number(key)] = change(value[Number(key)], rest, act, at)
    return copy
  }
  if (!own(value, key)) throw new PatchError('no such place', at)
  // A new object with the keys in their old order.
  return { ...value, [key]: change(value[key], rest, act, at) }
}

function index(container: Json[], key: string, at: number, end: number): number {
  const place = key === '-' ? container.length : /^(0|[1-9]\d*)$/.test(key) ? Number(key) : Number.NaN
  if (!(place >= 0 && place <= end)) throw new PatchError('no such item', at)
  return place
}

const add = (document: Json, path: string, value: Json, at: number): Json =>
  path === ''
    ? value
    : change(document, parse(path), (container, key) => {
        if (!Array.isArray(container)) return { ...(container as object), [key]: value } as Json
        return container.toSpliced(index(container, key, at, container.length), 0, value)
      }, at)

const remove = (document: Json, path: string, at: number): Json =>
  change(document, parse(path), (container, key) => {
    if (Array.isArray(container)) return container.toSpliced(index(container, key, at, container.length - 1), 1)
    if (!own(container as object, key)) throw new PatchError('nothing to remove', at)
    const { [key]: _, ...rest } = container as Record<string, Json>
    return rest
  }, at)

const replace = (document: Json, path: string, value: Json, at: number): Json =>
  path === ''
    ? value
    : change(document, parse(path), (container, key) => {
        if (Array.isArray(container)) return container.with(index(container, key, at, container.length - 1), value)
        if (!own(container as object, key)) throw new PatchError('nothing to replace', at)
        return { ...(container as object), [key]: value } as Json
      }, at)

/** The document after the patch, and the patch that leads back. @throws PatchError when an operation does not fit. */
export function apply<T extends Json>(document: T, patch: readonly Op[]): { document: T; inverse: Op[] } {
  let now: Json = document
  const inverse: Op[] = []
  patch.forEach((op, at) => {
    if (op.op === 'test') {
      if (!equal(get(now, op.path), op.value)) throw new PatchError('not what was expected', at)
      return
    }
    if (op.op === 'add') {
      const container = get(now, parent(op.path))
      const key = last(op.path)
      const before = get(now, op.path)
      if (op.path !== '' && Array.isArray(container)) {
        inverse.unshift({ op: 'remove', path: key === '-' ? join(parent(op.path), container.length) : op.path })
      } else inverse.unshift(before === undefined ? { op: 'remove', path: op.path } : { op: 'replace', path: op.path, value: before })
      now = add(now, op.path, op.value, at)
    } else if (op.op === 'replace') {
      const before = get(now, op.path)
      if (before === undefined) throw new PatchError('nothing to replace', at)
      inverse.unshift({ op: 'replace', path: op.path, value: before })
      now = replace(now, op.path, op.value, at)
    } else if (op.op === 'remove') {
      const before = get(now, op.path)
      if (before === undefined) throw new PatchError('nothing to remove', at)
      inverse.unshift({ op: 'add', path: op.path, value: before })
      now = remove(now, op.path, at)
    } else if (op.op === 'move' || op.op === 'copy') {
      const value = get(now, op.from)
      if (value === undefined) throw new PatchError('nothing to move', at)
      if (op.op === 'move') now = remove(now, op.from, at)
      const container = get(now, parent(op.path))
      const path = last(op.path) === '-' && Array.isArray(container) ? join(parent(op.path), container.length) : op.path
      inverse.unshift(op.op === 'move' ? { op: 'move', from: path, path: op.from } : { op: 'remove', path })
      now = add(now, path, value, at)
    }
  })
  return { document: now as T, inverse }
}
