// Words without places, in one field that names itself when empty.
import { text } from '../draft/walk'
import { leave, useNotes, useSet, useValue } from '../editor/bind'
import { Area, Field, Input } from '../parts/Field'

export function Words({ pointer, label, area, shown }: { pointer: string; label: string; area?: boolean; shown?: boolean }) {
  const value = useValue(pointer)
  const change = useSet(pointer, label)
  const notes = useNotes(pointer)
  return (
    <Field label={label} notes={notes} quietLabel={!shown}>
      {(control) =>
        area ? (
          <Area {...control} data-pointer={pointer} placeholder={label} value={text(value)} onChange={(event) => change(event.target.value || undefined)} onBlur={leave} />
        ) : (
          <Input {...control} data-pointer={pointer} placeholder={label} value={text(value)} onChange={(event) => change(event.target.value || undefined)} onBlur={leave} />
        )
      }
    </Field>
  )
}
