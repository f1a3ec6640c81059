// The rows of the outline as a tree grid: one tab stop, arrows within it, and moving by pointer or by keys.
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { ChevronRight, Copy, Ellipsis, FolderInput, GripVertical, MessageSquare, Pencil, Play, Split, Trash2 } from 'lucide-react'
import { Button as Press } from 'react-aria-components'
import { alias, duplicate, nameOf } from '../draft/acts'
import type { Element } from '../draft/walk'
import { announce } from '../parts/announce'
import { iconOf } from '../parts/icons'
import { Menu } from '../parts/Menu'
import { Count } from '../parts/small'
import { useSay } from '../words'
import { deleteElement, drop, openMove, refusal } from './moves'
import { renameInPlace } from './Outline'
import { hasLogic, type Row } from './rows'
import { jump, select, show } from './view'
import style from './Outline.module.css'

type Flat = Row & { level: number; up: string | null; at: number; of: number }
type Position = 'before' | 'after' | 'on'
type Props = { rows: Row[]; label: string; selected: Element | null; expanded: ReadonlySet<string>; onExpand: (id: string, open: boolean) => void; mayDrag: boolean; naming: string | null; onNamed: () => void }

function flatten(rows: Row[], expanded: ReadonlySet<string>, level = 1, up: string | null = null): Flat[] {
  return rows.flatMap((row, at) => [{ ...row, level, up, at: at + 1, of: rows.length }, ...(expanded.has(row.id) ? flatten(row.children, expanded, level + 1, row.id) : [])])
}

