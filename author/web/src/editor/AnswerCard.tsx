// An answer as respondents will see it, with what is particular about it in short facts; options are written here.
import { useRef } from 'react'
import { ChevronDown, ChevronUp, Circle, Copy, FolderInput, GripVertical, MessageSquarePlus, Plus, Square, Trash2 } from 'lucide-react'
import { set, move, duplicate, remove, nameOf } from '../draft/acts'
import { choices, numeric, valueOf } from '../draft/make'
import { join, last, parent } from '../draft/patch'
import { edit } from '../draft/store'
import { raw, sourceName, type Source } from '../draft/text'
import { list, object, text, type Element } from '../draft/walk'
import type { Json } from '../api/types'
import { useDraft } from '../draft/store'
import { IconButton } from '../parts/Button'
import { Field, Input, Notes } from '../parts/Field'
import { answerIcon } from '../parts/icons'
import { toast } from '../parts/Toasts'
import { undo } from '../draft/store'
import { RichText } from '../richtext/RichText'
import { useSay, type Say } from '../words'
import { detail, freshOption } from './add'
import { leave, useNotes, useSet } from './bind'
import { deleteElement, openMove } from './moves'
import { select } from './view'
import style from './Cards.module.css'

export function AnswerCard({ answer, chosen, page }: { answer: Element; chosen: boolean; page: string }) {
  const say = useSay()
  const { pointer, value } = answer
  const type = text(value.type)
  const Icon = answerIcon(type)
  const title = nameOf(answer)
  const labelPointer = join(pointer, 'label')
  const setLabel = useSet(labelPointer, say('property.label'))
  const setHint = useSet(join(pointer, 'description'), say('property.answer.description'))
  const labelNotes = useNotes(labelPointer, true)
  const notes = useNotes(pointer)
  const optionNotes = useNotes(join(pointer, 'options'), true)
  const choose = () => {
    if (!chosen) select(page, answer.id, undefined, true)
  }
  return (
    <section className={`${style.card} ${chosen ? style.chosen : ''}`} aria-label={say('canvas.answer', { name: title, type: say(`type.${type}`) })} data-pointer={pointer} onFocus={choose} onClick={choose}>
      <div className={style.bar}>
        <button className={style.grip} aria-label={say('canvas.choose-answer', { name: title })} data-grip={answer.id}>
          <GripVertical size={14} aria-hidden />
        </button>
        <Icon size={16} aria-hidden />
        <span>{say('canvas.kind-answer', { type: say(`type.${type}`) })}</span>
        <span className={style.acts}>
          <IconButton icon={ChevronUp} small label={say('move.up', { name: title })} keys="Alt ↑" reason={Number(last(pointer)) === 0 ? say('move.edge') : null} onPress={() => move(pointer, parent(pointer), Number(last(pointer)) - 1, say('undo.move', { name: title }))} />
          <IconButton icon={ChevronDown} small label={say('move.down', { name: title })} keys="Alt ↓" reason={Number(last(pointer)) >= list(answer.up?.value.answers).length - 1 ? say('move.edge') : null} onPress={() => move(pointer, parent(pointer), Number(last(pointer)) + 2, say('undo.move', { name: title }))} />
          <IconButton icon={Copy} small label={say('canvas.duplicate', { name: title })} keys="Ctrl D" onPress={() => duplicate(answer)} />
          {!pointer.includes('detail_answer') && <IconButton icon={FolderInput} small label={say('move.to-of', { name: title })} keys="Alt M" onPress={() => openMove(answer)} />}
          <IconButton icon={Trash2} small label={say('canvas.delete', { name: title })} keys="Delete" onPress={() => deleteElement(answer)} />
        </span>
      </div>
      <div className={style.body}>
        {type !== 'Address' && (type === 'Radio' || type === 'Checkbox' || type === 'Relationship' ? (
          value.label !== undefined && (
            <Field label={say('property.label')} quietLabel notes={labelNotes}>
              {(control) => <Input {...control} data-pointer={labelPointer} value={text(value.label)} onChange={(event) => setLabel(event.target.value || undefined)} onBlur={leave} />}
            </Field>
          )
        ) : (
          <div data-pointer={labelPointer}>
            <RichText value={value.label} onChange={setLabel} onLeave={leave} place={labelPointer} label={say('property.label')} placeholder={say('canvas.label-ghost')} look="bold" invalid={labelNotes.some((note) => note.severity === 'error')} />
            <Notes notes={labelNotes} />
          </div>
        ))}
        {type !== 'Address' && (
          <div data-pointer={join(pointer, 'description')}>
            <RichText value={value.description} onChange={(next) => setHint(next === '' ? undefined : next)} onLeave={leave} place={join(pointer, 'description')} label={say('property.answer.description')} placeholder={say('canvas.hint-ghost')} look="bare" />
          </div>
        )}
        {choices.includes(type) || type === 'Relationship' ? (
          <>
            <Options answer={answer} />
            <Notes notes={optionNotes} />
          </>
        ) : null}
        <div className={style.facts}>
          <Look value={value} />
          <Facts value={value} />
        </div>
        <Notes notes={notes} />
      </div>
    </section>
  )
}

