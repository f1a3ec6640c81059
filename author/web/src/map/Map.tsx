// The whole of the routing: bands are sections, thick blue is the preview's path, red dashes can never happen.
import { useEffect, useMemo, useRef, useState } from 'react'
import { CircleX, Minus, Plus, Search, Scan, Table2, EyeOff, Check } from 'lucide-react'
import { read, send } from '../api/client'
import { nameOf } from '../draft/acts'
import { useDraft } from '../draft/store'
import { walk, text } from '../draft/walk'
import { select, useSelection } from '../editor/view'
import { useWidth } from '../editor/width'
import { read as readRule, sentence } from '../logic/rule'
import { Button, IconButton } from '../parts/Button'
import { Check as Tick } from '../parts/Field'
import { iconOf } from '../parts/icons'
import { Wait } from '../parts/Wait'
import { useSay } from '../words'
import { layout, size, type Graph, type Line } from './layout'
import style from './Map.module.css'

type Step = { block: string; why: string; route?: number | null }
export type Why = { section: string; item?: number | null; enabled: boolean; path: Step[]; not_on_path: { block: string; why: string }[] }

/** The path of a preview led to the chosen block, with the reason at each step. */
export function useWhy(block: string | null): Why[] {
  const id = useDraft((state) => state.id)
  const saved = useDraft((state) => state.saved)
  const [why, setWhy] = useState<Why[]>([])
  useEffect(() => {
    let live = true
    void (async () => {
      try {
        const made = await send<{ id: string }>('POST', `/questionnaires/${id}/previews`, {})
        if (block) await send('POST', `/previews/${made.id}/goto`, { block }).catch(() => undefined)
        const found = await read<Why[]>(`/previews/${made.id}/why`)
        if (live) setWhy(found)
      } catch {
        if (live) setWhy([])
      }
    })()
    return () => {
      live = false
    }
  }, [id, saved, block])
  return why
}

