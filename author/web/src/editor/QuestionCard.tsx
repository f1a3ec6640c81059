// A question and its answers: title, what explains it, a card for each answer, a plus between.
import { useState } from 'react'
import { BookOpenText, CircleAlert, Info, Plus, Text as TextIcon, Trash2, type LucideIcon } from 'lucide-react'
import { set } from '../draft/acts'
import { join } from '../draft/patch'
import { list, object, text, walk, type Element } from '../draft/walk'
import { useDraft } from '../draft/store'
import { Contents } from '../form/Contents'
import { Words } from '../form/Words'
import { IconButton } from '../parts/Button'
import { Notes } from '../parts/Field'
import { iconOf } from '../parts/icons'
import { RichText } from '../richtext/RichText'
import { Plural } from '../richtext/Plural'
import { useSay } from '../words'
import { AnswerCard } from './AnswerCard'
import { AnswerPicker } from './AnswerPicker'
import { leave, useNotes, useSet, useValue } from './bind'
import { PlusLine } from './PlusLine'
import { Sum } from './Sum'
import { useSelection, select } from './view'
import style from './Cards.module.css'

export function QuestionCard({ block, question }: { block: Element; question: Element }) {
  const say = useSay()
  const { part } = useSelection()
  const definition = useDraft((state) => state.document!.definition)
  const { pointer, value } = question
  const [opened, setOpened] = useState<Record<string, boolean>>({})
  const setTitle = useSet(join(pointer, 'title'), say('property.title'))
  const notes = useNotes(join(pointer, 'title'), true)
  const own = useNotes(pointer)
  const answers = list(value.answers).map((_, at) => walk(definition).byPointer.get(join(pointer, 'answers', at))).filter((one): one is Element => !!one)
  const dynamic = list(object(value.dynamic_answers).answers).map((_, at) => walk(definition).byPointer.get(join(pointer, 'dynamic_answers', 'answers', at))).filter((one): one is Element => !!one)
  const Icon = iconOf(block)
  const fresh = answers.length === 0 && dynamic.length === 0
  const definitionKey = 'definitions' in value ? 'definitions/0' : 'definition'
  const has = { description: 'description' in value, instruction: 'instruction' in value, guidance: 'guidance' in value, definition: 'definition' in value || 'definitions' in value, warning: 'warning' in value }
  const open = (key: string) => setOpened({ ...opened, [key]: true })
  const plural = 'text_plural' in object(value.title)
  return (
    <>
      <section className={`${style.card} ${part ? '' : style.chosen}`} data-pointer={pointer} onFocus={() => part && select(pageId(block), null, undefined, true)} onClick={() => part && select(pageId(block), null, undefined, true)}>
        <div className={style.kind}>
          <Icon size={16} aria-hidden />
          {say(`type.${text(block.value.type)}`)}
        </div>
        <div className={style.title} data-title data-pointer={join(pointer, 'title')}>
          {plural ? (
            <Plural pointer={join(pointer, 'title')} label={say('canvas.title')} />
          ) : (
            <RichText
              key={pointer} value={value.title} onChange={setTitle} onLeave={leave} place={join(pointer, 'title')} label={say('canvas.title')} placeholder={say('canvas.title-ghost')} look={fresh ? 'lone-title' : 'title'}
              toolbar={!fresh} invalid={notes.some((note) => note.severity === 'error')}
              onEnter={() => {
                const offered = document.querySelector<HTMLElement>('[data-offered]') ?? document.querySelector<HTMLElement>('[data-type]')
                offered?.focus()
                return true
              }}
            />
          )}
          <Notes notes={[...notes, ...own]} />
        </div>
        {(has.description || opened.description) && <Lines pointer={join(pointer, 'description')} title={say('property.description')} icon={TextIcon} />}
        {(has.instruction || opened.instruction) && <Lines pointer={join(pointer, 'instruction')} title={say('property.instruction')} icon={TextIcon} />}
        {(has.guidance || opened.guidance) && (
          <div className={style.part} data-pointer={join(pointer, 'guidance')}>
            <Info size={16} aria-hidden />
            <div className={style.grow}>
              <h2>
                {say('property.guidance')} <small>· {say('canvas.as-panel')}</small>
              </h2>
              <Contents pointer={join(pointer, 'guidance', 'contents')} />
            </div>
            <IconButton icon={Trash2} small label={say('do.remove-what', { what: say('property.guidance') })} onPress={() => { set(join(pointer, 'guidance'), undefined, say('undo.remove', { what: say('property.guidance') })); setOpened({ ...opened, guidance: false }) }} />
          </div>
        )}
        {(has.definition || opened.definition) && (
          <div className={style.part} data-pointer={join(pointer, 'definition')}>
            <BookOpenText size={16} aria-hidden />
            <div className={style.grow}>
              <h2>
                {say('property.definition')} <small>· {say('canvas.as-opening')}</small>
              </h2>
              {typeof value.definition === 'string' ? <Words pointer={join(pointer, 'definition')} label={say('property.definition')} /> : (
                <>
                  <Words pointer={`${pointer}/${definitionKey}/title`} label={say('canvas.definition-title')} />
                  <Contents pointer={`${pointer}/${definitionKey}/contents`} />
                </>
              )}
            </div>
            <IconButton icon={Trash2} small label={say('do.remove-what', { what: say('property.definition') })} onPress={() => { set(join(pointer, 'definitions' in value ? 'definitions' : 'definition'), undefined, say('undo.remove', { what: say('property.definition') })); setOpened({ ...opened, definition: false }) }} />
          </div>
        )}
        {(has.warning || opened.warning) && (
          <div className={style.part}>
            <CircleAlert size={16} aria-hidden />
            <div className={style.grow}>
              <h2>{say('property.warning')}</h2>
              <Words pointer={join(pointer, 'warning')} label={say('property.warning')} />
            </div>
          </div>
        )}
        {!fresh && (
          <div className={style.quietly}>
            {(Object.keys(has) as (keyof typeof has)[]).filter((key) => !has[key] && !opened[key] && !(key === 'instruction' && (value.type === 'DateRange' || value.type === 'Calculated'))).map((key) => (
              <button key={key} onClick={() => open(key)}>
                <Plus size={12} aria-hidden />
                {say(`property.${key}`)}
              </button>
            ))}
          </div>
        )}
      </section>
      {fresh ? (
        <AnswerPicker question={question} />
      ) : (
        <>
          {[...dynamic, ...answers].map((answer) => (
            <div key={answer.pointer}>
              <PlusLine label={say('add.answer')} onAdd="answer" after={question} />
              <AnswerCard answer={answer} chosen={part?.pointer === answer.pointer || part?.up?.pointer === answer.pointer} page={pageId(block)} />
            </div>
          ))}
          <PlusLine label={say('add.answer')} onAdd="answer" after={question} shown={part?.kind === 'answer'} />
          {value.type === 'Calculated' && <Sum question={question} />}
        </>
      )}
    </>
  )
}
const pageId = (block: Element): string => {
  let here: Element | null = block
  while (here && (here.nested || here.kind !== 'block')) here = here.up
  return here?.id ?? block.id
}

