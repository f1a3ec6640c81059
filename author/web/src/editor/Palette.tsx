// Find anything: go to it, do it, or add it, by typing a part of its name.
import { useEffect, useId, useMemo, useRef, useState } from 'react'
import { Copy, FileJson2, FolderInput, Languages, ListChecks, Map as MapIcon, Plus, Redo2, Rocket, Search, Split, Trash2, TriangleAlert, Undo2, type LucideIcon } from 'lucide-react'
import { definition, duplicate, nameOf } from '../draft/acts'
import { blockKinds } from '../draft/make'
import { draft } from '../draft/store'
import { around, pageOf, walk, text } from '../draft/walk'
import { announce } from '../parts/announce'
import { Box } from '../parts/Box'
import { iconOf, kindIcon } from '../parts/icons'
import { useSay } from '../words'
import { addBlock, addSection } from './add'
import { deleteElement, openMove } from './moves'
import { redoNow, undoNow } from './TopBar'
import { find, jump, select, show } from './view'
import style from './Palette.module.css'

type Entry = { id: string; group: 'go' | 'do' | 'add'; label: string; meta?: string; keys?: string; Icon: LucideIcon; run: () => void }
const recent: string[] = []

export default function Palette({ onClose }: { onClose: () => void }) {
  const say = useSay()
  const id = useId()
  const [words, setWords] = useState('')
  const [at, setAt] = useState(0)
  const box = useRef<HTMLDivElement>(null)
  const entries = useMemo((): Entry[] => {
    const [, , , blockId, part] = location.pathname.split('/').map(decodeURIComponent)
    const { row } = find(definition(), blockId ?? null, part ?? null)
    const go = walk(definition()).all.filter((one) => one.kind !== 'question' && one.kind !== 'group').map((one): Entry => {
      const section = around(one, 'section')
      const page = pageOf(one)
      return { id: `go ${one.pointer}`, group: 'go', label: nameOf(one), meta: one.kind === 'section' ? say('type.section') : one.kind === 'answer' ? nameOf(page) : section ? nameOf(section) : '', Icon: iconOf(one), run: () => jump(one.pointer) }
    })
    const todo: (Entry | null)[] = [
      { id: 'undo', group: 'do', label: draft().undos.length ? say('undo.this', { act: draft().undos.at(-1)!.label }) : say('undo.none'), keys: 'Ctrl Z', Icon: Undo2, run: undoNow },
      { id: 'redo', group: 'do', label: draft().redos.length ? say('redo.this', { act: draft().redos.at(-1)!.label }) : say('redo.none'), keys: 'Ctrl Shift Z', Icon: Redo2, run: redoNow },
      { id: 'publish', group: 'do', label: say('publish.title'), Icon: Rocket, run: () => show({ dialogue: 'publish' }) },
      { id: 'problems', group: 'do', label: say('problems.show'), keys: 'F9', Icon: TriangleAlert, run: () => show({ problemsOpen: true }) },
      { id: 'json', group: 'do', label: say('editor.json'), Icon: FileJson2, run: () => show({ dialogue: 'json' }) },
      { id: 'settings', group: 'do', label: say('editor.settings'), Icon: ListChecks, run: () => select(null, null, 'design') },
      { id: 'logic', group: 'do', label: say('mode.logic'), keys: 'G L', Icon: Split, run: () => select(row?.id ?? null, null, 'logic') },
      { id: 'map', group: 'do', label: say('mode.map'), keys: 'G M', Icon: MapIcon, run: () => select(row?.id ?? null, null, 'map') },
      { id: 'translations', group: 'do', label: say('mode.translations'), keys: 'G T', Icon: Languages, run: () => select(null, null, 'translations') },
      row ? { id: 'duplicate', group: 'do', label: say('undo.duplicate', { name: nameOf(row) }), keys: 'Ctrl D', Icon: Copy, run: () => { const made = duplicate(row); if (made) jump(made) } } : null,
      row ? { id: 'move', group: 'do', label: say('move.title', { name: nameOf(row) }), keys: 'Alt M', Icon: FolderInput, run: () => openMove(row) } : null,
      row ? { id: 'delete', group: 'do', label: say('undo.delete', { name: nameOf(row) }), Icon: Trash2, run: () => deleteElement(row) } : null,
    ]
    const add: Entry[] = [
      ...blockKinds.map((kind): Entry => ({ id: `add ${kind}`, group: 'add', label: say('palette.add-what', { what: say(`type.${kind}`) }), keys: kind === 'Question' ? 'Ctrl Enter' : undefined, Icon: kindIcon(kind), run: () => void addBlock(kind) })),
      { id: 'add section', group: 'add', label: say('palette.add-what', { what: say('type.section') }), Icon: Plus, run: addSection },
      { id: 'paste', group: 'add', label: say('paste.title'), Icon: Plus, run: () => show({ dialogue: 'paste' }) },
    ]
    return [...go, ...todo.filter((one): one is Entry => one !== null), ...add]
  }, [say])
  const only = words.startsWith('>') ? 'do' : words.startsWith('+') ? 'add' : null
  const wanted = (only ? words.slice(1) : words).trim().toLowerCase()
  const shown = useMemo(() => {
    const found = entries.filter((one) => (!only || one.group === only) && (!wanted || one.label.toLowerCase().includes(wanted)))
    const rank = (one: Entry) => (recent.includes(one.id) ? recent.indexOf(one.id) : 99) + (one.label.toLowerCase().startsWith(wanted) ? 0 : 200)
    const groups = ['go', 'do', 'add'] as const
    return groups.flatMap((group) => found.filter((one) => one.group === group).toSorted((a, b) => rank(a) - rank(b)).slice(0, wanted ? 12 : group === 'go' ? 8 : 6))
  }, [entries, wanted, only])
  useEffect(() => setAt(0), [words])
  useEffect(() => {
    if (words) announce(say('palette.results', { count: shown.length }))
  }, [words, shown.length, say])
  useEffect(() => void box.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }), [at])
  const run = (entry: Entry | undefined) => {
    if (!entry) return
    recent.unshift(entry.id)
    recent.splice(8)
    onClose()
    setTimeout(entry.run, 30)
  }
  const marked = (label: string) => {
    const found = wanted ? label.toLowerCase().indexOf(wanted) : -1
    return found < 0 ? label : (
      <>
        {label.slice(0, found)}
        <mark>{label.slice(found, found + wanted.length)}</mark>
        {label.slice(found + wanted.length)}
      </>
    )
  }
  let group = ''
  return (
    <Box title={say('palette.name')} onClose={onClose} bare>
      <div className={style.find}>
        <Search size={18} aria-hidden />
        <input
          autoFocus role="combobox" aria-expanded="true" aria-controls={`${id}-list`} aria-activedescendant={shown[at] ? `${id}-${at}` : undefined} aria-label={say('palette.name')} placeholder={say('palette.ghost')}
          value={words} onChange={(event) => setWords(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
              event.preventDefault()
              setAt((now) => (now + (event.key === 'ArrowDown' ? 1 : -1) + Math.max(1, shown.length)) % Math.max(1, shown.length))
            } else if (event.key === 'Enter') {
              event.preventDefault()
              run(shown[at])
            }
          }}
        />
        <kbd>Esc</kbd>
      </div>
      <div ref={box} role="listbox" id={`${id}-list`} aria-label={say('palette.name')} className={style.list} tabIndex={-1}>
        {shown.length === 0 && <p className={style.none}>{say('palette.none', { words })}</p>}
        {shown.map((entry, index) => {
          const first = entry.group !== group
          group = entry.group
          return (
            <div key={entry.id} role="presentation">
              {first && <div className={style.group} role="presentation">{say(`palette.${entry.group}`)}</div>}
              <div id={`${id}-${index}`} role="option" aria-selected={index === at} className={style.option} onClick={() => run(entry)} onPointerMove={() => setAt(index)}>
                <entry.Icon size={16} aria-hidden />
                <span>{marked(text(entry.label))}</span>
                {entry.meta && <small>{entry.meta}</small>}
                {entry.keys ? <kbd className={style.end}>{entry.keys}</kbd> : index === at && <span className={style.enter}>{say('palette.open')} <kbd>Enter</kbd></span>}
              </div>
            </div>
          )
        })}
      </div>
      <div className={style.foot}>
        <span><kbd>↑</kbd> <kbd>↓</kbd> {say('palette.move')}</span>
        <span>{say('palette.tip')}</span>
      </div>
    </Box>
  )
}