function Look({ value }: { value: Record<string, Json> }) {
  const type = text(value.type)
  if (type === 'Currency') return <span className={style.look} aria-hidden><b>{new Intl.NumberFormat('en-GB', { style: 'currency', currency: text(value.currency) || 'GBP' }).formatToParts(0).find((part) => part.type === 'currency')?.value}</b><i /></span>
  if (type === 'Percentage') return <span className={style.look} aria-hidden><i /><b>%</b></span>
  if (type === 'Unit') return <span className={style.look} aria-hidden><i /><b>{text(value.unit).split('-').slice(1).join(' ')}</b></span>
  if (type === 'Number') return <span className={style.look} aria-hidden><i /></span>
  if (type === 'TextArea') return <span className={`${style.look} ${style.wide} ${style.high}`} aria-hidden><i /></span>
  if (type === 'TextField' || type === 'MobileNumber') return <span className={`${style.look} ${style.wide}`} aria-hidden><i /></span>
  return null
}

export function Facts({ value }: { value: Record<string, Json> }) {
  const say = useSay()
  const document = useDraft((state) => state.document!)
  const type = text(value.type)
  const facts: string[] = []
  if (!('voluntary' in value)) facts.push(say(value.mandatory ? 'fact.required' : 'fact.optional'))
  const name = (of: Json | undefined) => (object(of).source ? sourceName(of as Source, document.definition, document.beside ?? {}, say) : null)
  const range = limits(value, name, say)
  if (range) facts.push(range)
  if (numeric.includes(type)) facts.push(say('fact.decimals', { count: Number(value.decimal_places ?? 0) }))
  if (value.max_length) facts.push(say('fact.length', { count: Number(value.max_length) }))
  if (type === 'Duration') facts.push(list(value.units).map((unit) => say(`unit.${text(unit)}`)).join(', '))
  if (list(value.options).some((one) => 'detail_answer' in object(one))) facts.push(say('fact.detail'))
  return facts.map((fact) => (
    <span key={fact} className={style.fact}>
      {fact}
    </span>
  ))
}
function limits(value: Record<string, Json>, name: (of: Json | undefined) => string | null, say: Say): string | null {
  const part = (key: 'minimum' | 'maximum') => {
    if (!(key in value)) return null
    const of = object(value[key]).value
    const amount = name(of) ?? (typeof of === 'number' ? new Intl.NumberFormat('en-GB', value.type === 'Currency' ? { style: 'currency', currency: text(value.currency) || 'GBP', maximumFractionDigits: 2, minimumFractionDigits: 0 } : {}).format(of) : text(object(of).value) || text(of))
    return amount
  }
  const [least, most] = [part('minimum'), part('maximum')]
  if (least !== null && most !== null) return say('fact.between', { least, most })
  if (least !== null) return say('fact.least', { least })
  return most !== null ? say('fact.most', { most }) : null
}

