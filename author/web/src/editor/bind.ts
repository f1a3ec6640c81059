// A control bound to one place of the draft: its value, how it is written, and what is wrong there.
import { useCallback, useMemo } from 'react'
import type { Diagnostic, Json } from '../api/types'
import { set } from '../draft/acts'
import { get } from '../draft/patch'
import { edit, flush, useDraft } from '../draft/store'
import type { Note } from '../parts/Field'
import { useLanguage, useSay } from '../words'

export function useValue(pointer: string): Json | undefined {
  return useDraft((state) => (state.document ? get(state.document as never, pointer) : undefined))
}
export function useSet(pointer: string, field: string): (value: Json | undefined) => void {
  const say = useSay()
  return useCallback((value) => set(pointer, value, say('undo.change', { field: field.toLowerCase() })), [pointer, field, say])
}
export const leave = (): void => void flush()
export const where = (one: Diagnostic): string => (one.pointer.startsWith('/definition') ? one.pointer : `/definition${one.pointer}`)

/** The problems of exactly this place, or of all that is below it. */
export function useNotes(pointer: string, below = false): Note[] {
  const diagnostics = useDraft((state) => state.diagnostics)
  const [language] = useLanguage()
  return useMemo(
    () =>
      diagnostics
        .filter((one) => where(one) === pointer || (below && where(one).startsWith(`${pointer}/`)))
        .map((one) => ({ severity: one.severity, text: one.text[language] || one.text.en })),
    [diagnostics, pointer, below, language],
  )
}
export const fix = (one: Diagnostic, label: string): void => {
  if (one.fix) edit(label, one.fix.patch.map((op) => (op.path.startsWith('/definition') || op.path.startsWith('/beside') || op.path.startsWith('/translations') ? op : { ...op, path: `/definition${op.path}` })) as never)
}
