// Surveys hold questionnaires, as folders hold papers.
import { useState } from 'react'
import { Refused, send } from '../api/client'
import type { Questionnaire, Survey } from '../api/types'
import { Box } from '../parts/Box'
import { Button } from '../parts/Button'
import { Field, Input, Notes } from '../parts/Field'
import { useSay } from '../words'
import style from './Dialogs.module.css'

export function NewSurvey({ onClose, onMade }: { onClose: () => void; onMade: () => void }) {
  const say = useSay()
  const [title, setTitle] = useState('')
  const [code, setCode] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const make = async () => {
    try {
      await send('POST', '/surveys', { title, ...(code ? { survey_id: code } : {}) })
      onMade()
      onClose()
    } catch (error) {
      setWrong(error instanceof Refused && error.problem.detail ? error.problem.detail : say('home.not-made'))
    }
  }
  return (
    <Box title={say('home.new-survey')} onClose={onClose} foot={<Button look="blue" onPress={() => void make()} reason={title.trim() ? null : say('survey.needs-title')}>{say('survey.make')}</Button>}>
      {wrong && <Notes notes={[{ severity: 'error', text: wrong }]} />}
      <Field label={say('survey.title')}>{(control) => <Input {...control} autoFocus value={title} onChange={(event) => setTitle(event.target.value)} />}</Field>
      <Field label={say('survey.code')} hint={say('survey.code-hint')}>{(control) => <Input {...control} value={code} onChange={(event) => setCode(event.target.value)} />}</Field>
    </Box>
  )
}

export function MoveToSurvey({ surveys, row, onClose, onChoose }: { surveys: Survey[]; row: Questionnaire; onClose: () => void; onChoose: (survey: string | null) => void }) {
  const say = useSay()
  return (
    <Box title={say('home.move-this', { title: row.title })} onClose={onClose}>
      <ul className={style.list}>
        {[{ id: null, title: say('survey.no') }, ...surveys].map((survey) => (
          <li key={survey.id}>
            <button className={style.pick} aria-current={(row.survey?.id ?? null) === survey.id || undefined} onClick={() => { onChoose(survey.id); onClose() }}>
              <strong>{survey.title}</strong>
            </button>
          </li>
        ))}
      </ul>
    </Box>
  )
}
