// The questionnaire as a tree grid: moved by pointer or keys, renamed in place, filtered, with its problems counted.
import { memo, useMemo, useRef, useState } from 'react'
import { ChevronRight, ChevronsDownUp, ChevronsUpDown, ClipboardPaste, Copy, Ellipsis, Flag, FolderInput, GripVertical, ListChecks, MessageSquare, PanelLeftClose, Pencil, Play, Plus, Search, Split, Trash2 } from 'lucide-react'
import { Button as Press, Collection, DropIndicator, Tree, TreeItem, TreeItemContent, useDragAndDrop, type Key } from 'react-aria-components'
import { alias, duplicate, nameOf } from '../draft/acts'
import { useDraft } from '../draft/store'
import { walk } from '../draft/walk'
import { announce } from '../parts/announce'
import { Button, IconButton } from '../parts/Button'
import { Switch } from '../parts/Field'
import { iconOf } from '../parts/icons'
import { Menu } from '../parts/Menu'
import { Count } from '../parts/small'
import { useSay } from '../words'
import { addActs } from './add'
import { deleteElement, drop, openMove, refusal } from './moves'
import { count, filtered, hasLogic, rows, type Row } from './rows'
import { endings, jump, select, show, useSelection, useView } from './view'
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
  const dragging = useRef<string[]>([])
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
    return new Set<Key>(open)
  }, [shown, closed, words])
  const byKey = (key: Key) => walk(document.definition).byId.get(String(key))?.find((one) => one.kind !== 'answer' && one.kind !== 'question') ?? walk(document.definition).byPointer.get(String(key))

  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ 'text/plain': nameOf(byKey(key) ?? null), 'application/x-canvass': String(key) })),
    onDragStart: (event) => { dragging.current = [...event.keys].map(String) },
    getDropOperation: (target) => {
      if (target.type !== 'item') return 'cancel'
      const dragged = dragging.current[0] ? byKey(dragging.current[0]) : undefined
      const over = byKey(target.key)
      if (!dragged || !over) return 'cancel'
      return refusal(dragged, over, target.dropPosition) === null ? 'move' : 'cancel'
    },
    onMove: (event) => {
      const over = byKey(event.target.key)
      const dragged = [...event.keys].map((key) => byKey(key)).find(Boolean)
      if (over && dragged) drop(dragged, over, event.target.dropPosition)
    },
    renderDropIndicator: (target) => <DropIndicator target={target} className={style.indicator!} />,
  })

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
      <Tree
        aria-label={say('outline.name')} className={style.tree!} items={shown} selectionMode="single" selectionBehavior="replace" disallowEmptySelection
        selectedKeys={ending ? [] : selected ? [selected.id || selected.pointer] : []}
        onSelectionChange={(keys) => {
          const [key] = keys === 'all' ? [] : [...keys]
          if (key !== undefined && key !== selected?.id) select(String(key))
        }}
        onAction={(key) => { select(String(key)); show({ pane: 'canvas' }) }}
        expandedKeys={expanded}
        onExpandedChange={(keys) => {
          const next = new Set(closed)
          for (const row of all) for (const one of [row, ...row.children]) if (one.children.length) { if (keys.has(one.id)) next.delete(one.id); else next.add(one.id) }
          setClosed(next)
        }}
        dragAndDropHooks={words || onlyLogic ? undefined : dragAndDropHooks}
        renderEmptyState={() => <p className={style.none}>{say('outline.none', { words })}</p>}
      >
        {(row) => <Item row={row} naming={naming} onNamed={() => setNaming(null)} alias={document.beside?.aliases?.[row.id]} />}
      </Tree>
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

type ItemProps = { row: Row; naming: string | null; onNamed: () => void; alias: string | undefined }
const Item = memo(function Item({ row, naming, onNamed }: ItemProps) {
  const say = useSay()
  const { element } = row
  const Icon = iconOf(element)
  const title = nameOf(element)
  const kind = element.kind === 'block' ? String(element.value.type) : element.kind
  const described = [title, say(`type.${kind}`), row.errors ? say('count.errors', { count: row.errors }) : '', row.warnings ? say('count.warnings', { count: row.warnings }) : '', row.notes ? say('count.notes', { count: row.notes }) : ''].filter(Boolean).join(', ')
  return (
    <TreeItem id={row.id} textValue={described} className={`${style.item} ${style[element.kind]}`}>
      <TreeItemContent>
        {({ hasChildItems, isExpanded, allowsDragging, level }) => (
          <div className={style.row} data-level={level} onDoubleClick={() => renameInPlace(row.id)}>
            {hasChildItems ? (
              <Press slot="chevron" className={style.chevron!} aria-label={say(isExpanded ? 'outline.close' : 'outline.open', { name: title })}>
                <ChevronRight size={14} aria-hidden className={isExpanded ? style.turned : ''} />
              </Press>
            ) : element.kind !== 'block' ? (
              <span className={style.chevron} />
            ) : null}
            {element.kind !== 'section' && <Icon size={16} aria-hidden />}
            {naming === row.id ? (
              <input
                className={style.naming} autoFocus aria-label={say('outline.rename', { name: title })} defaultValue={title} onFocus={(event) => event.target.select()}
                onKeyDown={(event) => {
                  event.stopPropagation()
                  if (event.key === 'Enter') event.currentTarget.blur()
                  if (event.key === 'Escape') {
                    event.currentTarget.value = title
                    event.currentTarget.blur()
                  }
                }}
                onBlur={(event) => {
                  if (event.target.value !== title) alias(element.id, event.target.value)
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
            {hasLogic(element) && element.kind !== 'section' && <Split size={12} className={style.quiet} aria-label={say('outline.has-logic')} />}
            <Count errors={row.errors} warnings={row.warnings} />
            <span className={style.acts}>
              <Menu label={say('outline.acts', { name: title })} acts={rowActs(row, say)}>
                <Press className={style.more!} aria-label={say('outline.acts', { name: title })}>
                  <Ellipsis size={14} aria-hidden />
                </Press>
              </Menu>
              {allowsDragging && (
                <Press slot="drag" className={style.more!} aria-label={say('outline.drag', { name: title })}>
                  <GripVertical size={14} aria-hidden />
                </Press>
              )}
            </span>
          </div>
        )}
      </TreeItemContent>
      <Collection items={row.children}>{(child) => <Item row={child} naming={naming} onNamed={onNamed} alias={undefined} />}</Collection>
    </TreeItem>
  )
})

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
