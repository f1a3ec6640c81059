// One text in several wordings by number: one, other, and in Welsh zero, two, few and many.
import type { Json, JsonObject } from '../api/types'
import { set } from '../draft/acts'
import { join } from '../draft/patch'
import { namesInWords } from './names'
import { list, object, text } from '../draft/walk'
import { leave, useValue } from '../editor/bind'
import { Field } from '../parts/Field'
import { useSay } from '../words'
import { SourceSelect } from './Chips'
import { RichText } from './RichText'
import { keyOf } from './sources'
import style from './Plural.module.css'

const categories = ['zero', 'one', 'two', 'few', 'many', 'other']
const of: Record<string, string[]> = { cy: categories, ga: ['one', 'two', 'few', 'many', 'other'] }

export function Plural({ pointer, label }: { pointer: string; label: string }) {
  const say = useSay()
  const value = object(useValue(pointer))
  const language = text(useValue('/definition/language'))
  const plural = object(value.text_plural)
  const forms = object(plural.forms)
  const places = list(value.placeholders)
  const shown = categories.filter((one) => (of[language] ?? ['one', 'other']).includes(one) || one in forms)
  const write = (form: string, next: Json) => {
    const words = typeof next === 'string' ? next : text(object(next).text)
    const merged = new Map(places.map((one) => [text(object(one).placeholder), one]))
    for (const one of list(object(next).placeholders)) merged.set(text(object(one).placeholder), one)
    const all = { ...forms, [form]: words }
    if (!words && form !== 'other') delete (all as JsonObject)[form]
    const used = namesInWords(Object.values(all).map(text))
    set(pointer, { text_plural: { ...plural, forms: all }, placeholders: [...merged].filter(([name]) => used.has(name)).map(([, one]) => one) }, say('undo.change', { field: label.toLowerCase() }))
  }
  return (
    <div className={style.forms} role="group" aria-label={label}>
      {shown.map((form) => (
        <div key={form} className={style.form}>
          <span>{say(`plural.${form}`)}</span>
          <RichText
            value={places.length > 0 ? { text: text(forms[form]), placeholders: places } : text(forms[form])} place={join(pointer, 'text_plural', 'forms', form)} label={say('plural.label', { label, form: say(`plural.${form}`) })} onLeave={leave}
            onChange={(next) => write(form, next)}
          />
        </div>
      ))}
      <Field label={say('plural.count')}>
        {(control) => <SourceSelect {...control} place={pointer} value={keyOf(object(plural.count).source ? (plural.count as never) : undefined)} onChange={(choice) => choice && set(join(pointer, 'text_plural', 'count'), choice.source as Json, say('undo.change', { field: say('plural.count') }), null)} />}
      </Field>
      <button className={style.back} onClick={() => set(pointer, places.length ? { text: text(forms.other), placeholders: places } : text(forms.other), say('plural.undo'), null)}>
        {say('plural.one-wording')}
      </button>
    </div>
  )
}
/** Makes two wordings of one. */
export function toPlural(pointer: string, value: Json | undefined, count: JsonObject, label: string): void {
  const words = typeof value === 'string' ? value : text(object(value).text)
  set(pointer, { text_plural: { forms: { one: words, other: words }, count }, placeholders: list(object(value).placeholders) }, label, null)
}
