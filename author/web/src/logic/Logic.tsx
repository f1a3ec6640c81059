// Who sees what: the routes of the chosen block, when it is skipped, its wordings, and who uses it.
import { useMemo, useState } from 'react'
import { ArrowDown, ArrowUp, ChevronDown, ChevronUp, Copy, Plus, Trash2 } from 'lucide-react'
import type { Json, JsonObject } from '../api/types'
import { nameOf, uses } from '../draft/acts'
import { join } from '../draft/patch'
import { edit, useDraft } from '../draft/store'
import { sources, sourceName } from '../draft/text'
import { around, list, object, pageOf, text, walk, type Element } from '../draft/walk'
import { addVariant } from '../editor/add'
import { useNotes } from '../editor/bind'
import { useTarget } from '../editor/RouteCard'
import { jump, select, show, useSelection } from '../editor/view'
import { Button, IconButton } from '../parts/Button'
import { Field, Notes, Select } from '../parts/Field'
import { Tally } from '../parts/small'
import { useSay } from '../words'
import { useWidth } from '../editor/width'
import { RuleButton, useSentence } from './RuleButton'
import { RuleEditor } from './RuleEditor'
import style from './Logic.module.css'

type Tab = 'next' | 'skip' | 'wording' | 'enabled'

export default function Logic() {
  const say = useSay()
  const { row } = useSelection()
  const width = useWidth()
  const [tab, setTab] = useState<Tab>('next')
  const definition = useDraft((state) => state.document!.definition)
  const block = row?.kind === 'block' ? row : null
  const tabs: Tab[] = row?.kind === 'section' ? ['enabled'] : row?.kind === 'group' ? ['skip'] : ['next', 'skip', 'wording']
  const shown = tabs.includes(tab) ? tab : tabs[0]!
  const count = { next: list(block?.value.routing_rules).length, skip: row && 'skip_conditions' in row.value ? 1 : 0, wording: list(block?.value.question_variants ?? block?.value.content_variants).length, enabled: row && 'enabled' in row.value ? 1 : 0 }
  if (!row || text(row.value.type) === 'Introduction') {
    return (
      <main id="main" className={style.main} tabIndex={-1}>
        <p className={style.none}>{say(row ? 'logic.introduction' : 'logic.choose')}</p>
      </main>
    )
  }
  const section = around(row, 'section')
  return (
    <>
      <main id="main" className={style.main} tabIndex={-1} aria-label={say('canvas.block', { name: nameOf(row) })}>
        <div className={style.head}>
          <div role="tablist" aria-label={say('mode.logic')} className={style.tabs}>
            {tabs.map((one, at) => (
              <button
                key={one} id={`logic-${one}`} role="tab" aria-selected={one === shown} aria-controls="logic-panel" tabIndex={one === shown ? 0 : -1} onClick={() => setTab(one)}
                onKeyDown={(event) => {
                  const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
                  if (!by) return
                  const next = tabs[(at + by + tabs.length) % tabs.length]!
                  setTab(next)
                  document.getElementById(`logic-${next}`)?.focus()
                }}
              >
                {say(`logic.${one}`)} {count[one] > 0 && <Tally>{count[one]}</Tally>}
              </button>
            ))}
          </div>
          {width >= 900 && <span className={style.where}>{[section && section !== row ? nameOf(section) : '', nameOf(row)].filter(Boolean).join(' › ')}</span>}
        </div>
        <div id="logic-panel" role="tabpanel" aria-labelledby={`logic-${shown}`} className={style.scroll} tabIndex={-1}>
          <div className={style.column}>
            {shown === 'next' && block && <Routes block={block} />}
            {shown === 'skip' && <One title={say('logic.skip-title', { name: nameOf(row) })} lead={say('logic.skip-lead')} pointer={join(row.pointer, 'skip_conditions', 'when')} label={say('logic.skip')} />}
            {shown === 'enabled' && <One title={say('logic.enabled-title', { name: nameOf(row) })} lead={say('logic.enabled-lead')} pointer={join(row.pointer, 'enabled', 'when')} label={say('logic.enabled')} />}
            {shown === 'wording' && block && <Wordings block={block} />}
          </div>
        </div>
      </main>
      {width >= 1200 && <Sides element={row} definition={definition} />}
    </>
  )
}

function One({ title, lead, pointer, label }: { title: string; lead: string; pointer: string; label: string }) {
  return (
    <>
      <h1>{title}</h1>
      <p className={style.lead}>{lead}</p>
      <RuleButton pointer={pointer} label={label} />
    </>
  )
}

