// The block as its author writes it: where respondents come from, the question, its answers, where they go next.
import { ArrowDown, ArrowUp, ChevronRight, Copy, CornerDownRight, Ellipsis, FolderInput, PanelRightOpen, Shuffle, Trash2 } from 'lucide-react'
import { Button as Press } from 'react-aria-components'
import { duplicate, nameOf } from '../draft/acts'
import { useDraft } from '../draft/store'
import { around, blocksOf, list, object, text, type Element } from '../draft/walk'
import { Button, IconButton } from '../parts/Button'
import { iconOf } from '../parts/icons'
import { Menu } from '../parts/Menu'
import { place, follow } from '../route'
import { useSay } from '../words'
import { addVariant, focusTitle } from './add'
import { BlockBody } from './BlockBody'
import { Endings } from './Endings'
import { deleteElement, nudge, openMove } from './moves'
import { PlusLine } from './PlusLine'
import { RouteCard } from './RouteCard'
import { SectionBody } from './SectionBody'
import { Questionnaire } from './Questionnaire'
import { jump, select, show, useSelection, useView } from './view'
import { useWidth } from './width'
import style from './Canvas.module.css'

export function Canvas() {
  const say = useSay()
  const { row, ending } = useSelection()
  const definition = useDraft((state) => state.document!.definition)
  const width = useWidth()
  const drawer = useView((view) => view.drawer)
  const section = around(row, 'section')
  const title = ending ? say(`ending.${ending}`) : row ? nameOf(row) : say('editor.settings')
  return (
    <main id="main" tabIndex={-1} className={style.canvas} aria-label={row?.kind === 'block' ? say('canvas.block', { name: title }) : title}>
      <div className={style.head}>
        <nav aria-label={say('canvas.place')} className={style.crumbs}>
          {section && row !== section && (
            <>
              <button className={style.crumb} onClick={() => select(section.id)}>
                {nameOf(section)}
              </button>
              <ChevronRight size={14} aria-hidden />
            </>
          )}
          <h1 className={style.here}>{title}</h1>
        </nav>
        {row && (
          <>
            <IconButton icon={ArrowUp} label={say('move.up', { name: title })} keys="Alt ↑" onPress={() => nudge(row, -1)} />
            <IconButton icon={ArrowDown} label={say('move.down', { name: title })} keys="Alt ↓" onPress={() => nudge(row, 1)} />
            <span className={style.bar} />
            <Menu
              label={say('outline.acts', { name: title })}
              acts={[
                { id: 'duplicate', label: say('do.duplicate'), icon: Copy, keys: 'Ctrl D', run: () => { const made = duplicate(row); if (made) { jump(made); focusTitle() } } },
                { id: 'move', label: say('move.to'), icon: FolderInput, keys: 'Alt M', run: () => openMove(row) },
                ...(row.kind === 'block' && ('question' in row.value || 'question_variants' in row.value || 'content' in row.value || 'content_variants' in row.value)
                  ? [{ id: 'variant', label: say('variant.add'), hint: say('variant.hint'), icon: Shuffle, run: () => addVariant(row) }]
                  : []),
                null,
                { id: 'delete', label: say('do.delete'), icon: Trash2, danger: true, keys: 'Delete', run: () => deleteElement(row) },
              ]}
            >
              <Press className={style.more!} aria-label={say('outline.acts', { name: title })}>
                <Ellipsis size={16} aria-hidden />
              </Press>
            </Menu>
          </>
        )}
        {width < 1200 && width >= 900 && <IconButton icon={PanelRightOpen} label={say('inspector.show')} pressed={drawer} onPress={() => show({ drawer: !drawer })} />}
      </div>
      <div className={style.scroll}>
        <div className={style.column}>
          {ending ? (
            <Endings ending={ending} />
          ) : !row ? (
            <Questionnaire />
          ) : row.kind === 'section' || row.kind === 'group' ? (
            <SectionBody element={row} />
          ) : (
            <>
              <From block={row} />
              <BlockBody key={row.id} block={row} />
              {text(row.value.type) !== 'Introduction' && <RouteCard block={row} />}
              <PlusLine label={say('add.after', { name: title })} onAdd="block" after={row} />
              <Next block={row} definition={definition} />
            </>
          )}
        </div>
      </div>
    </main>
  )
}

/** The blocks from which a respondent can arrive, structure only. */
function From({ block }: { block: Element }) {
  const say = useSay()
  const id = useDraft((state) => state.id)!
  const definition = useDraft((state) => state.document!.definition)
  const all = blocksOf(definition)
  const before = all[all.findIndex((one) => one.pointer === block.pointer) - 1]
  const routed = all.filter((one) => list(one.value.routing_rules).some((rule) => object(rule).block === block.id))
  const falls = before && !list(before.value.routing_rules).length ? [before] : []
  const from = [...falls, ...routed.filter((one) => !falls.includes(one))].slice(0, 4)
  if (from.length === 0) return null
  return (
    <p className={style.from}>
      <CornerDownRight size={14} aria-hidden />
      {say('canvas.after')}{' '}
      {from.map((one, at) => (
        <span key={one.pointer}>
          {at > 0 && ` ${say('canvas.or')} `}
          <a {...follow(place(id, 'design', one.id))}>{nameOf(one)}</a>
        </span>
      ))}
    </p>
  )
}

function Next({ block, definition }: { block: Element; definition: Parameters<typeof blocksOf>[0] }) {
  const say = useSay()
  const all = blocksOf(definition)
  const next = all[all.findIndex((one) => one.pointer === block.pointer) + 1]
  if (!next) return null
  const Icon = iconOf(next)
  return (
    <section className={style.next} aria-label={say('canvas.next')}>
      <div className={style.kind}>
        <Icon size={16} aria-hidden />
        <span>{say(`type.${text(next.value.type)}`)}</span>
        <span className={style.quiet}>{say('canvas.next')}</span>
      </div>
      <Button look="link" onPress={() => select(next.id)}>
        {nameOf(next)}
      </Button>
    </section>
  )
}
