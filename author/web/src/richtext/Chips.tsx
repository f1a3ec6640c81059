// Choosing what fills a place in a text, and how it is shown.
import { useEffect, useId, useMemo, useRef, useState } from 'react'
import { Building2, CornerDownRight, Database, Mail, Phone, Search, Sigma, Users } from 'lucide-react'
import type { JsonObject } from '../api/types'
import { useDraft } from '../draft/store'
import { list, object, text } from '../draft/walk'
import { Box } from '../parts/Box'
import { Button } from '../parts/Button'
import { Area, Field, Input, Notes, Select } from '../parts/Field'
import { answerIcon } from '../parts/icons'
import { useSay } from '../words'
import { choices, formatsFor, keyOf, placeholder, shapeOf, usualFormat, type Choice } from './sources'
import style from './Chips.module.css'

const groups = ['answers', 'launch', 'totals', 'lists', 'supplied', 'later'] as const
const groupIcon = { launch: Building2, totals: Sigma, lists: Users, supplied: Database, later: CornerDownRight }

export function useChoices(place: string): Choice[] {
  const say = useSay()
  const document = useDraft((state) => state.document)
  return useMemo(() => (document ? choices(document.definition, document.beside ?? {}, place, say) : []), [document, place, say])
}

export const ChoiceIcon = ({ choice }: { choice: Choice }) => {
  const Icon = choice.answer ? answerIcon(choice.type) : choice.group === 'answers' ? CornerDownRight : groupIcon[choice.group]
  return <Icon size={16} aria-hidden />
}

type PickerProps = { place: string; onChoose: (choice: Choice | { made: JsonObject; name: string }) => void; onClose: () => void; taken?: string[]; accept?: (choice: Choice) => string | null; title?: string; links?: boolean }

/** A list one types into: earlier answers first, what cannot be used last and with its reason. */
export function ChipPicker({ place, onChoose, onClose, accept, title, links = true, taken = [] }: PickerProps) {
  const say = useSay()
  const id = useId()
  const [words, setWords] = useState('')
  const [at, setAt] = useState(0)
  const listed = useRef<HTMLDivElement>(null)
  const all = useChoices(place)
  const shown = useMemo(() => {
    const wanted = words.toLowerCase()
    const found = all
      .map((choice) => ({ ...choice, reason: choice.reason && choice.group === 'later' ? choice.reason : (accept?.(choice) ?? (accept ? null : choice.reason && choice.group === 'later' ? choice.reason : null)) }))
      .filter((choice) => !wanted || `${choice.label} ${choice.detail} ${choice.source.identifier ?? ''}`.toLowerCase().includes(wanted))
    const exact = (choice: Choice) => Number(choice.source.identifier?.toLowerCase() !== wanted && choice.label.toLowerCase() !== wanted)
    return found.toSorted((a, b) => Number(!!a.reason) - Number(!!b.reason) || exact(a) - exact(b) || groups.indexOf(a.group) - groups.indexOf(b.group))
  }, [all, words, accept])
  useEffect(() => setAt(0), [words])
  useEffect(() => void listed.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }), [at])
  const choose = (choice: Choice | undefined) => choice && !choice.reason && onChoose(choice)
  const made = (kind: 'telephone' | 'email') => {
    let name: string = kind
    for (let count = 2; taken.includes(name); count++) name = `${kind}_${count}`
    onChoose({
      name,
      made: { transforms: [kind === 'telephone' ? { transform: 'telephone_number_link', arguments: { telephone_number: '0300 000 0000' } } : { transform: 'email_link', arguments: { email_address: 'survey@example.com' } }] },
    })
  }
  let group = ''
  return (
    <Box title={title ?? say('chip.choose')} onClose={onClose} bare>
      <div className={style.find}>
        <Search size={18} aria-hidden />
        <input
          autoFocus role="combobox" aria-expanded="true" aria-controls={`${id}-list`} aria-activedescendant={shown[at] ? `${id}-${at}` : undefined} aria-label={title ?? say('chip.choose')}
          placeholder={say('chip.find')} value={words} onChange={(event) => setWords(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
              event.preventDefault()
              setAt((now) => Math.max(0, Math.min(shown.length - 1, now + (event.key === 'ArrowDown' ? 1 : -1))))
            } else if (event.key === 'Enter') {
              event.preventDefault()
              choose(shown[at])
            }
          }}
        />
        <kbd>Esc</kbd>
      </div>
      <div ref={listed} id={`${id}-list`} role="listbox" aria-label={title ?? say('chip.choose')} className={style.list} tabIndex={-1}>
        {shown.length === 0 && <p className={style.none}>{say('chip.none', { words })}</p>}
        {shown.map((choice, index) => {
          const heading = choice.reason ? 'later' : choice.group
          const first = heading !== group
          group = heading
          return (
            <div key={choice.key} role="presentation">
              {first && (
                <div className={style.group} role="presentation">
                  {say(`chip.group.${heading}`)}
                </div>
              )}
              <div
                id={`${id}-${index}`} role="option" aria-selected={index === at} aria-disabled={choice.reason ? true : undefined} className={`${style.option} ${choice.reason ? style.unable : ''}`}
                onClick={() => choose(choice)} onPointerMove={() => setAt(index)}
              >
                <ChoiceIcon choice={choice} />
                <span>{choice.label}</span>
                <small>{choice.reason ?? choice.detail}</small>
              </div>
            </div>
          )
        })}
      </div>
      {links && !accept && (
        <div className={style.links}>
          <Button size="row" icon={Phone} onPress={() => made('telephone')}>
            {say('format.telephone_number_link')}
          </Button>
          <Button size="row" icon={Mail} onPress={() => made('email')}>
            {say('format.email_link')}
          </Button>
        </div>
      )}
    </Box>
  )
}

