// A calculated question: which answers add up to what.
import { Sigma, Plus, Trash2 } from 'lucide-react'
import type { Json, JsonObject } from '../api/types'
import { set, nameOf } from '../draft/acts'
import { join } from '../draft/patch'
import { useDraft } from '../draft/store'
import type { Source } from '../draft/text'
import { list, object, text, walk, type Element } from '../draft/walk'
import { Button, IconButton } from '../parts/Button'
import { Check, Field, Input, Notes, Select } from '../parts/Field'
import { SourceSelect } from '../richtext/Chips'
import { keyOf } from '../richtext/sources'
import { numeric } from '../draft/make'
import { useSay } from '../words'
import { leave, useNotes, useSet, useValue } from './bind'
import { Words } from '../form/Words'
import style from './Cards.module.css'

const comparisons: Record<string, string[]> = { equals: ['equals'], less: ['less than'], 'less-or-equal': ['less than', 'equals'], greater: ['greater than'], 'greater-or-equal': ['greater than', 'equals'] }
const message: Record<string, string> = {
  equals: 'TOTAL_SUM_NOT_EQUALS', less: 'TOTAL_SUM_NOT_LESS_THAN', 'less-or-equal': 'TOTAL_SUM_NOT_LESS_THAN_OR_EQUALS', greater: 'TOTAL_SUM_NOT_GREATER_THAN', 'greater-or-equal': 'TOTAL_SUM_NOT_GREATER_THAN_OR_EQUALS',
}
const nameComparison = (conditions: Json[]): string => Object.entries(comparisons).find(([, of]) => of.length === conditions.length && of.every((one) => conditions.includes(one)))?.[0] ?? 'equals'

export function Sum({ question }: { question: Element }) {
  const say = useSay()
  const pointer = join(question.pointer, 'calculations')
  const calculations = list(useValue(pointer)).map(object)
  const definition = useDraft((state) => state.document!.definition)
  const answers = walk(definition).all.filter((one) => one.kind === 'answer' && one.up?.pointer === question.pointer)
  const notes = useNotes(pointer, true)
  const change = useSet(pointer, say('sum.title'))
  const add = () => change([...calculations, { calculation_type: 'sum', value: 100, answers_to_calculate: answers.map((one) => one.id), conditions: ['equals'] }])
  return (
    <section className={style.card} data-pointer={pointer} aria-labelledby="sum-title">
      <div className={style.bar}>
        <Sigma size={16} aria-hidden />
        <h2 id="sum-title">{say('sum.title')}</h2>
      </div>
      <div className={style.body}>
        {calculations.map((one, at) => {
          const here = join(pointer, at)
          const kind = nameComparison(list(one.conditions))
          const source: Source | undefined = text(one.answer_id) ? { source: 'answers', identifier: text(one.answer_id) } : object(one.value).source ? (one.value as Source) : undefined
          const target = (next: Json | Source | undefined) => {
            const { answer_id: _, value: __, ...rest } = one
            const made: JsonObject = { ...rest, ...(typeof next === 'object' && next && (next as Source).source === 'answers' ? { answer_id: (next as Source).identifier as string } : { value: next as Json }) }
            change(calculations.with(at, made))
          }
          return (
            <div className={style.item} key={at}>
              <div className={style.row}>
                <fieldset>
                  <legend>{say('sum.add-up')}</legend>
                  {answers.map((answer) => {
                    const chosen = list(one.answers_to_calculate).includes(answer.id)
                    return <Check key={answer.id} label={nameOf(answer)} checked={chosen} onChange={(on) => set(join(here, 'answers_to_calculate'), answers.map((other) => other.id).filter((id) => (id === answer.id ? on : list(one.answers_to_calculate).includes(id))), say('undo.change', { field: say('sum.title') }), null)} />
                  })}
                </fieldset>
                <IconButton icon={Trash2} small label={say('sum.remove')} onPress={() => change(calculations.length > 1 ? calculations.toSpliced(at, 1) : undefined)} />
              </div>
              <Field label={say('sum.must')}>
                {(control) => (
                  <Select {...control} value={kind} onChange={(event) => set(join(here, 'conditions'), comparisons[event.target.value]!, say('undo.change', { field: say('sum.title') }), null)}>
                    {Object.keys(comparisons).map((key) => (
                      <option key={key} value={key}>
                        {say(`sum.${key}`)}
                      </option>
                    ))}
                  </Select>
                )}
              </Field>
              <Field label={say('sum.target')}>
                {(control) => <SourceSelect {...control} place={question.pointer} none={say('sum.number')} value={keyOf(source)} accept={(choice) => [...numeric, 'total'].includes(choice.type)} onChange={(choice) => target(choice ? choice.source : 100)} />}
              </Field>
              {!source && (
                <Field label={say('sum.number')}>
                  {(control) => <Input {...control} type="number" value={typeof one.value === 'number' ? one.value : ''} onChange={(event) => target(Number(event.target.value))} onBlur={leave} />}
                </Field>
              )}
              <Words pointer={join(question.pointer, 'validation', 'messages', message[kind]!)} label={say('sum.message')} />
            </div>
          )
        })}
        <Notes notes={notes} />
        <div>
          <Button size="row" icon={Plus} onPress={add}>
            {say('sum.add')}
          </Button>
        </div>
      </div>
    </section>
  )
}
