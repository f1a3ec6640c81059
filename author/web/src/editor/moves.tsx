// Moving and deleting, however it was asked for: by pointer, keys, menu or dialogue, with the same rules and words.
import { useMemo, useState } from 'react'
import { create } from 'zustand'
import { Search } from 'lucide-react'
import { definition, firstGroup, mayHold, move, nameOf, remove, uses, type Use } from '../draft/acts'
import { join, last, parent } from '../draft/patch'
import { undo } from '../draft/store'
import { around, list, pageOf, walk, type Element } from '../draft/walk'
import { announce } from '../parts/announce'
import { Box } from '../parts/Box'
import { Button } from '../parts/Button'
import { iconOf } from '../parts/icons'
import { toast } from '../parts/Toasts'
import { say as words, useSay } from '../words'
import { jump, select } from './view'
import style from './moves.module.css'

type Asked = { moving: Element | null; deleting: { element: Element; uses: Use[] } | null }
const useAsked = create<Asked>(() => ({ moving: null, deleting: null }))
export const openMove = (element: Element): void => useAsked.setState({ moving: element })

/** Why something cannot be dropped there, or nothing. */
export function refusal(dragged: Element, over: Element, position: 'before' | 'after' | 'on'): string | null {
  if (over.pointer === dragged.pointer || over.pointer.startsWith(`${dragged.pointer}/`)) return 'move.into-itself'
  const container = position === 'on' ? over : over.up
  if (position === 'on' && over.kind === 'block') return 'move.block-outside'
  if (position !== 'on' && dragged.kind === 'block' && over.kind === 'section') return 'move.block-outside'
  return mayHold(container, dragged)
}
export function drop(dragged: Element, over: Element, position: 'before' | 'after' | 'on'): void {
  const reason = refusal(dragged, over, position)
  if (reason) return announce(words(reason), true)
  const name = nameOf(dragged)
  let array: string
  let index: number
  if (position === 'on') {
    const group = dragged.kind === 'block' && over.kind === 'section' ? firstGroup(over) : over
    const key = dragged.kind === 'group' ? 'groups' : 'blocks'
    if (!group) return
    array = join(group.pointer, key)
    index = list(group.value[key]).length
  } else {
    array = parent(over.pointer)
    index = Number(last(over.pointer)) + (position === 'after' ? 1 : 0)
  }
  if (dragged.kind === 'block' && parent(dragged.pointer) !== array && list(around(dragged, 'group')?.value.blocks).length === 1) return announce(words('move.last-block'), true)
  if (!move(dragged.pointer, array, index, words('undo.move', { name }))) return
  const now = walk(definition()).byId.get(dragged.id)?.[0]
  announce(words('move.done', { name, position: Number(last(now?.pointer ?? '/0')) + 1, total: list(now?.up?.value.blocks ?? now?.up?.value.groups ?? definition().sections).length, where: nameOf(around(now, 'section')) }))
}
/** One place up or down among its neighbours, into the next group at the edge. */
export function nudge(element: Element, by: -1 | 1): void {
  const all = walk(definition()).all.filter((one) => one.kind === element.kind && !one.nested)
  if (element.kind === 'answer') {
    const array = parent(element.pointer)
    const index = Number(last(element.pointer)) + by
    const total = list(element.up?.value.answers).length
    if (index < 0 || index >= total) return announce(words('move.edge'), true)
    move(element.pointer, array, by > 0 ? index + 1 : index, words('undo.move', { name: nameOf(element) }))
    return announce(words('move.done', { name: nameOf(element), position: index + 1, total, where: nameOf(pageOf(element)) }))
  }
  const next = all[all.findIndex((one) => one.pointer === element.pointer) + by]
  if (!next) return announce(words('move.edge'), true)
  const sameParent = next.up?.pointer === element.up?.pointer
  drop(element, next, sameParent ? (by > 0 ? 'after' : 'before') : by > 0 ? 'before' : 'after')
}