export function SourceSelect({ place, value, onChange, label, none, accept, id, ...rest }: { place: string; value: string; onChange: (choice: Choice | null) => void; label?: string; none?: string; accept?: (choice: Choice) => boolean; id?: string; 'aria-describedby'?: string }) {
  const say = useSay()
  const all = useChoices(place)
  const known = all.some((choice) => choice.key === value)
  return (
    <Select id={id} aria-label={label} {...rest} value={value} onChange={(event) => onChange(all.find((choice) => choice.key === event.target.value) ?? null)}>
      {(none !== undefined || !value) && <option value="">{none ?? say('source.choose')}</option>}
      {value && !known && <option value={value}>{say('name.removed')} ({value})</option>}
      {groups.map((group) => {
        const found = all.filter((choice) => choice.group === group && (accept?.(choice) ?? true))
        return found.length === 0 ? null : (
          <optgroup key={group} label={say(`chip.group.${group}`)}>
            {found.map((choice) => (
              <option key={choice.key} value={choice.key} disabled={choice.group === 'later'}>
                {choice.label}
              </option>
            ))}
          </optgroup>
        )
      })}
    </Select>
  )
}

export function ChipEditor({ name, value, place, onChange, onClose, onRemove }: { name: string; value: JsonObject; place: string; onChange: (value: JsonObject) => void; onClose: () => void; onRemove: () => void }) {
  const say = useSay()
  const all = useChoices(place)
  const shape = shapeOf(value)
  const chosen = all.find((choice) => choice.key === keyOf(shape.source ?? undefined))
  const [written, setWritten] = useState(() => JSON.stringify(value, null, 2))
  const [wrong, setWrong] = useState(false)
  const set = (next: Partial<typeof shape>) => {
    const made = placeholder(name, { ...shape, ...next })
    setWritten(JSON.stringify(made, null, 2))
    onChange(made)
  }
  const link = object(list(value.transforms)[0])
  const argument = (key: string, words: string | undefined) => {
    const args = { ...object(link.arguments) }
    if (words) args[key] = words
    else delete args[key]
    onChange({ placeholder: name, transforms: [{ ...link, arguments: args }] })
  }
  return (
    <Box
      title={chosen?.label ?? say(shape.link ? `format.${text(link.transform)}` : 'chip.title')} onClose={onClose}
      foot={
        <>
          <Button onPress={onRemove}>{say('chip.remove')}</Button>
          <Button look="blue" onPress={onClose}>{say('do.done')}</Button>
        </>
      }
    >
      {shape.link === 'telephone' && <Field label={say('chip.telephone')}>{(control) => <Input {...control} defaultValue={text(object(link.arguments).telephone_number)} onChange={(event) => argument('telephone_number', event.target.value)} />}</Field>}
      {shape.link === 'email' && (
        <>
          <Field label={say('enter.email')}>{(control) => <Input {...control} defaultValue={text(object(link.arguments).email_address)} onChange={(event) => argument('email_address', event.target.value)} />}</Field>
          <Field label={say('chip.subject')}>{(control) => <Input {...control} defaultValue={text(object(link.arguments).email_subject)} onChange={(event) => argument('email_subject', event.target.value)} />}</Field>
          <Field label={say('chip.subject-append')}>
            {(control) => (
              <SourceSelect {...control} place={place} none={say('chip.nothing')} value={keyOf(object(link.arguments).email_subject_append as never)} onChange={(choice) => {
                const args = { ...object(link.arguments) }
                if (choice) args.email_subject_append = choice.source as JsonObject
                else delete args.email_subject_append
                onChange({ placeholder: name, transforms: [{ ...link, arguments: args }] })
              }} />
            )}
          </Field>
        </>
      )}
      {!shape.link && !shape.unusual && (
        <>
          <Field label={say('chip.from')}>
            {(control) => <SourceSelect {...control} place={place} value={keyOf(shape.source ?? undefined)} onChange={(choice) => choice && set({ source: choice.source, format: usualFormat(choice) })} />}
          </Field>
          <Field label={say('chip.shown')}>
            {(control) => (
              <Select {...control} value={shape.format} onChange={(event) => set({ format: event.target.value })}>
                {[...new Set([...formatsFor(chosen?.type ?? ''), shape.format])].map((format) => (
                  <option key={format} value={format}>
                    {say(`format.${format}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label={say('chip.blank')} hint={say('chip.blank-hint')}>
            {(control) => <SourceSelect {...control} place={place} none={say('chip.nothing')} value={keyOf(shape.fallback ?? undefined)} onChange={(choice) => set({ fallback: choice?.source ?? null })} />}
          </Field>
        </>
      )}
      {shape.unusual && <Notes notes={[{ severity: 'suggestion', text: say('chip.unusual') }]} />}
      <details open={shape.unusual}>
        <summary>{say('chip.written')}</summary>
        <Field label={say('chip.json')} quietLabel notes={wrong ? [{ severity: 'error', text: say('json.wrong') }] : []}>
          {(control) => (
            <Area
              {...control} className={style.json} spellCheck={false} value={written}
              onChange={(event) => {
                setWritten(event.target.value)
                try {
                  onChange({ ...(JSON.parse(event.target.value) as JsonObject), placeholder: name })
                  setWrong(false)
                } catch {
                  setWrong(true)
                }
              }}
            />
          )}
        </Field>
      </details>
    </Box>
  )
}