/** Paragraphs, a text each. */
export function Lines({ pointer, title, icon: Icon }: { pointer: string; title: string; icon: LucideIcon }) {
  const say = useSay()
  const value = list(useValue(pointer))
  const texts = value.length > 0 ? value : ['']
  return (
    <div className={style.part} data-pointer={pointer}>
      <Icon size={16} aria-hidden />
      <div className={style.grow}>
        <h2>{title}</h2>
        {texts.map((one, at) => (
          <div className={style.row} key={at}>
            <RichText
              value={one} place={join(pointer, at)} label={`${title} ${at + 1}`} onLeave={leave}
              onChange={(next) => (value.length === 0 ? set(pointer, [next], say('undo.change', { field: title }), pointer) : set(join(pointer, at), next, say('undo.change', { field: title })))}
            />
            <IconButton icon={Trash2} small label={say('do.remove-what', { what: `${title} ${at + 1}` })} onPress={() => set(value.length > 1 ? join(pointer, at) : pointer, undefined, say('undo.remove', { what: title }))} />
          </div>
        ))}
        {value.length > 0 && (
          <div>
            <button className={style.tab} onClick={() => set(join(pointer, value.length), say('default.text'), say('undo.add', { what: title }), null)}>
              {say('add.paragraph')}
            </button>
          </div>
        )}
      </div>
    </div>
  )
}