export function TreeGrid({ rows, label, selected, expanded, onExpand, mayDrag, naming, onNamed }: Props) {
  const say = useSay()
  const grid = useRef<HTMLDivElement>(null)
  const flat = useMemo(() => flatten(rows, expanded), [rows, expanded])
  const [focus, setFocus] = useState<string | null>(null)
  const [lifted, setLifted] = useState<string | null>(null)
  const [over, setOver] = useState<{ id: string; position: Position } | null>(null)
  const typed = useRef({ words: '', at: 0 })
  const chosen = selected ? selected.id || selected.pointer : null
  const stop = flat.some((row) => row.id === focus) ? focus : flat.some((row) => row.id === chosen) ? chosen : (flat[0]?.id ?? null)
  useEffect(() => setFocus(chosen), [chosen])
  useEffect(() => void grid.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }), [chosen])
  const rowOf = (id: string) => grid.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)
  const goto = (row: Flat | undefined, choose = true) => {
    if (!row) return
    setFocus(row.id)
    rowOf(row.id)?.focus()
    if (choose) select(row.id, null, undefined, true)
  }
  const element = (id: string | null) => flat.find((row) => row.id === id)?.element

  const place = (target: { id: string; position: Position }) => {
    const dragged = element(lifted)
    const onto = element(target.id)
    setOver(null)
    setLifted(null)
    if (dragged && onto) {
      drop(dragged, onto, target.position)
      setTimeout(() => rowOf(dragged.id)?.focus(), 60)
    }
  }
  /** Places where the lifted row may go, in order. */
  const places = (): { id: string; position: Position }[] => {
    const dragged = element(lifted)
    if (!dragged) return []
    return flat.flatMap((row) => (['before', 'on', 'after'] as const).map((position) => ({ id: row.id, position })).filter(({ position }) => row.id !== lifted && refusal(dragged, row.element, position) === null && !(position === 'after' && flat.some((next) => next.up === row.up && next.at === row.at + 1))))
  }
  const sayPlace = (target: { id: string; position: Position }) => announce(say(`drag.${target.position}`, { name: nameOf(element(target.id) ?? null) }), true)
  const lift = (id: string) => {
    setLifted(id)
    announce(say('drag.lifted', { name: nameOf(element(id) ?? null) }), true)
  }

  const keys = (event: KeyboardEvent, row: Flat) => {
    // A menu of the row lies elsewhere in the page, though its keys come by here.
    if (event.ctrlKey || event.metaKey || event.altKey || naming || !event.currentTarget.contains(event.target as Node)) return
    const inside = event.target !== event.currentTarget
    if (lifted) {
      const all = places()
      const down = event.key === 'ArrowDown'
      const index = (id: string | null) => flat.findIndex((one) => one.id === id)
      const here = over ? all.findIndex((one) => one.id === over.id && one.position === over.position) : -1
      const first = () => (down ? all.find((one) => index(one.id) > index(lifted)) : all.findLast((one) => index(one.id) < index(lifted) && one.position !== 'on'))
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        const next = here < 0 ? first() : all[Math.max(0, Math.min(all.length - 1, here + (down ? 1 : -1)))]
        if (next) {
          setOver(next)
          sayPlace(next)
        }
      } else if (event.key === 'Enter' && over) place(over)
      else if (event.key === 'Escape' || event.key === 'Tab') {
        setLifted(null)
        setOver(null)
        announce(say('drag.cancelled'), true)
      } else return
      event.preventDefault()
      event.stopPropagation()
      return
    }
    const at = flat.indexOf(row)
    const buttons = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('button')]
    const focused = buttons.indexOf(document.activeElement as HTMLElement)
    switch (event.key) {
      case 'ArrowDown':
        goto(flat[at + 1])
        break
      case 'ArrowUp':
        goto(flat[at - 1])
        break
      case 'Home':
        goto(flat[0])
        break
      case 'End':
        goto(flat.at(-1))
        break
      case 'ArrowRight':
        if (!inside && row.children.length && !expanded.has(row.id)) onExpand(row.id, true)
        else (buttons[focused + 1] ?? buttons.at(-1))?.focus()
        break
      case 'ArrowLeft':
        if (inside) (buttons[focused - 1] ?? (event.currentTarget as HTMLElement)).focus()
        else if (row.children.length && expanded.has(row.id)) onExpand(row.id, false)
        else goto(flat.find((other) => other.id === row.up))
        break
      case 'Enter':
      case ' ':
        if (inside) return
        select(row.id)
        show({ pane: 'canvas' })
        break
      case '*':
        for (const other of rows) onExpand(other.id, true)
        break
      default: {
        if (inside || event.key.length !== 1 || event.key === '/' || event.key === '?') return
        const now = Date.now()
        typed.current = { words: (now - typed.current.at > 700 ? '' : typed.current.words) + event.key.toLowerCase(), at: now }
        const { words } = typed.current
        const found = [...flat.slice(at + (words.length === 1 ? 1 : 0)), ...flat].find((other) => nameOf(other.element).toLowerCase().startsWith(words))
        if (found) goto(found)
        break
      }
    }
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div ref={grid} role="treegrid" aria-label={label} className={style.tree} onDragLeave={() => setOver(null)}>
      {flat.map((row) => {
        const Icon = iconOf(row.element)
        const title = nameOf(row.element)
        const kind = row.element.kind === 'block' ? String(row.element.value.type) : row.element.kind
        const described = [title, say(`type.${kind}`), row.errors ? say('count.errors', { count: row.errors }) : '', row.warnings ? say('count.warnings', { count: row.warnings }) : '', row.notes ? say('count.notes', { count: row.notes }) : ''].filter(Boolean).join(', ')
        const open = expanded.has(row.id)
        const target = over?.id === row.id ? over.position : null
        return (
          <div
            key={row.id} data-row={row.id} role="row" aria-level={row.level} aria-posinset={row.at} aria-setsize={row.of} aria-expanded={row.children.length ? open : undefined} aria-selected={row.id === chosen} aria-label={described}
            tabIndex={row.id === stop ? 0 : -1} className={`${style.item} ${style[row.element.kind]} ${lifted === row.id ? style.lifted : ''} ${target ? style[`drop-${target}`] : ''}`}
            draggable={mayDrag && naming !== row.id}
            onClick={(event) => {
              if ((event.target as HTMLElement).closest('button, input')) return
              setFocus(row.id)
              select(row.id)
              show({ pane: 'canvas' })
            }}
            onDoubleClick={(event) => !(event.target as HTMLElement).closest('button') && renameInPlace(row.id)}
            onKeyDownCapture={(event) => keys(event, row)}
            onFocus={(event) => event.target === event.currentTarget && setFocus(row.id)}
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = 'move'
              event.dataTransfer.setData('text/plain', title)
              setLifted(row.id)
            }}
            onDragOver={(event) => {
              const dragged = element(lifted)
              if (!dragged) return
              const box = event.currentTarget.getBoundingClientRect()
              const share = (event.clientY - box.top) / box.height
              const wanted: Position[] = share < 0.3 ? ['before', 'on', 'after'] : share > 0.7 ? ['after', 'on', 'before'] : ['on', share < 0.5 ? 'before' : 'after']
              const position = wanted.find((one) => refusal(dragged, row.element, one) === null)
              if (!position) return setOver(null)
              event.preventDefault()
              if (over?.id !== row.id || over.position !== position) setOver({ id: row.id, position })
            }}
            onDrop={(event) => {
              event.preventDefault()
              if (over) place(over)
            }}
            onDragEnd={() => {
              setLifted(null)
              setOver(null)
            }}
          >
            <div role="gridcell" className={style.row} data-level={row.level}>
              {row.children.length > 0 ? (
                <button tabIndex={-1} className={style.chevron} aria-label={say(open ? 'outline.close' : 'outline.open', { name: title })} onClick={() => onExpand(row.id, !open)}>
                  <ChevronRight size={14} aria-hidden className={open ? style.turned : ''} />
                </button>
              ) : row.element.kind !== 'block' ? (
                <span className={style.chevron} />
              ) : null}
              {row.element.kind !== 'section' && <Icon size={16} aria-hidden />}
              {naming === row.id ? (
                <input
                  className={style.naming} autoFocus aria-label={say('outline.rename', { name: title })} defaultValue={title} onFocus={(event) => event.target.select()}
                  onKeyDown={(event) => {
                    event.stopPropagation()
                    if (event.key === 'Escape') event.currentTarget.value = title
                    if (event.key === 'Enter' || event.key === 'Escape') {
                      event.currentTarget.blur()
                      rowOf(row.id)?.focus()
                    }
                  }}
                  onBlur={(event) => {
                    if (event.target.value !== title) alias(row.element.id, event.target.value)
                    onNamed()
                  }}
                />
              ) : (
                <span className={style.name}>{title}</span>
              )}
              {row.notes > 0 && (
                <span className={style.notes} aria-hidden>
                  <MessageSquare size={12} /> {row.notes}
                </span>
              )}
              {hasLogic(row.element) && row.element.kind !== 'section' && <Split size={12} className={style.quiet} aria-hidden />}
              <Count errors={row.errors} warnings={row.warnings} />
              <span className={style.acts}>
                <Menu label={say('outline.acts', { name: title })} acts={rowActs(row, say)}>
                  <Press className={style.more!} excludeFromTabOrder aria-label={say('outline.acts', { name: title })}>
                    <Ellipsis size={14} aria-hidden />
                  </Press>
                </Menu>
                {mayDrag && (
                  <button tabIndex={-1} className={style.more} aria-label={say('outline.drag', { name: title })} onClick={() => lift(row.id)}>
                    <GripVertical size={14} aria-hidden />
                  </button>
                )}
              </span>
            </div>
          </div>
        )
      })}
    </div>
  )
}

function rowActs(row: Row, say: (key: string) => string) {
  const { element } = row
  return [
    { id: 'rename', label: say('outline.rename-do'), icon: Pencil, keys: 'F2', run: () => renameInPlace(row.id) },
    { id: 'duplicate', label: say('do.duplicate'), icon: Copy, keys: 'Ctrl D', run: () => { const made = duplicate(element); if (made) jump(made) } },
    { id: 'move', label: say('move.to'), icon: FolderInput, keys: 'Alt M', run: () => openMove(element) },
    ...(element.kind === 'block' ? [{ id: 'preview', label: say('preview.here'), icon: Play, keys: 'Alt P', run: () => select(element.id) }] : []),
    null,
    { id: 'delete', label: say('do.delete'), icon: Trash2, keys: 'Delete', danger: true, run: () => deleteElement(element) },
  ]
}
