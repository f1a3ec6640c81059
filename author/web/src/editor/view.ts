// What is looked at in the editor: the selection lives in the address, sizes and open panes on this device.
import { useMemo } from 'react'
import { create } from 'zustand'
import type { JsonObject } from '../api/types'
import { draft, useDraft } from '../draft/store'
import { blocksOf, pageOf, text, walk, type Element } from '../draft/walk'
import { go, place, useRoute, type Mode } from '../route'
import { nameOf } from '../draft/acts'

export type Panel = 'outline' | 'inspector' | 'preview'
export type Dialogue = 'palette' | 'shortcuts' | 'publish' | 'json' | 'paste' | 'settings' | null
type Kept = { outline: number; inspector: number; preview: number; problems: number; hidden: Partial<Record<Panel, boolean>>; device: 'phone' | 'tablet' | 'desktop'; started: boolean; singleKeys: boolean }
export type View = Kept & {
  dialogue: Dialogue
  problemsOpen: boolean
  /** On narrow windows one pane at a time. */
  pane: 'outline' | 'canvas' | 'inspector' | 'preview'
  drawer: boolean
  variant: number
  landed: string | null
  language: string
  persona: string | null
}
const shelf = 'canvass-author-view'
const usual: Kept = { outline: 252, inspector: 300, preview: 364, problems: 300, hidden: {}, device: 'phone', started: false, singleKeys: true }
function remembered(): Kept {
  try {
    return { ...usual, ...(JSON.parse(localStorage.getItem(shelf) ?? '{}') as Partial<Kept>) }
  } catch {
    return usual
  }
}
export const useView = create<View>(() => ({ ...remembered(), dialogue: null, problemsOpen: false, pane: 'canvas', drawer: false, variant: 0, landed: null, language: 'en', persona: null }))
export const show = (change: Partial<View>): void => {
  useView.setState(change)
  const { outline, inspector, preview, problems, hidden, device, started, singleKeys } = useView.getState()
  try {
    localStorage.setItem(shelf, JSON.stringify({ outline, inspector, preview, problems, hidden, device, started, singleKeys }))
  } catch {
    // Sizes are then forgotten with the window.
  }
}

export const endings = ['check-answers', 'thank-you'] as const
export type Ending = (typeof endings)[number]
export type Selection = { row: Element | null; part: Element | null; ending: Ending | null; mode: Mode }

export function find(definition: JsonObject, block: string | null, part: string | null): { row: Element | null; part: Element | null } {
  if (!block) return { row: null, part: null }
  const row = walk(definition).byId.get(block)?.find((one) => one.kind === 'section' || one.kind === 'group' || one.kind === 'block') ?? null
  // Wordings of one question share their ids: the one that is open is meant.
  const { variant } = useView.getState()
  const same = part && row ? (walk(definition).byId.get(part) ?? []).filter((one) => one.pointer.startsWith(`${row.pointer}/`)) : []
  const inner = same.find((one) => one.variant === variant) ?? same[0] ?? null
  return { row, part: inner }
}
export function useSelection(): Selection {
  const route = useRoute()
  const definition = useDraft((state) => state.document?.definition)
  const variant = useView((view) => view.variant)
  return useMemo(() => {
    void variant
    if (route.at !== 'editor' || !definition) return { row: null, part: null, ending: null, mode: 'design' }
    const ending = endings.find((one) => one === route.block) ?? null
    return { ...find(definition, route.block, route.part), ending, mode: route.mode }
  }, [route, definition, variant])
}

/** Chooses an element: outline, canvas, inspector, preview and map all follow. */
export function select(id: string | null, part: string | null = null, mode?: Mode, replace = false): void {
  const questionnaire = draft().id
  if (!questionnaire) return
  const now = location.pathname.split('/')[3] as Mode | undefined
  go(place(questionnaire, mode ?? now ?? 'design', id, part), replace)
}
/** Goes to the element that stands at a pointer, and lights it. */
export function jump(pointer: string, mode?: Mode): void {
  const definition = draft().document?.definition
  if (!definition) return
  const { byPointer } = walk(definition)
  let element: Element | undefined
  for (let at = pointer; at; at = at.slice(0, at.lastIndexOf('/'))) if ((element = byPointer.get(at))) break
  const page = pageOf(element) ?? element
  const nested = element && page !== element && element.kind !== 'question' ? element.id : null
  if (page) select(page.id, nested, mode ?? 'design')
  else select(null, null, mode ?? 'design')
  show({ landed: pointer, pane: 'canvas', ...(element?.variant !== null && element?.variant !== undefined ? { variant: element.variant } : {}) })
  const here = location.href
  setTimeout(() => {
    if (location.href !== here) return show({ landed: null })
    const target = document.querySelector<HTMLElement>(`[data-pointer="${CSS.escape(pointer)}"]`) ?? (element ? document.querySelector<HTMLElement>(`[data-pointer="${CSS.escape(element.pointer)}"]`) : null)
    target?.scrollIntoView({ block: 'center' })
    target?.classList.add('landed')
    const inner = target?.querySelector<HTMLElement>('[contenteditable=true], input, select, textarea, button')
    ;(target?.matches('[contenteditable=true], input, select, textarea, button') ? target : inner)?.focus()
    setTimeout(() => target?.classList.remove('landed'), 700)
    show({ landed: null })
  }, 80)
}
export const firstBlock = (definition: JsonObject): Element | null => blocksOf(definition).find((block) => text(block.value.type) !== 'Introduction') ?? blocksOf(definition)[0] ?? null
export const titleOf = (selection: Selection): string => nameOf(selection.part ?? selection.row)
