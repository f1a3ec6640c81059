// A form for anything in the format, made from our JSON Schema: every property has its control, its name and its help.
import { useState, type ReactNode } from 'react'
import { Plus, Trash2 } from 'lucide-react'
import type { Json, JsonObject } from '../api/types'
import { set } from '../draft/acts'
import { newId } from '../draft/make'
import { join } from '../draft/patch'
import { list, object, text } from '../draft/walk'
import { leave, useNotes, useSet, useValue } from '../editor/bind'
import { RuleButton } from '../logic/RuleButton'
import { Button, IconButton } from '../parts/Button'
import { Area, Check, Field, Input, Notes, Select, Switch } from '../parts/Field'
import { SourceSelect } from '../richtext/Chips'
import { keyOf } from '../richtext/sources'
import { Plural } from '../richtext/Plural'
import { RichText } from '../richtext/RichText'
import { has, useSay, type Say } from '../words'
import { Contents } from './Contents'
import { DateLimit, Limit, Period } from './Limits'
import { Messages } from './Messages'
import { control, enumOf, load, properties, type Control, type Node } from './schema'
import style from './SchemaForm.module.css'

export const labelOf = (key: string, of: string, say: Say): string => say(has(`property.${of}.${key}`) ? `property.${of}.${key}` : has(`property.${key}`) ? `property.${key}` : 'property.unnamed')
export const hintOf = (key: string, of: string, say: Say): string | undefined =>
  has(`property.${of}.${key}.hint`) ? say(`property.${of}.${key}.hint`) : has(`property.${key}.hint`) ? say(`property.${key}.hint`) : undefined

type FormProps = { file: string; pointer: string; only?: string[]; skip?: string[] }

export function SchemaForm({ file, pointer, only, skip = [] }: FormProps) {
  const value = object(useValue(pointer))
  const of = file.split('/').at(0)!.replace('.json', '')
  const all = properties(file, value).filter(({ key }) => (only ? only.includes(key) : !skip.includes(key)))
  const ordered = only ? all.toSorted((a, b) => only.indexOf(a.key) - only.indexOf(b.key)) : all
  return (
    <div className={style.form}>
      {ordered.map(({ key, schema, file: home, required }) => (
        <Property key={key} name={key} of={of} schema={schema} file={home} pointer={join(pointer, key)} required={required} />
      ))}
    </div>
  )
}

type PropertyProps = { name: string; of: string; schema: JsonObject; file: string; pointer: string; required?: boolean }

