// Keys of the editor. All are in menus and under `?` too; single keys work outside text only.
import { useEffect } from 'react'
import { definition, duplicate } from '../draft/acts'
import { draft, flush } from '../draft/store'
import { addBlock } from './add'
import { where } from './bind'
import { deleteElement, nudge, openMove } from './moves'
import { renameInPlace } from './Outline'
import { redoNow, undoNow } from './TopBar'
import { find, jump, select, show, useView } from './view'
import type { Mode } from '../route'

const panes = ['[data-pane-outline], section[class*=outline]', '#main', 'aside', 'section[class*=preview]', 'section[class*=problems]', 'footer']
let waiting = 0
let problemAt = -1

const chosen = () => {
  const [, , , id, part] = location.pathname.split('/').map(decodeURIComponent)
  const { row, part: inner } = find(definition(), id ?? null, part ?? null)
  return { row, element: inner ?? row }
}
const inText = (target: EventTarget | null) => target instanceof HTMLElement && !!target.closest('input, textarea, select, [contenteditable=true]')

export function useKeys(): void {
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !draft().document) return
      const control = event.ctrlKey || event.metaKey
      const texting = inText(event.target)
      const dialogue = document.querySelector('[role=dialog]')
      const done = (act: () => void) => {
        event.preventDefault()
        act()
      }
      if (control && event.key.toLowerCase() === 'k') return done(() => show({ dialogue: 'palette' }))
      if (dialogue) return
      const target = event.target as HTMLElement
      // On a row of the outline its own element is meant, not the answer that is open beside it.
      const rowId = target.closest<HTMLElement>('[data-row]')?.dataset.row
      const { row, element } = rowId ? ((found) => ({ row: found, element: found }))(find(definition(), rowId, null).row) : chosen()
      const onItem = !texting && !!target.closest('[role=treegrid], [data-grip]')
      if (control && event.key.toLowerCase() === 'z' && !event.altKey) return done(event.shiftKey ? redoNow : undoNow)
      if (control && event.key.toLowerCase() === 'y') return done(redoNow)
      if (control && event.key.toLowerCase() === 's') return done(() => void flush())
      if (control && event.key === 'Enter') return done(() => void addBlock('Question', row))
      if (control && event.key.toLowerCase() === 'd' && element) {
        return done(() => {
          const made = duplicate(element)
          if (made) jump(made)
        })
      }
      if (event.key === 'F6') return done(() => nextPane(event.shiftKey ? -1 : 1))
      if (event.key === 'F8') return done(() => nextProblem(event.shiftKey ? -1 : 1))
      if (event.key === 'F9') return done(() => show({ problemsOpen: !useView.getState().problemsOpen }))
      if (event.key === 'F2' && row) return done(() => renameInPlace(row.id))
      if (event.altKey && !control) {
        if ((event.key === 'ArrowUp' || event.key === 'ArrowDown') && element && (!texting || onItem)) return done(() => nudge(element, event.key === 'ArrowUp' ? -1 : 1))
        if (event.key.toLowerCase() === 'm' && element) return done(() => openMove(element))
        if (event.key.toLowerCase() === 'p' && row) return done(() => show({ pane: 'preview', hidden: { ...useView.getState().hidden, preview: false } }))
        if (event.key.toLowerCase() === 'n' && row) return done(() => document.getElementById('tab-notes')?.click())
      }
      if (event.key === 'Delete' && onItem && element) return done(() => deleteElement(element))
      if (texting || !useView.getState().singleKeys || control || event.altKey) return
      if (event.key === '/') return done(() => document.querySelector<HTMLElement>('[data-filter]')?.focus())
      if (event.key === '?') return done(() => show({ dialogue: 'shortcuts' }))
      if (target.closest('[role=treegrid], [data-type]') && event.key !== 'g') return
      if (event.key.toLowerCase() === 'g') waiting = Date.now()
      else if (Date.now() - waiting < 1500) {
        const mode = ({ d: 'design', l: 'logic', m: 'map', t: 'translations', v: 'versions' } as Record<string, Mode>)[event.key.toLowerCase()]
        waiting = 0
        if (mode) done(() => select(row?.id ?? null, null, mode))
      }
    }
    addEventListener('keydown', keys)
    return () => removeEventListener('keydown', keys)
  }, [])
}

function nextPane(by: 1 | -1): void {
  const there = panes.map((one) => document.querySelector<HTMLElement>(one)).filter((one): one is HTMLElement => !!one)
  const now = there.findIndex((one) => one.contains(document.activeElement))
  const next = there[(now + by + there.length) % there.length]
  const first = next?.querySelector<HTMLElement>('[role=treegrid] [tabindex="0"], [role=tab][aria-selected=true], [contenteditable=true], input, button, [tabindex="0"]')
  ;(first ?? next)?.focus()
}
function nextProblem(by: 1 | -1): void {
  const all = draft().diagnostics
  if (all.length === 0) return
  problemAt = (problemAt + by + all.length) % all.length
  jump(where(all[problemAt]!))
}
