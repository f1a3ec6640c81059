// Limits of numbers and dates: a value, or an earlier answer to compare with.
import { useState } from 'react'
import { CornerDownRight, X } from 'lucide-react'
import type { Json, JsonObject } from '../api/types'

import { sourceName, type Source } from '../draft/text'
import { object, text } from '../draft/walk'
import { at as valueAt } from '../draft/acts'
import { parent } from '../draft/patch'
import { useDraft } from '../draft/store'
import { dates, numeric } from '../draft/make'
import { leave, useNotes, useSet, useValue } from '../editor/bind'
import { IconButton } from '../parts/Button'
import { Field, Input, Notes, Select } from '../parts/Field'
import { ChipPicker } from '../richtext/Chips'
import type { Choice } from '../richtext/sources'
import { useSay } from '../words'
import { Group } from './SchemaForm'
import style from './SchemaForm.module.css'

function useName(of: Json | undefined): string | null {
  const say = useSay()
  const document = useDraft((state) => state.document!)
  return object(of).source ? sourceName(of as Source, document.definition, document.beside ?? {}, say) : null
}

export function Limit({ pointer, label, side }: { pointer: string; label: string; side: 'minimum' | 'maximum' }) {
  const say = useSay()
  const limit = useValue(pointer)
  const change = useSet(pointer, label)
  const notes = useNotes(pointer, true)
  const [picking, setPicking] = useState(false)
  const value = object(limit).value
  const exclusive = object(limit).exclusive === true
  const named = useName(value)
  const currency = object(valueAt(parent(pointer)) ?? null).currency
  const sign = currency ? new Intl.NumberFormat('en-GB', { style: 'currency', currency: text(currency) }).formatToParts(0).find((part) => part.type === 'currency')?.value : null
  const write = (next: Json | undefined, strict = exclusive) => change(next === undefined ? undefined : { value: next, ...(strict ? { exclusive: true } : {}) })
  const accept = (choice: Choice) => (numeric.includes(choice.type) || choice.group === 'totals' || choice.group === 'launch' ? null : say('limit.not-number'))
  return (
    <div data-pointer={pointer}>
      <Field label={label} notes={notes} hint={say('limit.hint')}>
        {(props) => (
          <div className={style.pair}>
            <Select aria-label={say('limit.how', { label })} value={exclusive ? 'exclusive' : 'inclusive'} onChange={(event) => write(value ?? 0, event.target.value === 'exclusive')}>
              <option value="inclusive">{say(`limit.${side}`)}</option>
              <option value="exclusive">{say(`limit.${side}-exclusive`)}</option>
            </Select>
            <div className={style.with}>
              {named !== null ? (
                <>
                  <Input {...props} readOnly value={`↳ ${named}`} />
                  <IconButton icon={X} small label={say('limit.back')} onPress={() => write(undefined)} />
                </>
              ) : (
                <>
                  {sign && <span aria-hidden>{sign}</span>}
                  <Input {...props} inputMode="decimal" type="number" step="any" value={typeof value === 'number' ? value : text(value)} onChange={(event) => write(event.target.value === '' ? undefined : Number(event.target.value))} onBlur={leave} />
                  <IconButton icon={CornerDownRight} small label={say('limit.earlier', { label })} onPress={() => setPicking(true)} />
                </>
              )}
            </div>
          </div>
        )}
      </Field>
      {picking && <ChipPicker place={pointer} accept={accept} title={say('limit.earlier', { label })} onClose={() => setPicking(false)} onChoose={(choice) => { setPicking(false); if ('source' in choice) write(choice.source as JsonObject) }} />}
    </div>
  )
}

export function DateLimit({ pointer, label, hint }: { pointer: string; label: string; hint?: string }) {
  const say = useSay()
  const limit = object(useValue(pointer))
  const change = useSet(pointer, label)
  const notes = useNotes(pointer, true)
  const [picking, setPicking] = useState(false)
  const value = limit.value
  const named = useName(value)
  const kind = value === undefined ? 'none' : named !== null ? 'source' : value === 'now' || object(value).value === 'now' ? 'now' : 'date'
  const offset = object(limit.offset_by)
  const amount = Number(offset.days ?? offset.months ?? offset.years ?? 0)
  const unit = 'months' in offset ? 'months' : 'years' in offset ? 'years' : 'days'
  const write = (next: Json, days = amount, of = unit) => change({ value: next, ...(days ? { offset_by: { [of]: days } } : {}) })
  const accept = (choice: Choice) => (dates.includes(choice.type) || choice.type === 'date' ? null : say('limit.not-date'))
  const today = new Date().toISOString().slice(0, 10)
  return (
    <div data-pointer={pointer}>
      <Group label={label} hint={hint}>
        <Field label={say('limit.from')} quietLabel>
          {(props) => (
            <Select
              {...props} value={kind}
              onChange={(event) => {
                const to = event.target.value
                if (to === 'none') change(undefined)
                else if (to === 'source') setPicking(true)
                else write(to === 'now' ? 'now' : today)
              }}
            >
              <option value="none">{say('limit.none')}</option>
              <option value="date">{say('limit.date')}</option>
              <option value="now">{say('limit.now')}</option>
              <option value="source">{named ? `↳ ${named}` : say('limit.source')}</option>
            </Select>
          )}
        </Field>
        {kind === 'date' && <Input type="date" aria-label={say('limit.date')} value={text(value) || text(object(value).value)} onChange={(event) => event.target.value && write(event.target.value)} onBlur={leave} />}
        {kind !== 'none' && (
          <div className={style.numbers}>
            <Field label={say('limit.offset')} hint={say('limit.offset-hint')}>{(props) => <Input {...props} type="number" value={amount || ''} onChange={(event) => write(value!, Number(event.target.value))} onBlur={leave} />}</Field>
            <Field label={say('limit.unit')}>
              {(props) => (
                <Select {...props} value={unit} onChange={(event) => write(value!, amount, event.target.value as typeof unit)}>
                  {['days', 'months', 'years'].map((one) => (
                    <option key={one} value={one}>
                      {say(`unit.${one}`)}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          </div>
        )}
        <Notes notes={notes} />
      </Group>
      {picking && <ChipPicker place={pointer} accept={accept} title={label} onClose={() => setPicking(false)} onChoose={(choice) => { setPicking(false); if ('source' in choice) write(choice.source as JsonObject) }} />}
    </div>
  )
}

export function Period({ pointer, label, hint }: { pointer: string; label: string; hint?: string }) {
  const say = useSay()
  const value = object(useValue(pointer))
  const change = useSet(pointer, label)
  return (
    <Group label={label} hint={hint}>
      <div className={style.numbers}>
        {['days', 'months', 'years'].map((unit) => (
          <Field key={unit} label={say(`unit.${unit}`)}>
            {(props) => (
              <Input
                {...props} type="number" value={typeof value[unit] === 'number' ? value[unit] : ''} onBlur={leave}
                onChange={(event) => {
                  const next = { ...value }
                  if (event.target.value === '') delete next[unit]
                  else next[unit] = Number(event.target.value)
                  change(Object.keys(next).length ? next : undefined)
                }}
              />
            )}
          </Field>
        ))}
      </div>
    </Group>
  )
}