export function Property({ name, of, schema, file, pointer, required }: PropertyProps) {
  const say = useSay()
  const { control: kind, node } = control(name, schema, file)
  const value = useValue(pointer)
  const label = labelOf(name, of, say)
  const hint = hintOf(name, of, say)
  const change = useSet(pointer, label)
  const notes = useNotes(pointer, ['text', 'reference', 'limit', 'source', 'date-limit'].includes(kind))
  if (kind === 'elsewhere') return null
  const field = (inner: (props: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined }) => ReactNode, more?: ReactNode) => (
    <div data-pointer={pointer}>
      <Field label={label} hint={hint} notes={notes}>
        {inner}
      </Field>
      {more}
    </div>
  )
  switch (kind) {
    case 'id':
    case 'words':
      return field((props) => <Input {...props} value={text(value)} spellCheck={kind === 'words'} onChange={(event) => change(event.target.value === '' && !required ? undefined : event.target.value)} onBlur={leave} />)
    case 'long-words':
      return field((props) => <Area {...props} value={text(value)} onChange={(event) => change(event.target.value === '' && !required ? undefined : event.target.value)} onBlur={leave} />)
    case 'text':
      return 'text_plural' in object(value) ? (
        <Group label={label} hint={hint}>
          <Plural pointer={pointer} label={label} />
        </Group>
      ) : (
        field((props) => (
          <RichText id={props.id} describedBy={props['aria-describedby']} invalid={props['aria-invalid']} value={value} place={pointer} label={label} onLeave={leave} onChange={(next) => change(next === '' && !required ? undefined : next)} />
        ))
      )
    case 'boolean':
      return (
        <div data-pointer={pointer}>
          <Switch label={label} hint={hint} checked={value === true || (value === undefined && defaultsTrue.has(name))} onChange={(on) => change(!required && on === defaultsTrue.has(name) ? undefined : on)} />
          <Notes notes={notes} />
        </div>
      )
    case 'number':
      return field((props) => (
        <Input {...props} type="number" step={text(node.schema.type) === 'integer' ? 1 : 'any'} value={typeof value === 'number' ? value : ''} onChange={(event) => change(event.target.value === '' ? undefined : Number(event.target.value))} onBlur={leave} />
      ))
    case 'choice':
    case 'unit':
    case 'currency':
      return field((props) => (
        <Select {...props} value={text(value)} onChange={(event) => change(event.target.value || undefined)}>
          {!required && <option value="">{say('form.not-set')}</option>}
          {value !== undefined && !enumOf(node).includes(value) && <option value={text(value)}>{text(value) || say('form.not-set')}</option>}
          {enumOf(node).map((one) => (
            <option key={String(one)} value={text(one)}>
              {choiceWords(name, text(one), kind, say)}
            </option>
          ))}
        </Select>
      ))
    case 'units':
      return (
        <Group label={label} hint={hint}>
          {['years', 'months'].map((unit) => (
            <Check key={unit} label={say(`unit.${unit}`)} checked={list(value).includes(unit)} onChange={(on) => change(['years', 'months'].filter((one) => (one === unit ? on : list(value).includes(one))))} />
          ))}
        </Group>
      )
    case 'texts':
      return <Many pointer={pointer} label={label} hint={hint} value={list(value)} make={() => say('default.text')} row={(at) => <TextRow pointer={join(pointer, at)} label={`${label} ${at + 1}`} />} />
    case 'words-list':
      return (
        <Many pointer={pointer} label={label} hint={hint} value={list(value)} make={() => ''} row={(at) => (
          <Input aria-label={`${label} ${at + 1}`} value={text(list(value)[at])} onChange={(event) => set(join(pointer, at), event.target.value, say('undo.change', { field: label.toLowerCase() }))} onBlur={leave} />
        )} />
      )
    case 'contents':
      return (
        <Group label={label} hint={hint}>
          <Contents pointer={pointer} />
        </Group>
      )
    case 'guidance':
      return (
        <Optional label={label} hint={hint} on={value !== undefined} onToggle={(on) => change(on ? (node.file === 'answer-guidance.json' ? { show_guidance: say('default.show'), hide_guidance: say('default.hide'), contents: [{ description: say('default.text') }] } : { contents: [{ description: say('default.text') }] }) : undefined)}>
          <Inner node={node} pointer={pointer} />
        </Optional>
      )
    case 'definition':
      return (
        <Optional label={label} hint={hint} on={value !== undefined} onToggle={(on) => change(on ? { title: say('default.heading'), contents: [{ description: say('default.text') }] } : undefined)}>
          <Inner node={node} pointer={pointer} />
        </Optional>
      )
    case 'rule':
      return (
        <Group label={label} hint={hint}>
          <RuleButton pointer={node.def === 'condition' ? join(pointer, 'when') : pointer} label={label} />
        </Group>
      )
    case 'source':
      return field((props) => <SourceSelect {...props} place={pointer} none={required ? undefined : say('form.not-set')} value={keyOf(object(value).source ? (value as never) : undefined)} onChange={(choice) => change((choice?.source as Json | undefined) ?? undefined)} />)
    case 'reference':
      return field((props) => <Input {...props} value={text(value)} onChange={(event) => change(event.target.value)} onBlur={leave} />)
    case 'limit':
      return <Limit pointer={pointer} label={label} side={name === 'minimum' ? 'minimum' : 'maximum'} />
    case 'date-limit':
      return <DateLimit pointer={pointer} label={label} hint={hint} />
    case 'period':
      return <Period pointer={pointer} label={label} hint={hint} />
    case 'messages':
      return <Messages pointer={join(pointer, 'messages')} label={label} hint={hint} />
    case 'object':
      if (node.file === 'messages.json') return <Messages pointer={pointer} label={label} hint={hint} whole />
      return name === 'questionnaire_flow' ? <Flow pointer={pointer} /> : (
        <Optional label={label} hint={hint} on={value !== undefined} onToggle={(on) => change(on ? starting(node, say) : undefined)} forced={required && value !== undefined}>
          <Inner node={node} pointer={pointer} />
        </Optional>
      )
    case 'list': {
      const inner = object(node.schema.items)
      const itemFile = text(inner.$ref)
      return (
        <Many
          pointer={pointer} label={label} hint={hint} value={list(value)} make={() => starting(itemFile ? load(itemFile) : { schema: inner, file: node.file, def: null }, say)}
          row={(at) => <Inner node={itemFile ? load(itemFile) : { schema: inner, file: node.file, def: null }} pointer={join(pointer, at)} />}
        />
      )
    }
    default:
      return <Raw pointer={pointer} label={label} hint={hint} value={value} />
  }
}
const defaultsTrue = new Set(['show_on_hub'])

