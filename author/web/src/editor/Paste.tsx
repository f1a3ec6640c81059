// Several questions pasted at once: their types are guessed, shown, and made in one edit.
import { useMemo, useState } from 'react'
import { answerTypes, type AnswerType } from '../draft/make'
import { Box } from '../parts/Box'
import { Button } from '../parts/Button'
import { Area, Field, Select } from '../parts/Field'
import { useSay } from '../words'
import { addQuestions, readLines } from './add'
import style from './Paste.module.css'

export default function Paste({ onClose }: { onClose: () => void }) {
  const say = useSay()
  const [pasted, setPasted] = useState('')
  const [types, setTypes] = useState<Record<number, AnswerType>>({})
  const lines = useMemo(() => readLines(pasted).map((line, at) => ({ ...line, type: types[at] ?? line.type })), [pasted, types])
  return (
    <Box
      title={say('paste.title')} onClose={onClose} wide
      foot={<Button look="blue" reason={lines.length ? null : say('paste.nothing')} onPress={() => { addQuestions(lines); onClose() }}>{say('paste.do', { count: lines.length })}</Button>}
    >
      <Field label={say('paste.field')} hint={say('paste.hint')}>{(control) => <Area {...control} autoFocus className={style.area} value={pasted} onChange={(event) => setPasted(event.target.value)} />}</Field>
      {lines.length > 0 && (
        <table className={style.table}>
          <thead>
            <tr>
              <th scope="col">{say('type.Question')}</th>
              <th scope="col">{say('pick.title')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line, at) => (
              <tr key={at}>
                <th scope="row">
                  {line.title}
                  {line.options.length > 0 && <small>{line.options.join(', ')}</small>}
                </th>
                <td>
                  <Select aria-label={say('paste.type-of', { title: line.title })} value={line.type ?? ''} onChange={(event) => setTypes({ ...types, [at]: event.target.value as AnswerType })}>
                    <option value="">{say('paste.later')}</option>
                    {answerTypes.map((type) => (
                      <option key={type} value={type}>
                        {say(`type.${type}`)}
                      </option>
                    ))}
                  </Select>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Box>
  )
}
