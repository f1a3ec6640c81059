// The questionnaire as a tree grid: moved by pointer or keys, renamed in place, filtered, with its problems counted.
import { useMemo, useState } from 'react'
import { ChevronsDownUp, ChevronsUpDown, ClipboardPaste, Flag, ListChecks, PanelLeftClose, Plus, Search } from 'lucide-react'
import { nameOf } from '../draft/acts'
import { useDraft } from '../draft/store'
import { announce } from '../parts/announce'
import { Button, IconButton } from '../parts/Button'
import { Switch } from '../parts/Field'
import { Menu } from '../parts/Menu'
import { useSay } from '../words'
import { addActs } from './add'
import { count, filtered, hasLogic, rows, type Row } from './rows'
import { TreeGrid } from './TreeGrid'
import { endings, select, show, useSelection, useView } from './view'
import style from './Outline.module.css'

const renaming = { start: (_: string) => undefined as void }
export const renameInPlace = (id: string) => renaming.start(id)

export function Outline() {
  const say = useSay()
  const document = useDraft((state) => state.document)!
  const diagnostics = useDraft((state) => state.diagnostics)
  const { row: selected, ending, mode } = useSelection()
  const hidden = useView((view) => view.hidden)
  const [words, setWords] = useState('')
  const [onlyLogic, setOnlyLogic] = useState(false)
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const [naming, setNaming] = useState<string | null>(null)
  renaming.start = setNaming
  const all = useMemo(() => rows(document.definition, diagnostics, document.beside?.notes ?? {}), [document, diagnostics])
  const shown = useMemo(() => {
    const wanted = words.trim().toLowerCase()
    if (!wanted && !onlyLogic) return all
    return filtered(all, (element) => (!onlyLogic || hasLogic(element)) && (!wanted || nameOf(element).toLowerCase().includes(wanted) || element.id.includes(wanted) || (element.kind === 'block' && JSON.stringify(element.value).toLowerCase().includes(wanted))))
  }, [all, words, onlyLogic])
  const expanded = useMemo(() => {
    const open: string[] = []
    const visit = (list: Row[]) => list.forEach((row) => { if (row.children.length && (!closed.has(row.id) || words)) open.push(row.id); visit(row.children) })
    visit(shown)
    return new Set(open)
  }, [shown, closed, words])
  const expand = (id: string, open: boolean) => {
    const next = new Set(closed)
    if (open) next.delete(id)
    else next.add(id)
    setClosed(next)
  }
  const visible = count(shown)
  const total = count(all)
  return (
    <section className={style.outline} aria-label={say('outline.name')}>
      <div className={style.head}>
        <h2>{say('outline.name')}</h2>
        {mode === 'logic' && <Switch label={say('outline.only-logic')} checked={onlyLogic} onChange={setOnlyLogic} />}
        {mode !== 'logic' && (
          <>
            <IconButton icon={closed.size ? ChevronsUpDown : ChevronsDownUp} small label={say(closed.size ? 'outline.open-all' : 'outline.close-all')} onPress={() => setClosed(closed.size ? new Set() : new Set(all.map((row) => row.id)))} />
            <IconButton icon={PanelLeftClose} small label={say('outline.hide')} onPress={() => show({ hidden: { ...hidden, outline: true } })} />
          </>
        )}
      </div>
      <label className={style.filter}>
        <span className="hidden-words">{say('outline.filter')}</span>
        <Search size={14} aria-hidden />
        <input
          data-filter type="search" placeholder={say('outline.filter')} value={words}
          onChange={(event) => {
            setWords(event.target.value)
            if (event.target.value) announce(say('outline.found', { shown: visible, total }))
          }}
        />
        <kbd>/</kbd>
      </label>
      <TreeGrid rows={shown} label={say('outline.name')} selected={ending ? null : selected} expanded={expanded} onExpand={expand} mayDrag={!words && !onlyLogic} naming={naming} onNamed={() => setNaming(null)} />
      {shown.length === 0 && <p className={style.none}>{say('outline.none', { words })}</p>}
      <ul className={style.endings}>
        {endings.map((one) => {
          const Icon = one === 'check-answers' ? ListChecks : Flag
          return (
            <li key={one}>
              <button className={style.ending} aria-current={ending === one || undefined} onClick={() => { select(one); show({ pane: 'canvas' }) }}>
                <Icon size={16} aria-hidden />
                {say(`ending.${one}`)}
              </button>
            </li>
          )
        })}
      </ul>
      <div className={style.foot}>
        <Menu label={say('add.name')} acts={addActs(say)}>
          <Button icon={Plus} wide>
            {say('add.name')}
          </Button>
        </Menu>
        <IconButton icon={ClipboardPaste} label={say('paste.title')} boxed onPress={() => show({ dialogue: 'paste' })} />
      </div>
    </section>
  )
}
