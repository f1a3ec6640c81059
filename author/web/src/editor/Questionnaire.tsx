// What belongs to the questionnaire as a whole: its title and codes, launch data, flow, look, messages.
import { SchemaForm } from '../form/SchemaForm'
import { Metadata } from './Metadata'
import { useSay } from '../words'
import style from './Cards.module.css'

const groups: [string, string[]][] = [
  ['about', ['title', 'description', 'survey_id', 'form_type', 'language', 'theme', 'legal_basis', 'region_code', 'data_version', 'session_timeout_in_seconds']],
  ['flow', ['questionnaire_flow', 'preview_questions', 'individual_response']],
  ['messages', ['messages']],
  ['supplied', ['supplementary_data', 'sds_schema_version']],
  ['codes', ['answer_codes', 'mime_type', 'schema_version', 'variables', 'navigation']],
]

export function Questionnaire() {
  const say = useSay()
  return (
    <div className={style.stack}>
      {groups.map(([name, only]) => (
        <section key={name} className={style.card} aria-labelledby={`group-${name}`}>
          <div className={style.form}>
            <h2 id={`group-${name}`}>{say(`settings.${name}`)}</h2>
            <SchemaForm file="questionnaire.json" pointer="/definition" only={only} />
          </div>
        </section>
      ))}
      <section className={style.card} aria-labelledby="group-launch">
        <div className={style.form}>
          <h2 id="group-launch">{say('settings.launch')}</h2>
          <p className={style.teach}>{say('settings.launch-hint')}</p>
          <Metadata />
        </div>
      </section>
    </div>
  )
}