/** Options, a line each: Enter adds the next, Backspace in an empty one deletes it, pasted lines become options. */
function Options({ answer }: { answer: Element }) {
  const say = useSay()
  const box = useRef<HTMLDivElement>(null)
  const pointer = join(answer.pointer, 'options')
  const options = list(answer.value.options).map(object)
  const Dot = answer.value.type === 'Checkbox' ? Square : Circle
  const focus = (at: number) => setTimeout(() => box.current?.querySelectorAll<HTMLElement>('[data-option] [contenteditable=true]')[at]?.focus(), 40)
  const add = (at: number) => {
    edit(say('undo.add', { what: say('canvas.option') }), options.length || answer.value.options ? [{ op: 'add', path: join(pointer, at), value: freshOption() }] : [{ op: 'add', path: pointer, value: [freshOption()] }])
    focus(at)
  }
  const write = (at: number, label: Json) => {
    const before = options[at]!
    // The value follows the words until somebody has given it another, or the words have been published.
    const follows = text(before.value) === valueOf(raw(before.label))
    const ops: Parameters<typeof edit>[1][number][] = [{ op: 'replace', path: join(pointer, at, 'label'), value: label }]
    if (follows) ops.push({ op: 'replace', path: join(pointer, at, 'value'), value: valueOf(raw(label)) })
    edit(say('undo.change', { field: say('canvas.option').toLowerCase() }), ops, join(pointer, at))
  }
  return (
    <div ref={box} className={style.options} role="group" aria-label={say('canvas.options')} data-pointer={pointer}>
      {options.map((one, at) => (
        <div className={style.option} key={at} data-option data-pointer={join(pointer, at)}>
          <Dot size={16} aria-hidden />
          <div className={style.grow}>
            <RichText
              value={one.label} onChange={(label) => write(at, label)} onLeave={leave} place={join(pointer, at, 'label')} label={say('canvas.option-number', { number: at + 1 })} placeholder={say('canvas.option-ghost', { number: at + 1 })}
              onEnter={() => { add(at + 1); return true }}
              onEmptyBackspace={() => {
                if (options.length < 2) return false
                edit(say('undo.delete', { name: say('canvas.option') }), [{ op: 'remove', path: join(pointer, at) }])
                focus(Math.max(0, at - 1))
                return true
              }}
              onPasteLines={(lines) => {
                const clean = lines.map((line) => line.replace(/^[-*•○]\s*/, ''))
                edit(say('undo.paste-options', { count: clean.length }), clean.map((label, index) => (index === 0 && raw(one.label) === '' ? { op: 'replace' as const, path: join(pointer, at), value: { ...one, label, value: valueOf(label) } } : { op: 'add' as const, path: join(pointer, at + index + (raw(one.label) === '' ? 0 : 1)), value: { label, value: valueOf(label) } })))
                toast(say('paste.options', { count: clean.length }), { label: say('paste.keep-one'), run: () => { undo(); write(at, lines.join(' ')) } })
                return true
              }}
            />
            {one.description !== undefined && <OptionHint pointer={join(pointer, at, 'description')} value={one.description} number={at + 1} />}
            {'detail_answer' in one && <Detail pointer={join(pointer, at, 'detail_answer')} value={object(one.detail_answer)} />}
          </div>
          <span className={style.acts}>
            <IconButton icon={ChevronUp} small label={say('canvas.option-up', { number: at + 1 })} reason={at === 0 ? say('move.edge') : null} onPress={() => { edit(say('undo.move', { name: say('canvas.option') }), [{ op: 'move', from: join(pointer, at), path: join(pointer, at - 1) }]); focus(at - 1) }} />
            <IconButton
              icon={MessageSquarePlus} small pressed={'detail_answer' in one} label={say('canvas.option-detail', { number: at + 1 })}
              onPress={() => set(join(pointer, at, 'detail_answer'), 'detail_answer' in one ? undefined : detail(), say('detail_answer' in one ? 'undo.detail-remove' : 'undo.detail'), null)}
            />
            <IconButton icon={Plus} small label={say('canvas.option-hint', { number: at + 1 })} reason={one.description !== undefined ? say('canvas.has-hint') : null} onPress={() => set(join(pointer, at, 'description'), say('default.hint'), say('undo.change', { field: say('property.answer.description') }), null)} />
            <IconButton icon={Trash2} small label={say('canvas.option-delete', { number: at + 1 })} reason={options.length < 2 && !answer.value.dynamic_options ? say('canvas.one-option') : null} onPress={() => { remove(join(pointer, at), say('undo.delete', { name: raw(one.label) || say('canvas.option') })); toast(say('toast.deleted', { name: raw(one.label) || say('canvas.option') }), { label: say('do.undo'), run: () => void undo() }) }} />
          </span>
        </div>
      ))}
      <div>
        <button className={style.tab} onClick={() => add(options.length)}>
          {say('add.option')}
        </button>
      </div>
    </div>
  )
}

function OptionHint({ pointer, value, number }: { pointer: string; value: Json; number: number }) {
  const say = useSay()
  const change = useSet(pointer, say('property.answer.description'))
  return <RichText value={value} onChange={change} onLeave={() => { if (value === '') change(undefined); leave() }} place={pointer} label={say('canvas.option-hint-of', { number })} look="bare" />
}
function Detail({ pointer, value }: { pointer: string; value: Record<string, Json> }) {
  const say = useSay()
  const label = join(pointer, 'label')
  const change = useSet(label, say('property.label'))
  const notes = useNotes(label, true)
  return (
    <div className={style.detail} data-pointer={pointer} onFocus={(event) => { event.stopPropagation(); select(location.pathname.split('/')[4] ?? null, text(value.id), undefined, true) }}>
      <RichText value={value.label} onChange={change} onLeave={leave} place={label} label={say('canvas.detail-label')} placeholder={say('canvas.detail-label')} />
      <Notes notes={notes} />
      <div className={style.facts}>
        <Facts value={value} />
      </div>
    </div>
  )
}