export function deleteElement(element: Element, sure = false): void {
  const found = uses(element)
  if (found.length > 0 && !sure) return useAsked.setState({ deleting: { element, uses: found } })
  useAsked.setState({ deleting: null })
  const name = nameOf(element)
  const siblings = walk(definition()).all.filter((one) => one.kind === element.kind && !one.nested)
  const here = siblings.findIndex((one) => one.pointer === element.pointer)
  const next = siblings[here + 1] ?? siblings[here - 1]
  const nextId = next?.id
  const page = element.kind === 'answer' ? pageOf(element) : null
  if (!remove(element.pointer, words('undo.delete', { name }))) return
  if (page) select(page.id, null, undefined, true)
  else select(nextId ?? null, null, undefined, true)
  toast(words('toast.deleted', { name }), { label: words('do.undo'), run: () => void undo() })
}

export function Asked() {
  const { moving, deleting } = useAsked()
  return (
    <>
      {moving && <MoveTo element={moving} onClose={() => useAsked.setState({ moving: null })} />}
      {deleting && <Sure {...deleting} onClose={() => useAsked.setState({ deleting: null })} />}
    </>
  )
}

function Sure({ element, uses: found, onClose }: { element: Element; uses: Use[]; onClose: () => void }) {
  const say = useSay()
  const name = nameOf(element)
  return (
    <Box
      title={say('delete.title', { name })} onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{say('do.cancel')}</Button>
          <Button look="blue" onPress={() => deleteElement(element, true)}>
            {say('delete.do', { count: found.length })}
          </Button>
        </>
      }
    >
      <p>{say('delete.lead', { count: found.length })}</p>
      <ul className={style.list}>
        {found.map((use) => (
          <li key={use.pointer}>
            <button className={style.pick} onClick={() => { onClose(); jump(use.pointer, use.how === 'routes' || use.how === 'skip' ? 'logic' : 'design') }}>
              <span>{nameOf(pageOf(use.element) ?? use.element)}</span>
              <small>{say(`use.${use.how}`)}</small>
            </button>
          </li>
        ))}
      </ul>
    </Box>
  )
}

function MoveTo({ element, onClose }: { element: Element; onClose: () => void }) {
  const say = useSay()
  const [filter, setFilter] = useState('')
  const targets = useMemo(() => {
    const all = walk(definition()).all.filter((one) => !one.nested && one.pointer !== element.pointer)
    const made: { over: Element; position: 'before' | 'after' | 'on'; label: string }[] = []
    for (const over of all) {
      if (over.kind === element.kind) made.push({ over, position: 'after', label: say('move.after', { name: nameOf(over) }) })
      else if (element.kind === 'block' && over.kind === 'group') made.push({ over, position: 'on', label: say('move.end-of', { name: over.value.title ? nameOf(over) : nameOf(over.up) }) })
      else if (element.kind === 'group' && over.kind === 'section') made.push({ over, position: 'on', label: say('move.end-of', { name: nameOf(over) }) })
    }
    return made
  }, [element, say])
  const shown = targets.filter((target) => target.label.toLowerCase().includes(filter.toLowerCase()))
  return (
    <Box title={say('move.title', { name: nameOf(element) })} onClose={onClose}>
      <label className={style.find}>
        <Search size={16} aria-hidden />
        <input autoFocus type="search" aria-label={say('move.find')} placeholder={say('move.find')} value={filter} onChange={(event) => setFilter(event.target.value)} />
      </label>
      <ul className={style.list}>
        {shown.slice(0, 200).map(({ over, position, label }) => {
          const reason = refusal(element, over, position)
          const Icon = iconOf(over)
          return (
            <li key={over.pointer + position}>
              <button
                className={style.pick} aria-disabled={reason ? true : undefined}
                onClick={() => {
                  if (reason) return announce(say(reason), true)
                  onClose()
                  drop(element, over, position)
                }}
              >
                <Icon size={16} aria-hidden />
                <span>{label}</span>
                {reason && <small>{say(reason)}</small>}
              </button>
            </li>
          )
        })}
      </ul>
    </Box>
  )
}
