// A rule by builder and by expression: two views of one tree, each following the other at every valid step.
import { useId, useState } from 'react'
import { Check, CircleX, CopyIcon, Group as GroupIcon, Plus, X } from 'lucide-react'
import type { Json, JsonObject } from '../api/types'
import { dates, numeric } from '../draft/make'
import { useDraft } from '../draft/store'
import { sourceName, type Source } from '../draft/text'
import { list, object, text } from '../draft/walk'
import { Button, IconButton } from '../parts/Button'
import { Input, Select } from '../parts/Field'
import { toast } from '../parts/Toasts'
import { ChipPicker } from '../richtext/Chips'
import { answerIcon } from '../parts/icons'
import { useSay } from '../words'
import { ExpressionError, parse, print, tokens } from './expression'
import { compare, comparisonOf, comparisons, fresh, operand, read, turned, write, type Comparison, type Group, type Rule } from './rule'
import style from './Rule.module.css'

type Props = { value: Json | undefined; onChange: (value: Json) => void; place: string; label: string }

export function RuleEditor({ value, onChange, place, label }: Props) {
  const say = useSay()
  const whole = read(value)
  const root: Group = whole.kind === 'group' ? whole : { kind: 'group', join: 'all', parts: [whole] }
  return (
    <div className={style.editor} role="group" aria-label={label}>
      <div className={style.builder}>
        <GroupView group={root} place={place} onChange={(next) => onChange(write(next))} top />
      </div>
      <Expression value={value} onChange={onChange} say={say} />
    </div>
  )
}

function GroupView({ group, onChange, onRemove, place, top }: { group: Group; onChange: (next: Group) => void; onRemove?: () => void; place: string; top?: boolean }) {
  const say = useSay()
  const name = useId()
  const definition = useDraft((state) => state.document!.definition)
  const [picking, setPicking] = useState(false)
  const replace = (at: number, next: Rule) => onChange({ ...group, parts: group.parts.with(at, next) })
  const remove = (at: number) => onChange({ ...group, parts: group.parts.toSpliced(at, 1) })
  return (
    <div className={top ? '' : style.nested}>
      <div className={style.join}>
        {top && <strong>{say('rule.if')}</strong>}
        <span className={style.segments} role="radiogroup" aria-label={say('rule.join')}>
          {(['all', 'any', 'none'] as const).map((join) => (
            <label key={join} className={group.join === join ? style.on : ''}>
              <input className="hidden-words" type="radio" name={name} checked={group.join === join} onChange={() => onChange({ ...group, join })} />
              {say(`rule.${join}`)}
            </label>
          ))}
        </span>
        <span>{say('rule.of-these')}</span>
        {onRemove && (
          <span className={style.end}>
            <IconButton icon={X} small label={say('rule.remove-group')} onPress={onRemove} />
          </span>
        )}
      </div>
      <div className={style.parts}>
        {group.parts.map((part, at) =>
          part.kind === 'group' ? (
            <GroupView key={at} group={part} place={place} onChange={(next) => replace(at, next)} onRemove={() => remove(at)} />
          ) : part.kind === 'comparison' ? (
            <ComparisonView key={at} rule={part} place={place} onChange={(next) => replace(at, next)} onRemove={() => remove(at)} />
          ) : (
            <div key={at} className={style.part}>
              <code>{print(part.value)}</code>
              <span className={style.end}>
                <IconButton icon={X} small label={say('rule.remove')} onPress={() => remove(at)} />
              </span>
            </div>
          ),
        )}
        <div className={style.add}>
          <Button look="link" size="row" icon={Plus} onPress={() => setPicking(true)}>
            {say('rule.condition')}
          </Button>
          <Button look="link" size="row" icon={GroupIcon} onPress={() => onChange({ ...group, parts: [...group.parts, { kind: 'group', join: group.join === 'all' ? 'any' : 'all', parts: firstPart(group) }] })}>
            {say('rule.group')}
          </Button>
        </div>
      </div>
      {picking && (
        <ChipPicker
          place={place} title={say('rule.about')} links={false} accept={() => null} onClose={() => setPicking(false)}
          onChoose={(choice) => {
            setPicking(false)
            if ('source' in choice) onChange({ ...group, parts: [...group.parts, fresh(choice.source, definition)] })
          }}
        />
      )}
    </div>
  )
}
const firstPart = (group: Group): Rule[] => {
  const found = group.parts.findLast((part) => part.kind === 'comparison')
  return found ? [found] : []
}

