// A calculated summary: what is added up, and how the total is spoken of.
import { Sigma } from 'lucide-react'
import type { JsonObject } from '../api/types'
import { nameOf } from '../draft/acts'
import { numeric } from '../draft/make'
import { join } from '../draft/patch'
import { useDraft } from '../draft/store'
import { answersOf, around, list, object, text, walk, type Element } from '../draft/walk'
import { Check, Notes } from '../parts/Field'
import { RichText } from '../richtext/RichText'
import { useSay } from '../words'
import { leave, useNotes, useSet } from './bind'
import style from './Cards.module.css'

export function TotalCard({ block }: { block: Element }) {
  const say = useSay()
  const grand = block.value.type === 'GrandCalculatedSummary'
  const definition = useDraft((state) => state.document!.definition)
  const { pointer, value } = block
  const calculation = object(value.calculation)
  const old = 'answers_to_calculate' in calculation
  const chosen = old ? list(calculation.answers_to_calculate).map(text) : list(object(calculation.operation)['+']).map((one) => text(object(one).identifier))
  const setTitle = useSet(join(pointer, 'title'), say('property.title'))
  const setLabel = useSet(join(pointer, 'calculation', 'title'), say('total.label'))
  const setParts = useSet(old ? join(pointer, 'calculation', 'answers_to_calculate') : join(pointer, 'calculation', 'operation', '+'), say('total.parts'))
  const notes = useNotes(pointer, true)
  const section = around(block, 'section')
  const offered = grand
    ? walk(definition).all.filter((one) => one.kind === 'block' && one.value.type === 'CalculatedSummary' && one.order < block.order)
    : answersOf(definition).filter((one) => numeric.includes(text(one.value.type)) && one.order < block.order && around(one, 'section') === section)
  const first = offered.find((one) => chosen.includes(one.id))
  const unlike = (one: Element) => !grand && first && one !== first && !chosen.includes(one.id) && (one.value.type !== first.value.type || one.value.currency !== first.value.currency || one.value.unit !== first.value.unit)
  const toggle = (id: string, on: boolean) => {
    const ids = on ? [...chosen, id] : chosen.filter((one) => one !== id)
    const ordered = offered.map((one) => one.id).filter((one) => ids.includes(one))
    setParts(old ? ordered : ordered.map((identifier): JsonObject => ({ source: grand ? 'calculated_summary' : 'answers', identifier })))
  }
  return (
    <section className={`${style.card} ${style.chosen}`} data-pointer={pointer}>
      <div className={style.kind}>
        <Sigma size={16} aria-hidden />
        {say(`type.${text(value.type)}`)}
      </div>
      <div className={style.title} data-title data-pointer={join(pointer, 'title')}>
        <RichText value={value.title} onChange={setTitle} onLeave={leave} place={join(pointer, 'title')} label={say('canvas.title')} placeholder={say('total.ghost')} look="title" toolbar />
        <p className={style.teach}>{say('total.hint')}</p>
      </div>
      <div className={style.part} data-pointer={join(pointer, 'calculation', 'title')}>
        <div className={style.grow}>
          <h2>{say('total.label')}</h2>
          <RichText value={calculation.title} onChange={setLabel} onLeave={leave} place={join(pointer, 'calculation', 'title')} label={say('total.label')} />
        </div>
      </div>
      <div className={style.part}>
        <fieldset className={style.grow}>
          <legend>
            <h2>{say(grand ? 'total.parts-grand' : 'total.parts')}</h2>
          </legend>
          {offered.length === 0 && <p className={style.teach}>{say(grand ? 'total.none-grand' : 'total.none')}</p>}
          {offered.map((one) => (
            <Check key={one.id} of={one.id} label={<>{nameOf(one)} {unlike(one) && <small>({say('total.unlike')})</small>}</>} checked={chosen.includes(one.id)} onChange={(on) => toggle(one.id, on)} />
          ))}
          <Notes notes={notes} />
        </fieldset>
      </div>
    </section>
  )
}
