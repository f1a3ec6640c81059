// The elements of a definition in document order, each with its place: the one list that outline, search, uses and checks go by.
import type { Json, JsonObject } from '../api/types'
import { join } from './patch'

export type Kind = 'section' | 'group' | 'block' | 'question' | 'answer'
export type Element = {
  kind: Kind
  id: string
  /** Place in the document, `/definition/…`. */
  pointer: string
  value: JsonObject
  /** The element around it, outermost has none. */
  up: Element | null
  /** Blocks that hold this one (add, edit, remove, repeating blocks): they are no row of their own in the flow. */
  nested: boolean
  /** Which wording variant it belongs to, when its block has several. */
  variant: number | null
  order: number
}
export type Walk = { all: Element[]; byPointer: Map<string, Element>; byId: Map<string, Element[]> }

const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)
export const object = (value: Json | undefined): JsonObject => (isObject(value) ? value : {})
export const list = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : [])
export const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '')

/** Keys of a block under which further blocks lie. */
export const nestedKeys = ['add_block', 'edit_block', 'remove_block', 'add_or_edit_block', 'unrelated_block'] as const

const walks = new WeakMap<object, Walk>()

export function walk(definition: JsonObject): Walk {
  const known = walks.get(definition)
  if (known) return known
  const all: Element[] = []
  const put = (kind: Kind, value: JsonObject, pointer: string, up: Element | null, nested = false, variant: number | null = null) => {
    const element = { kind, id: text(value.id), pointer, value, up, nested, variant, order: all.length }
    all.push(element)
    return element
  }
  const answers = (value: JsonObject, pointer: string, question: Element, variant: number | null) => {
    list(value.answers).forEach((answer, at) => {
      if (!isObject(answer)) return
      const here = join(pointer, 'answers', at)
      const element = put('answer', answer, here, question, question.nested, variant)
      list(answer.options).forEach((option, of) => {
        const detail = isObject(option) ? option.detail_answer : undefined
        if (isObject(detail)) put('answer', detail, join(here, 'options', of, 'detail_answer'), element, question.nested, variant)
      })
    })
    const dynamic = object(value.dynamic_answers)
    list(dynamic.answers).forEach((answer, at) => {
      if (isObject(answer)) put('answer', answer, join(pointer, 'dynamic_answers', 'answers', at), question, question.nested, variant)
    })
  }
  const question = (value: Json | undefined, pointer: string, block: Element, variant: number | null) => {
    if (!isObject(value)) return
    answers(value, pointer, put('question', value, pointer, block, block.nested, variant), variant)
  }
  const block = (value: Json | undefined, pointer: string, up: Element, nested: boolean) => {
    if (!isObject(value)) return
    const element = put('block', value, pointer, up, nested)
    question(value.question, join(pointer, 'question'), element, null)
    list(value.question_variants).forEach((variant, at) =>
      question(object(variant).question, join(pointer, 'question_variants', at, 'question'), element, at),
    )
    for (const key of nestedKeys) block(value[key], join(pointer, key), element, true)
    list(value.repeating_blocks).forEach((inner, at) => block(inner, join(pointer, 'repeating_blocks', at), element, true))
  }
  list(definition.sections).forEach((section, s) => {
    if (!isObject(section)) return
    const here = put('section', section, join('/definition/sections', s), null)
    list(section.groups).forEach((group, g) => {
      if (!isObject(group)) return
      const inside = put('group', group, join(here.pointer, 'groups', g), here)
      list(group.blocks).forEach((inner, b) => block(inner, join(inside.pointer, 'blocks', b), inside, false))
    })
  })
  const byId = new Map<string, Element[]>()
  for (const element of all) {
    const same = byId.get(element.id)
    if (same) same.push(element)
    else byId.set(element.id, [element])
  }
  const made = { all, byPointer: new Map(all.map((element) => [element.pointer, element])), byId }
  walks.set(definition, made)
  return made
}

export const around = (element: Element | null | undefined, kind: Kind): Element | null => {
  let here = element ?? null
  while (here && here.kind !== kind) here = here.up
  return here
}
/** The block of the flow an element belongs to, past nested blocks. */
export function pageOf(element: Element | null | undefined): Element | null {
  let here = element ?? null
  while (here && !(here.kind === 'block' && !here.nested)) here = here.up
  return here
}
/** The innermost element at or above a pointer. */
export function nearest(definition: JsonObject, pointer: string): Element | null {
  const { byPointer } = walk(definition)
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const element = byPointer.get(at)
    if (element) return element
  }
  return null
}
export const blocksOf = (definition: JsonObject): Element[] => walk(definition).all.filter((element) => element.kind === 'block' && !element.nested)
export const answersOf = (definition: JsonObject): Element[] => {
  const seen = new Set<string>()
  return walk(definition).all.filter((element) => element.kind === 'answer' && !seen.has(element.id) && seen.add(element.id))
}
