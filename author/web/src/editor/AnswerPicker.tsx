// How is it answered? The type that the question's words ask for is offered, Enter takes it.
import { useState } from 'react'
import { ChevronDown, ClipboardPaste, FileUp, Lightbulb } from 'lucide-react'
import { answerTypes, guess, type AnswerType } from '../draft/make'
import { useDraft } from '../draft/store'
import { raw, strip } from '../draft/text'
import { blocksOf, type Element } from '../draft/walk'
import { Button } from '../parts/Button'
import { answerIcon } from '../parts/icons'
import { useSay } from '../words'
import { addAnswer } from './add'
import { show } from './view'
import style from './Cards.module.css'

export function AnswerPicker({ question }: { question: Element }) {
  const say = useSay()
  const definition = useDraft((state) => state.document!.definition)
  const title = strip(raw(question.value.title))
  const offered = guess(title)
  const [more, setMore] = useState(false)
  const types = answerTypes.slice(0, more || (offered && answerTypes.indexOf(offered.type as never) >= 12) ? undefined : 12)
  const choose = (type: AnswerType) => addAnswer(question, type)
  const alone = blocksOf(definition).length < 4
  return (
    <>
      <section
        className={`${style.card} ${style.chosen} ${style['pick-card']}`} aria-labelledby="how-answered"
        onKeyDown={(event) => {
          if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey || event.key === ' ') return
          const found = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-type]')].find((one) => one.textContent?.toLowerCase().startsWith(event.key.toLowerCase()) && one !== document.activeElement)
          if (found) {
            event.preventDefault()
            event.stopPropagation()
            found.focus()
          }
        }}
      >
        <div className={style.pick}>
          <header>
            <h2 id="how-answered">{say('pick.title')}</h2>
            <span>{say('pick.type-name')}</span>
          </header>
          {offered && (
            <div className={style.offer}>
              <Lightbulb size={16} aria-hidden />
              <span>{say('pick.offer', { words: offered.because, type: say(`type.${offered.type}`).toLowerCase() })}</span>
              <kbd>Enter</kbd>
              {say('pick.to-choose')}
            </div>
          )}
          <div className={style.types}>
            {types.map((type) => {
              const Icon = answerIcon(type)
              return (
                <button key={type} className={style.type} data-type={type} {...(offered?.type === type ? { 'data-offered': '' } : {})} onClick={() => choose(type)}>
                  <Icon size={16} aria-hidden />
                  <span>
                    <strong>{say(`type.${type}`)}</strong>
                    <small>{say(`type.${type}.hint`)}</small>
                  </span>
                </button>
              )
            })}
          </div>
          {types.length < answerTypes.length && (
            <div>
              <Button look="link" icon={ChevronDown} onPress={() => setMore(true)}>
                {say('pick.more', { count: answerTypes.length - types.length })}
              </Button>
            </div>
          )}
        </div>
      </section>
      {alone && (
        <section className={style.starts} aria-labelledby="or-start">
          <p id="or-start">{say('pick.or')}</p>
          <div className={style['start-list']}>
            {(
              [
                ['paste', ClipboardPaste, () => show({ dialogue: 'paste' })],
                ['json', FileUp, () => show({ dialogue: 'json' })],
              ] as const
            ).map(([key, Icon, run]) => (
              <button key={key} className={style.start} onClick={run}>
                <Icon size={18} aria-hidden />
                <strong>{say(`pick.${key}`)}</strong>
                <span>{say(`pick.${key}-hint`)}</span>
              </button>
            ))}
          </div>
        </section>
      )}
    </>
  )
}
