// Words of the questionnaire's own in place of the standard error messages.
import { set } from '../draft/acts'
import { join } from '../draft/patch'
import { object, text } from '../draft/walk'
import { leave, useValue } from '../editor/bind'
import { parent } from '../draft/patch'
import { Field, Input, Select } from '../parts/Field'
import { has, useSay } from '../words'
import { load } from './schema'
import { Group } from './SchemaForm'

const sums = ['TOTAL_SUM_NOT_EQUALS', 'TOTAL_SUM_NOT_LESS_THAN', 'TOTAL_SUM_NOT_GREATER_THAN', 'TOTAL_SUM_NOT_GREATER_THAN_OR_EQUALS', 'TOTAL_SUM_NOT_LESS_THAN_OR_EQUALS']
const numbers = ['NUMBER_TOO_SMALL', 'NUMBER_TOO_LARGE', 'NUMBER_TOO_SMALL_EXCLUSIVE', 'NUMBER_TOO_LARGE_EXCLUSIVE', 'INVALID_NUMBER', 'INVALID_INTEGER', 'INVALID_DECIMAL']
const byType: Record<string, string[]> = {
  Number: ['MANDATORY_NUMBER', ...numbers], Currency: ['MANDATORY_NUMBER', ...numbers], Percentage: ['MANDATORY_NUMBER', ...numbers], Unit: ['MANDATORY_NUMBER', ...numbers],
  TextField: ['MANDATORY_TEXTFIELD', 'MAX_LENGTH_EXCEEDED'], TextArea: ['MANDATORY_TEXTAREA', 'MAX_LENGTH_EXCEEDED'], Radio: ['MANDATORY_RADIO'], Checkbox: ['MANDATORY_CHECKBOX'], Dropdown: ['MANDATORY_DROPDOWN'],
  Date: ['MANDATORY_DATE', 'INVALID_DATE'], MonthYearDate: ['MANDATORY_DATE', 'INVALID_DATE'], YearDate: ['MANDATORY_DATE', 'INVALID_DATE'], Duration: ['MANDATORY_DURATION', 'INVALID_DURATION'], MobileNumber: ['MANDATORY_MOBILE_NUMBER', 'INVALID_MOBILE_NUMBER'],
  Calculated: sums, DateRange: ['INVALID_DATE_RANGE', 'DATE_PERIOD_TOO_SMALL', 'DATE_PERIOD_TOO_LARGE'], MutuallyExclusive: ['MUTUALLY_EXCLUSIVE', 'MANDATORY_QUESTION'],
}

export function Messages({ pointer, label, hint, whole }: { pointer: string; label: string; hint?: string; whole?: boolean }) {
  const say = useSay()
  const value = object(useValue(pointer))
  const type = text(object(useValue(parent(parent(pointer)))).type)
  const keys = whole ? Object.keys(object(load('messages.json').schema.properties)) : (byType[type] ?? [])
  const named = (key: string) => (has(`message.${key}`) ? say(`message.${key}`) : key)
  const remaining = keys.filter((key) => !(key in value))
  return (
    <Group label={label} hint={hint}>
      {Object.keys(value).map((key) => (
        <Field key={key} label={named(key)}>
          {(props) => (
            <Input
              {...props} value={text(value[key])} onBlur={leave}
              onChange={(event) => {
                const next = { ...value, [key]: event.target.value }
                if (!event.target.value) delete next[key]
                const empty = Object.keys(next).length === 0
                set(empty && whole ? pointer : empty ? parent(pointer) : join(pointer, key), empty ? undefined : event.target.value || undefined, say('undo.change', { field: named(key) }), join(pointer, key))
              }}
            />
          )}
        </Field>
      ))}
      {remaining.length > 0 && (
        <Field label={say('message.add')} quietLabel>
          {(props) => (
            <Select {...props} value="" onChange={(event) => event.target.value && set(join(pointer, event.target.value), say('default.message'), say('undo.add', { what: named(event.target.value) }), null)}>
              <option value="">{say('message.add')}</option>
              {remaining.map((key) => (
                <option key={key} value={key}>
                  {named(key)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
    </Group>
  )
}