/** What an object begins with: its required properties, empty. */
function starting(node: Node, say: Say): JsonObject {
  const made: JsonObject = {}
  const required = list(node.schema.required).map(text)
  for (const key of required.length > 0 ? required : Object.keys(object(node.schema.properties)).slice(0, 1)) {
    const inner = control(key, object(object(node.schema.properties)[key]), node.file)
    made[key] = key === 'id' ? newId('part') : empties[inner.control] ?? (inner.control === 'choice' ? (enumOf(inner.node)[0] ?? '') : say('default.text'))
    if (inner.control === 'contents') made[key] = [{ description: say('default.text') }]
    if (inner.control === 'object') made[key] = starting(inner.node, say)
  }
  return made
}
const empties: Partial<Record<Control, Json>> = { boolean: false, number: 0, list: [], 'words-list': [], texts: [], rule: { when: {} } }

function Inner({ node, pointer }: { node: Node; pointer: string }) {
  const of = node.file.split('/').at(0)!.replace('.json', '')
  const required = list(node.schema.required)
  return (
    <div className={style.form}>
      {Object.entries(object(node.schema.properties)).filter(([key, one]) => !(key === 'id' && !object(one).title) || node.file === 'answer-code.json').map(([key, one]) => (
        <Property key={key} name={key} of={of} schema={object(one)} file={node.file} pointer={join(pointer, key)} required={required.includes(key)} />
      ))}
    </div>
  )
}

