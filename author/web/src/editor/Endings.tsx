// The pages at the end that every questionnaire has: check your answers, and thank you.
import { SchemaForm } from '../form/SchemaForm'
import { useSay } from '../words'
import type { Ending } from './view'
import style from './Cards.module.css'

export function Endings({ ending }: { ending: Ending }) {
  const say = useSay()
  return (
    <section className={`${style.card} ${style.chosen}`} data-pointer={ending === 'check-answers' ? '/definition/submission' : '/definition/post_submission'}>
      <div className={style.form}>
        <h2>{say(`ending.${ending}`)}</h2>
        <p className={style.teach}>{say(`ending.${ending}.hint`)}</p>
        {ending === 'check-answers' ? (
          <>
            <SchemaForm file="questionnaire.json" pointer="/definition" only={['questionnaire_flow']} />
            <SchemaForm file="submission.json" pointer="/definition/submission" />
          </>
        ) : (
          <SchemaForm file="post-submission.json" pointer="/definition/post_submission" />
        )}
      </div>
    </section>
  )
}