function Wordings({ block }: { block: Element }) {
  const say = useSay()
  const key = 'content_variants' in block.value ? 'content_variants' : 'question_variants'
  const variants = list(block.value[key])
  return (
    <>
      <div className={style.title}>
        <div>
          <h1>{say('variant.name')}</h1>
          <p className={style.lead}>{say('variant.hint')}</p>
        </div>
        <Button icon={Plus} onPress={() => addVariant(block)}>
          {say('variant.add')}
        </Button>
      </div>
      {variants.map((_, at) => (
        <section key={at} className={style.card}>
          <div className={style.bar}>
            <span className={style.number}>{at + 1}</span>
            <RuleButton pointer={join(block.pointer, key, at, 'when')} label={say('variant.when')} required />
            <Button look="link" onPress={() => { show({ variant: at }); select(block.id, null, 'design'); setTimeout(() => show({ variant: at }), 60) }}>
              {say('variant.open')}
            </Button>
          </div>
        </section>
      ))}
    </>
  )
}

function Routes({ block }: { block: Element }) {
  const say = useSay()
  const definition = useDraft((state) => state.document!.definition)
  const path = join(block.pointer, 'routing_rules')
  const rules = list(block.value.routing_rules).map(object)
  const notes = useNotes(path)
  const [open, setOpen] = useState<number | null>(null)
  const target = useTarget()
  const group = around(block, 'group')
  const others = walk(definition).all.filter((one) => one.kind === 'block' && !one.nested && one.up === group && one !== block && one.pointer !== block.pointer)
  const after = others.find((one) => one.order > block.order)
  const start = (): JsonObject => (after ? { block: after.id } : { section: 'End' })
  const add = () => {
    const answer = walk(definition).all.find((one) => one.kind === 'answer' && pageOf(one) === block)
    const option = text(object(list(answer?.value.options)[0]).value)
    const when: Json = answer ? { '==': [{ source: 'answers', identifier: answer.id }, option || (['Number', 'Currency', 'Percentage', 'Unit'].includes(text(answer.value.type)) ? 0 : option || null)] } : {}
    const made: JsonObject = { ...start(), when }
    if (rules.length === 0) edit(say('undo.add', { what: say('route.one') }), [{ op: 'add', path, value: [made, start()] }])
    else {
      const at = rules.findLastIndex((one) => !('when' in one))
      edit(say('undo.add', { what: say('route.one') }), [{ op: 'add', path: join(path, at < 0 ? rules.length : at), value: made }])
    }
    setOpen(rules.length === 0 ? 0 : Math.max(0, rules.findLastIndex((one) => !('when' in one))))
  }
  const remove = (at: number) => {
    const left = rules.filter((_, other) => other !== at)
    const whole = left.every((one) => !('when' in one))
    edit(say('undo.remove', { what: say('route.one') }), [{ op: 'remove', path: whole ? path : join(path, at) }])
    setOpen(null)
  }
  return (
    <>
      <div className={style.title}>
        <div>
          <h1>{say('logic.after', { name: nameOf(block) })}</h1>
          <p className={style.lead}>{say(rules.length ? 'logic.order' : 'logic.everyone')}</p>
        </div>
        <Button icon={Plus} onPress={add}>
          {say('route.add')}
        </Button>
      </div>
      <Notes notes={notes} />
      {rules.map((rule, at) => (
        <Route
          key={at} rule={rule} pointer={join(path, at)} number={at + 1} open={open === at} onOpen={() => setOpen(open === at ? null : at)} target={target(rule)} others={others} last={!('when' in rule)}
          onRemove={() => remove(at)} onMove={(by) => { edit(say('undo.move', { name: say('route.one') }), [{ op: 'move', from: join(path, at), path: join(path, at + by) }]); setOpen(null) }}
          onCopy={() => edit(say('undo.duplicate', { name: say('route.one') }), [{ op: 'add', path: join(path, at + 1), value: JSON.parse(JSON.stringify(rule)) as Json }])}
          edges={{ up: at === 0, down: at >= rules.filter((one) => 'when' in one).length - 1 }}
        />
      ))}
    </>
  )
}