function SourceChip({ value, place, onChange, label }: { value: Json; place: string; onChange: (source: Source) => void; label: string }) {
  const say = useSay()
  const document = useDraft((state) => state.document!)
  const [picking, setPicking] = useState(false)
  const of = object(value)
  const inner = of.source ? of : object(list(of.date ?? of.count)[0])
  const { type } = operand(value, document.definition)
  const Icon = answerIcon(type)
  const words = inner.source ? sourceName(inner as unknown as Source, document.definition, document.beside ?? {}, say) : list(of.date)[0] === 'now' ? say('rule.today') : print(value)
  return (
    <>
      <button className={`${style.chip} ${inner.source === 'metadata' || inner.source === 'response_metadata' || inner.source === 'supplementary_data' ? style.launch : ''}`} aria-label={`${label}: ${words}`} onClick={() => setPicking(true)}>
        <Icon size={14} aria-hidden />
        {words}
      </button>
      {picking && <ChipPicker place={place} title={label} links={false} accept={() => null} onClose={() => setPicking(false)} onChoose={(choice) => { setPicking(false); if ('source' in choice) onChange(choice.source) }} />}
    </>
  )
}

function ComparisonView({ rule, onChange, onRemove, place }: { rule: Comparison; onChange: (next: Rule) => void; onRemove: () => void; place: string }) {
  const say = useSay()
  const definition = useDraft((state) => state.document!.definition)
  const how = comparisonOf(rule)
  const second = turned(rule)
  const [left, right] = second ? [rule.right, rule.left] : [rule.left, rule.right]
  const { type, options } = operand(left, definition)
  const dated = dates.includes(type) || type === 'date'
  const put = (next: Json) => onChange(second ? { ...rule, left: next } : { ...rule, right: next })
  const known = comparisons(type)
  const toSource = object(right).source !== undefined || object(object(list(object(right).date)[0])).source !== undefined
  return (
    <div className={style.part}>
      <SourceChip value={left} place={place} label={say('rule.about')} onChange={(source) => onChange(fresh(source, definition))} />
      <Select className={style.how} aria-label={say('rule.comparison')} value={how} onChange={(event) => onChange(compare(rule, event.target.value, definition))}>
        {[...new Set([...known, how])].map((one) => (
          <option key={one} value={one}>
            {say(dated ? `compare.date.${one}` : `compare.${one}`)}
          </option>
        ))}
      </Select>
      {how !== 'blank' && how !== 'given' && (
        <>
          {toSource ? (
            <SourceChip value={right} place={place} label={say('rule.value')} onChange={(source) => put(dated ? { date: [source as Json] } : (source as Json))} />
          ) : Array.isArray(right) && options.length > 0 ? (
            <span className={style.many} role="group" aria-label={say('rule.value')}>
              {options.map((option) => (
                <label key={option.value}>
                  <input type="checkbox" checked={right.includes(option.value)} onChange={(event) => put(options.map((one) => one.value).filter((one) => (one === option.value ? event.target.checked : right.includes(one))))} /> {option.label}
                </label>
              ))}
            </span>
          ) : options.length > 0 ? (
            <Select className={style.value} aria-label={say('rule.value')} value={text(right)} onChange={(event) => put(event.target.value)}>
              {!options.some((option) => option.value === right) && <option value={text(right)}>{text(right) || say('form.not-set')}</option>}
              {options.map((option) => (
                <option key={option.value} value={option.value}>
                  {option.label}
                </option>
              ))}
            </Select>
          ) : dated ? (
            <Input className={style.value} type="date" aria-label={say('rule.value')} value={list(object(right).date)[0] === 'now' ? '' : text(list(object(right).date)[0])} onChange={(event) => put({ date: [event.target.value || 'now'] })} />
          ) : (
            <Input
              className={style.value} aria-label={say('rule.value')} type={numeric.includes(type) || type === 'total' ? 'number' : 'text'} step="any" value={Array.isArray(right) ? right.join(', ') : String(right ?? '')}
              onChange={(event) => put(Array.isArray(right) ? event.target.value.split(',').map((one) => one.trim()) : numeric.includes(type) || type === 'total' ? Number(event.target.value) : event.target.value)}
            />
          )}
          {!Array.isArray(right) && (
            <Button look="link" size="row" onPress={() => put(toSource ? (dated ? { date: ['now'] } : numeric.includes(type) ? 0 : (options[0]?.value ?? '')) : dated ? { date: [{ source: 'response_metadata', identifier: 'started_at' }] } : firstLike(left))}>
              {say(toSource ? 'rule.use-value' : 'rule.use-answer')}
            </Button>
          )}
        </>
      )}
      <span className={style.end}>
        <IconButton icon={X} small label={say('rule.remove')} onPress={onRemove} />
      </span>
    </div>
  )
}
const firstLike = (left: Json): JsonObject => (object(left).source ? object(left) : { source: 'metadata', identifier: 'ru_ref' })