export default function Map() {
  const say = useSay()
  const id = useDraft((state) => state.id)!
  const saved = useDraft((state) => state.saved)
  const document = useDraft((state) => state.document!)
  const { row } = useSelection()
  const width = useWidth()
  const [graph, setGraph] = useState<Graph | null>(null)
  const [failed, setFailed] = useState(false)
  const [words, setWords] = useState('')
  const [conditions, setConditions] = useState(true)
  const [asTable, setAsTable] = useState(width < 600)
  const [zoom, setZoom] = useState(1)
  const field = useRef<HTMLDivElement>(null)
  const why = useWhy(row?.kind === 'block' ? row.id : null)
  const load = () =>
    read<Graph>(`/questionnaires/${id}/graph`).then(
      (found) => {
        setGraph(found)
        setFailed(false)
      },
      () => setFailed(true),
    )
  useEffect(() => void load(), [id, saved])
  const drawn = useMemo(() => (graph ? layout(graph) : null), [graph])
  const name = (block: string) => nameOf(walk(document.definition).byId.get(block)?.find((one) => one.kind === 'block') ?? null)
  const rule = (line: { when: Line['when']; kind: string }) => (line.when ? sentence(readRule(line.when), document.definition, document.beside ?? {}, say) : '')
  const path = why.flatMap((section) => (section.enabled ? section.path : []))
  const onPath = new Set(path.map((step) => step.block))
  const steps = new Set(path.slice(1).map((step, at) => `${path[at]!.block} ${step.block}`))
  const lost = graph?.sections.flatMap((section) => section.blocks).filter((block) => !block.reachable) ?? []
  const fit = () => {
    if (!field.current || !drawn) return
    setZoom(Math.max(0.4, Math.min(1, (field.current.clientWidth - 16) / drawn.width)))
  }
  // A long questionnaire opens where it can be read, and is scrolled.
  const start = () => {
    if (!field.current || !drawn) return
    setZoom(Math.max(0.8, Math.min(1, (field.current.clientWidth - 16) / drawn.width)))
  }
  useEffect(start, [drawn?.width])
  const matches = (block: { id: string }) => words !== '' && name(block.id).toLowerCase().includes(words.toLowerCase())
  const move = (block: string, key: string): string | null => {
    if (!graph || !drawn) return null
    if (key === 'ArrowRight' || key === 'ArrowLeft') {
      const next = graph.edges.filter((edge) => (key === 'ArrowRight' ? edge.from : edge.to) === block).map((edge) => (key === 'ArrowRight' ? edge.to : edge.from)).find((one) => drawn.boxes.some((box) => box.id === one))
      return next ?? null
    }
    const here = drawn.boxes.find((box) => box.id === block)
    if (!here) return null
    const others = drawn.boxes.filter((box) => (key === 'ArrowDown' ? box.y > here.y : box.y < here.y)).toSorted((a, b) => Math.abs(a.y - here.y) - Math.abs(b.y - here.y) || Math.abs(a.x - here.x) - Math.abs(b.x - here.x))
    return others[0]?.id ?? null
  }
  if (failed) return <main id="main" className={style.main} tabIndex={-1}><Wait failed words={say('map.failed')} onAgain={load} /></main>
  if (!graph || !drawn) return <main id="main" className={style.main} tabIndex={-1}><Wait /></main>
  return (
    <>
      <main id="main" className={style.main} tabIndex={-1} aria-label={say('mode.map')}>
        <div className={style.bar}>
          <label className={style.find}>
            <span className="hidden-words">{say('map.find')}</span>
            <Search size={14} aria-hidden />
            <input type="search" placeholder={say('map.find')} value={words} onChange={(event) => setWords(event.target.value)} />
          </label>
          <Tick label={say('map.conditions')} checked={conditions} onChange={setConditions} />
          <span className={style.space} />
          {lost.length > 0 ? (
            <span className={`${style.chip} ${style.bad}`}>
              <CircleX size={14} aria-hidden />
              {say('map.lost', { count: lost.length })}
            </span>
          ) : (
            <span className={`${style.chip} ${style.good}`}>
              <Check size={14} aria-hidden />
              {say('map.all-reached')}
            </span>
          )}
          <IconButton icon={Table2} label={say('map.table')} pressed={asTable} onPress={() => setAsTable(!asTable)} />
        </div>
        {asTable ? (
          <div className={style.scroll}>
            <table className={style.table}>
              <thead>
                <tr>
                  <th scope="col">{say('type.Question')}</th>
                  <th scope="col">{say('map.leads-to')}</th>
                  <th scope="col">{say('map.reached')}</th>
                </tr>
              </thead>
              {graph.sections.map((section) => (
                <tbody key={section.id}>
                  <tr>
                    <th scope="rowgroup" colSpan={3} className={style.group}>
                      {section.title || say('name.untitled.section')}
                    </th>
                  </tr>
                  {section.blocks.map((block) => (
                    <tr key={block.id}>
                      <th scope="row">
                        <Button look="link" onPress={() => select(block.id, null, 'design')}>
                          {name(block.id)}
                        </Button>
                      </th>
                      <td>
                        {graph.edges.filter((edge) => edge.from === block.id).map((edge, at) => (
                          <p key={at}>
                            {name(edge.to) || say('route.end')} {edge.when && <small>{say(edge.kind === 'skip' ? 'map.when-skipped' : 'map.when', { rule: rule({ when: edge.when ?? null, kind: edge.kind }) })}</small>}
                          </p>
                        ))}
                      </td>
                      <td>{say(block.reachable ? 'map.yes' : 'map.never')}</td>
                    </tr>
                  ))}
                </tbody>
              ))}
            </table>
          </div>
        ) : (
          <div ref={field} className={style.field} tabIndex={-1}>
            <div className={style.sheet} ref={(node) => { node?.style.setProperty('width', `${drawn.width * zoom}px`); node?.style.setProperty('height', `${drawn.height * zoom}px`) }}>
              <div className={style.scaled} ref={(node) => node?.style.setProperty('transform', `scale(${zoom})`)}>
                <svg width={drawn.width} height={drawn.height} className={style.lines} aria-hidden>
                  <defs>
                    {['other', 'path', 'dead'].map((kind) => (
                      <marker key={kind} id={`arrow-${kind}`} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse" className={style[`arrow-${kind}`]}>
                        <path d="M0 0 8 4 0 8z" />
                      </marker>
                    ))}
                  </defs>
                  {drawn.bands.map((band) => (
                    <rect key={band.id} className={style.band} x={band.x} y={band.y} width={band.width} height={band.height} rx={10} />
                  ))}
                  {drawn.lines.map((line, at) => {
                    const kind = line.dead ? 'dead' : steps.has(`${line.from} ${line.to}`) && line.kind !== 'skip' ? 'path' : 'other'
                    return <path key={at} d={line.path} className={`${style.line} ${style[kind]} ${line.kind === 'skip' ? style.skip : ''}`} markerEnd={`url(#arrow-${kind})`} />
                  })}
                </svg>
                {drawn.bands.map((band) => (
                  <span key={band.id} className={style.title} ref={(node) => { node?.style.setProperty('left', `${band.x + 16}px`); node?.style.setProperty('top', `${band.y + 8}px`) }}>
                    {band.title || say('name.untitled.section')}
                  </span>
                ))}
                {conditions && drawn.lines.filter((line) => line.when && line.kind !== 'next').map((line, at) => (
                  <span key={at} title={rule(line)} className={`${style.label} ${line.dead ? style['label-dead'] : steps.has(`${line.from} ${line.to}`) ? style['label-path'] : ''}`} ref={(node) => { node?.style.setProperty('left', `${line.label.x}px`); node?.style.setProperty('top', `${line.label.y}px`) }} aria-hidden>
                    {line.kind === 'skip' ? say('map.skips') : rule(line)}
                  </span>
                ))}
                {drawn.boxes.map((box) => {
                  const element = walk(document.definition).byId.get(box.id)?.find((one) => one.kind === 'block')
                  const Icon = element ? iconOf(element) : null
                  const out = drawn.lines.filter((line) => line.from === box.id).map((line) => `${name(line.to) || say('route.end')}${line.when ? ` ${say('map.when', { rule: rule(line) })}` : ''}`).join('; ')
                  return (
                    <button
                      key={box.id} data-box={box.id} aria-current={row?.id === box.id || undefined} aria-label={say('map.block', { name: name(box.id), leads: out, state: box.reachable ? (onPath.has(box.id) ? say('map.on-path') : '') : say('map.never') })}
                      className={`${style.box} ${!box.reachable ? style['box-dead'] : onPath.has(box.id) ? style['box-path'] : ''} ${row?.id === box.id ? style.chosen : ''} ${matches(box) ? style.match : ''}`}
                      ref={(node) => { node?.style.setProperty('left', `${box.x}px`); node?.style.setProperty('top', `${box.y}px`); node?.style.setProperty('width', `${size.width}px`); node?.style.setProperty('height', `${size.height}px`) }}
                      onClick={() => select(box.id, null, 'map')} onDoubleClick={() => select(box.id, null, 'design')}
                      onKeyDown={(event) => {
                        if (event.key === 'Enter') {
                          event.preventDefault()
                          return select(box.id, null, 'design')
                        }
                        if (event.key === '+' || event.key === '-' || event.key === '0') return setZoom(event.key === '0' ? 1 : Math.max(0.4, Math.min(2, zoom * (event.key === '+' ? 1.2 : 1 / 1.2))))
                        if (!event.key.startsWith('Arrow') || event.altKey) return
                        const next = move(box.id, event.key)
                        event.preventDefault()
                        if (next) window.document.querySelector<HTMLElement>(`[data-box="${CSS.escape(next)}"]`)?.focus()
                      }}
                    >
                      {Icon && <Icon size={16} aria-hidden />}
                      <span>{name(box.id)}</span>
                    </button>
                  )
                })}
              </div>
            </div>
            <div className={style.legend}>
              <span><i className={style['key-path']} />{say('map.key-path')}</span>
              <span><i className={style['key-other']} />{say('map.key-other')}</span>
              <span><i className={style['key-dead']} />{say('map.key-dead')}</span>
            </div>
            <div className={style.zoom}>
              <IconButton icon={Minus} small label={say('map.smaller')} keys="-" onPress={() => setZoom(Math.max(0.4, zoom / 1.2))} />
              <span>{say('home.percent', { share: zoom })}</span>
              <IconButton icon={Plus} small label={say('map.larger')} keys="+" onPress={() => setZoom(Math.min(2, zoom * 1.2))} />
              <IconButton icon={Scan} small label={say('map.fit')} onPress={fit} />
            </div>
          </div>
        )}
      </main>
      {width >= 1200 && (
        <aside className={style.side} aria-label={say('map.path')}>
          <h2>{say('map.path')}</h2>
          <p className={style.count}>{say('home.blocks', { count: path.length })}</p>
          <ol className={style.steps}>
            {path.map((step, at) => (
              <li key={`${step.block}${at}`} aria-current={row?.id === step.block || undefined}>
                <span className={style.number}>{at + 1}</span>
                <button onClick={() => select(step.block, null, 'map')}>
                  {name(step.block)}
                  <small>{step.why === 'route' && at > 0 ? say('map.by-route', { number: (step.route ?? 0) + 1, name: name(path[at - 1]!.block) }) : say('map.next')}</small>
                </button>
              </li>
            ))}
          </ol>
          <details className={style.not}>
            <summary>
              <EyeOff size={14} aria-hidden />
              {say('map.not-on', { count: why.reduce((sum, section) => sum + section.not_on_path.length, 0) })}
            </summary>
            <ul>
              {why.flatMap((section) => section.not_on_path).map((one, at) => (
                <li key={at}>
                  <button onClick={() => select(one.block, null, 'map')}>{name(one.block) || text(one.block)}</button>
                  <small>{say(one.why === 'skipped' ? 'map.skipped' : 'map.passed')}</small>
                </li>
              ))}
            </ul>
          </details>
        </aside>
      )}
    </>
  )
}