type RouteProps = { rule: JsonObject; pointer: string; number: number; open: boolean; onOpen: () => void; target: string; others: Element[]; last: boolean; onRemove: () => void; onMove: (by: 1 | -1) => void; onCopy: () => void; edges: { up: boolean; down: boolean } }
function Route({ rule, pointer, number, open, onOpen, target, others, last, onRemove, onMove, onCopy, edges }: RouteProps) {
  const say = useSay()
  const words = useSentence(rule.when)
  const notes = useNotes(pointer, true)
  const name = say('route.number', { number })
  const go = text(rule.block ?? rule.group) || 'end'
  const put = (to: string) => {
    const { block: _, group: __, section: ___, ...rest } = rule
    edit(say('undo.change', { field: say('route.go-to').toLowerCase() }), [{ op: 'replace', path: pointer, value: { ...(to === 'end' ? { section: 'End' } : { block: to }), ...rest } }])
  }
  return (
    <section className={`${style.card} ${open ? style.open : ''}`} data-pointer={pointer} aria-label={last ? say('route.otherwise') : name}>
      <div className={style.bar}>
        <span className={`${style.number} ${open ? style.on : ''}`}>{number}</span>
        <span className={style.sentence}>
          {last ? <strong>{say('route.otherwise')}</strong> : <>{say('rule.if')} <strong>{words}</strong></>}, {say('route.goes')} <strong>{target}</strong>
        </span>
        {last ? (
          <span className={style.always}>{say('route.always')}</span>
        ) : (
          <>
            <IconButton icon={ArrowUp} small label={say('move.up', { name })} reason={edges.up ? say('move.edge') : null} onPress={() => onMove(-1)} />
            <IconButton icon={ArrowDown} small label={say('move.down', { name })} reason={edges.down ? say('move.edge') : null} onPress={() => onMove(1)} />
            <IconButton icon={Copy} small label={say('canvas.duplicate', { name })} onPress={onCopy} />
            <IconButton icon={Trash2} small label={say('canvas.delete', { name })} onPress={onRemove} />
          </>
        )}
        <IconButton icon={open ? ChevronUp : ChevronDown} small label={say(open ? 'route.close' : 'route.open', { name: last ? say('route.otherwise') : name })} aria-expanded={open} onPress={onOpen} />
      </div>
      <Notes notes={notes} />
      {open && (
        <div className={style.body}>
          {!last && <RuleEditor value={rule.when} place={pointer} label={name} onChange={(next) => edit(say('undo.change', { field: name.toLowerCase() }), [{ op: 'replace', path: join(pointer, 'when'), value: next }], join(pointer, 'when'))} />}
          <Field label={say('route.go-to')}>
            {(control) => (
              <Select {...control} value={go} onChange={(event) => put(event.target.value)}>
                {!others.some((one) => one.id === go) && go !== 'end' && <option value={go}>{target}</option>}
                {others.map((one) => (
                  <option key={one.id} value={one.id}>
                    {nameOf(one)}
                  </option>
                ))}
                <option value="end">{say('route.end')}</option>
              </Select>
            )}
          </Field>
        </div>
      )}
    </section>
  )
}

function Sides({ element, definition }: { element: Element; definition: JsonObject }) {
  const say = useSay()
  const document = useDraft((state) => state.document!)
  const used = useMemo(() => uses(element), [element, definition])
  const rules = [element.value.routing_rules, element.value.skip_conditions, element.value.enabled, ...list(element.value.question_variants).map((one) => object(one).when)]
  const using = [...new Map(rules.flatMap((one) => sources(one)).map((source) => [JSON.stringify(source), source])).values()]
  return (
    <aside className={style.side} aria-label={say('logic.uses-name')}>
      <section>
        <h2>
          {say('logic.uses')} <Tally>{using.length}</Tally>
        </h2>
        <ul>
          {using.map((source) => (
            <li key={JSON.stringify(source)}>
              <button onClick={() => { const found = walk(definition).byId.get(source.identifier ?? '')?.[0]; if (found) select(pageOf(found)?.id ?? null) }}>{sourceName(source, definition, document.beside ?? {}, say)}</button>
              <small>{say(`source.${source.source}`)}</small>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>
          {say('logic.used-by', { name: nameOf(element) })} <Tally>{used.length}</Tally>
        </h2>
        <ul>
          {used.slice(0, 100).map((use) => (
            <li key={use.pointer}>
              <button onClick={() => jump(use.pointer, use.how === 'routes' || use.how === 'skip' ? 'logic' : 'design')}>{nameOf(pageOf(use.element) ?? use.element)}</button>
              <small>{say(`use.${use.how}`)}</small>
            </li>
          ))}
        </ul>
      </section>
    </aside>
  )
}