export function Group({ label, hint, children }: { label: string; hint?: string; children: ReactNode }) {
  return (
    <fieldset className={style.group}>
      <legend className={style.legend}>{label}</legend>
      {hint && <p className={style.hint}>{hint}</p>}
      {children}
    </fieldset>
  )
}
/** A part that need not be there: one switch brings it. */
function Optional({ label, hint, on, onToggle, forced, children }: { label: string; hint?: string; on: boolean; onToggle: (on: boolean) => void; forced?: boolean; children: ReactNode }) {
  return (
    <fieldset className={on ? style.group : ''}>
      <legend className="hidden-words">{label}</legend>
      {!forced && <Switch label={label} hint={hint} checked={on} onChange={onToggle} />}
      {forced && <p className={style.legend}>{label}</p>}
      {on && children}
    </fieldset>
  )
}
function Many({ pointer, label, hint, value, make, row }: { pointer: string; label: string; hint?: string; value: Json[]; make: () => Json; row: (at: number) => ReactNode }) {
  const say = useSay()
  return (
    <Group label={label} hint={hint}>
      {value.map((_, at) => (
        <div className={style.row} key={at}>
          <div>{row(at)}</div>
          <IconButton icon={Trash2} small label={say('do.remove-what', { what: `${label} ${at + 1}` })} onPress={() => set(value.length > 1 ? join(pointer, at) : pointer, undefined, say('undo.remove', { what: label }), null)} />
        </div>
      ))}
      <div>
        <Button size="row" icon={Plus} onPress={() => set(pointer, [...value, make()], say('undo.add', { what: label }), null)}>
          {say('form.add', { what: label })}
        </Button>
      </div>
    </Group>
  )
}
function TextRow({ pointer, label }: { pointer: string; label: string }) {
  const value = useValue(pointer)
  const change = useSet(pointer, label)
  return <RichText value={value} place={pointer} label={label} onChange={change} onLeave={leave} />
}
/** Anything as JSON, for what has no better control yet. */
export function Raw({ pointer, label, hint, value }: { pointer: string; label: string; hint?: string; value: Json | undefined }) {
  const say = useSay()
  const change = useSet(pointer, label)
  const [written, setWritten] = useState<string | null>(null)
  const [wrong, setWrong] = useState(false)
  return (
    <div data-pointer={pointer}>
      <Field label={label} hint={hint} notes={wrong ? [{ severity: 'error', text: say('json.wrong') }] : []}>
        {(props) => (
          <Area
            {...props} className={style.json} spellCheck={false} value={written ?? (value === undefined ? '' : JSON.stringify(value, null, 2))} placeholder={say('form.as-json')}
            onChange={(event) => {
              setWritten(event.target.value)
              if (!event.target.value.trim()) {
                setWrong(false)
                return change(undefined)
              }
              try {
                change(JSON.parse(event.target.value) as Json)
                setWrong(false)
              } catch {
                setWrong(true)
              }
            }}
            onBlur={() => { if (!wrong) setWritten(null); leave() }}
          />
        )}
      </Field>
    </div>
  )
}
function Flow({ pointer }: { pointer: string }) {
  const say = useSay()
  const value = object(useValue(pointer))
  const options = object(value.options)
  const change = useSet(pointer, say('property.questionnaire_flow'))
  const hub = value.type === 'Hub'
  return (
    <Group label={say('property.questionnaire_flow')} hint={say('property.questionnaire_flow.hint')}>
      <Field label={say('flow.type')}>
        {(props) => (
          <Select {...props} value={text(value.type)} onChange={(event) => change({ type: event.target.value, options: {} })}>
            <option value="Linear">{say('flow.Linear')}</option>
            <option value="Hub">{say('flow.Hub')}</option>
          </Select>
        )}
      </Field>
      {!hub && <Switch label={say('flow.summary')} hint={say('flow.summary-hint')} checked={'summary' in options} onChange={(on) => change({ type: 'Linear', options: on ? { summary: { collapsible: false } } : {} })} />}
      {!hub && 'summary' in options && <Switch label={say('flow.collapsible')} checked={object(options.summary).collapsible === true} onChange={(on) => change({ type: 'Linear', options: { summary: { collapsible: on } } })} />}
      {hub && <Sections value={list(options.required_completed_sections).map(text)} onChange={(ids) => change({ type: 'Hub', options: ids.length ? { required_completed_sections: ids } : {} })} />}
    </Group>
  )
}
function Sections({ value, onChange }: { value: string[]; onChange: (ids: string[]) => void }) {
  const say = useSay()
  const sections = list(useValue('/definition/sections')).map(object)
  return (
    <Group label={say('flow.required')} hint={say('flow.required-hint')}>
      {sections.map((section) => (
        <Check key={text(section.id)} label={text(section.title) || text(section.id)} checked={value.includes(text(section.id))} onChange={(on) => onChange(sections.map((one) => text(one.id)).filter((id) => (id === text(section.id) ? on : value.includes(id))))} />
      ))}
    </Group>
  )
}

const units = new Intl.DisplayNames(['en-GB'], { type: 'currency' })
function choiceWords(name: string, value: string, kind: Control, say: Say): string {
  if (kind === 'currency') return `${units.of(value) ?? value} (${value})`
  if (has(`choice.${name}.${value}`)) return say(`choice.${name}.${value}`)
  if (kind === 'unit') {
    const [family = '', ...rest] = value.split('-')
    return `${rest.join(' ')} (${family})`
  }
  return has(`language.${value}`) && name === 'language' ? say(`language.${value}`) : value
}
