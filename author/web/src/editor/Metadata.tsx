// Launch data: what the questionnaire is told when it begins, with a sample of each for previewing.
import { Plus, Trash2 } from 'lucide-react'
import { set } from '../draft/acts'
import { join } from '../draft/patch'
import { edit, useDraft } from '../draft/store'
import { list, object, text } from '../draft/walk'
import { Button, IconButton } from '../parts/Button'
import { Check, Field, Input, Notes, Select } from '../parts/Field'
import { useSay } from '../words'
import { leave, useNotes, useValue } from './bind'
import style from './Cards.module.css'
import own from './Metadata.module.css'

const path = '/definition/metadata'
const types = ['string', 'date', 'boolean', 'uuid', 'url']

export function Metadata() {
  const say = useSay()
  const declared = list(useValue(path)).map(object)
  const samples = useDraft((state) => state.document?.beside?.samples ?? {})
  const notes = useNotes(path, true)
  const rename = (at: number, to: string) => {
    const from = text(declared[at]!.name)
    const ops: Parameters<typeof edit>[1][number][] = [{ op: 'replace', path: join(path, at, 'name'), value: to }]
    if (samples[from] !== undefined) ops.push({ op: 'remove', path: join('/beside/samples', from) }, { op: 'add', path: join('/beside/samples', to), value: samples[from] })
    edit(say('undo.change', { field: say('metadata.name') }), ops, `${path}/${at}/name`)
  }
  return (
    <div className={style.rows}>
      {declared.map((one, at) => {
        const name = text(one.name)
        return (
          <fieldset key={at} className={own.row} data-pointer={join(path, at)}>
            <legend className="hidden-words">{say('metadata.number', { number: at + 1 })}</legend>
            <Field label={say('metadata.name')}>{(control) => <Input {...control} value={name} spellCheck={false} onChange={(event) => rename(at, event.target.value)} onBlur={leave} />}</Field>
            <Field label={say('metadata.type')}>
              {(control) => (
                <Select {...control} value={text(one.type)} onChange={(event) => set(join(path, at, 'type'), event.target.value, say('undo.change', { field: say('metadata.type') }), null)}>
                  {types.map((type) => (
                    <option key={type} value={type}>
                      {say(`metadata.${type}`)}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <Field label={say('metadata.sample')}>
              {(control) => (
                <Input {...control} type={one.type === 'date' ? 'date' : 'text'} value={String(samples[name] ?? '')} onChange={(event) => set(join('/beside/samples', name), event.target.value || undefined, say('undo.change', { field: say('metadata.sample') }))} onBlur={leave} />
              )}
            </Field>
            <Check label={say('metadata.optional')} checked={one.optional === true} onChange={(on) => set(join(path, at, 'optional'), on ? true : undefined, say('undo.change', { field: say('metadata.optional') }), null)} />
            <IconButton icon={Trash2} small label={say('do.remove-what', { what: name })} onPress={() => edit(say('undo.remove', { what: name }), [{ op: 'remove', path: join(path, at) }])} />
          </fieldset>
        )
      })}
      <Notes notes={notes} />
      <div>
        <Button size="row" icon={Plus} onPress={() => edit(say('undo.add', { what: say('metadata.one') }), [{ op: 'add', path: join(path, declared.length), value: { name: `launch_${declared.length + 1}`, type: 'string' } }])}>
          {say('metadata.add')}
        </Button>
      </div>
    </div>
  )
}