function Expression({ value, onChange, say }: { value: Json | undefined; onChange: (value: Json) => void; say: ReturnType<typeof useSay> }) {
  const id = useId()
  const printed = value === undefined || Object.keys(object(value)).length === 0 ? '' : print(value)
  const [typed, setTyped] = useState<string | null>(null)
  const [wrong, setWrong] = useState<ExpressionError | null>(null)
  const words = typed ?? printed
  return (
    <div className={style.expression}>
      <div className={style.head}>
        <label htmlFor={id}>{say('rule.expression')}</label>
        {wrong ? (
          <span className={style.wrong} role="status">
            <CircleX size={14} aria-hidden />
            {say(wrong.expected)} {say('rule.at', { place: wrong.at + 1 })}
          </span>
        ) : (
          <span className={style.same}>
            <Check size={14} aria-hidden />
            {say('rule.same')}
          </span>
        )}
        <Button look="link" size="row" icon={CopyIcon} onPress={() => void navigator.clipboard.writeText(words).then(() => toast(say('rule.copied')))}>
          {say('rule.copy')}
        </Button>
      </div>
      <div className={style.code}>
        <pre aria-hidden>
          <Coloured words={words} wrong={wrong?.at} />
          {'\n'}
        </pre>
        <textarea
          id={id} spellCheck={false} autoCapitalize="off" value={words} aria-invalid={wrong ? true : undefined} rows={Math.max(2, words.split('\n').length)}
          onChange={(event) => {
            setTyped(event.target.value)
            try {
              const rule = parse(event.target.value)
              setWrong(null)
              onChange(rule)
            } catch (error) {
              setWrong(error instanceof ExpressionError ? error : new ExpressionError('expect.value', 0))
            }
          }}
          onBlur={() => {
            if (!wrong) setTyped(null)
          }}
        />
      </div>
    </div>
  )
}
function Coloured({ words, wrong }: { words: string; wrong: number | undefined }) {
  let all
  try {
    all = tokens(words)
  } catch {
    return words
  }
  const made = []
  let from = 0
  for (const token of all) {
    made.push(words.slice(from, token.at))
    const kind =
      token.kind === 'text' ? style.text : token.kind === 'number' ? style.number : ['and', 'or', 'not', 'in', 'any-in', 'all-in', 'nothing'].includes(token.value) ? style.word : ['date', 'count', 'sum', 'json'].includes(token.value) ? style.function : token.value.includes('.') ? style.other : token.kind === 'name' ? style.answer : ''
    made.push(
      <span key={token.at} className={`${kind} ${token.at === wrong ? style.bad : ''}`}>
        {token.value}
      </span>,
    )
    from = token.at + token.value.length
  }
  made.push(words.slice(from))
  return made
}
