// Pages that ask nothing: information pages, and the introduction.
import { BookOpen, FileText } from 'lucide-react'
import { newId } from '../draft/make'
import { join } from '../draft/patch'
import { list, object, text, type Element } from '../draft/walk'
import { Contents } from '../form/Contents'
import { SchemaForm } from '../form/SchemaForm'
import { Notes } from '../parts/Field'
import { RichText } from '../richtext/RichText'
import { Plural } from '../richtext/Plural'
import { useSay } from '../words'
import { set, remove } from '../draft/acts'
import { Button, IconButton } from '../parts/Button'
import { Plus, Trash2 } from 'lucide-react'
import { leave, useNotes, useSet, useValue } from './bind'
import style from './Cards.module.css'

export function ContentCard({ block, pointer }: { block: Element; pointer: string }) {
  const say = useSay()
  const title = useValue(join(pointer, 'title'))
  const setTitle = useSet(join(pointer, 'title'), say('property.title'))
  const notes = useNotes(join(pointer, 'title'), true)
  return (
    <section className={`${style.card} ${style.chosen}`} data-pointer={pointer}>
      <div className={style.kind}>
        <FileText size={16} aria-hidden />
        {say(`type.${text(block.value.type)}`)}
      </div>
      <div className={style.title} data-title data-pointer={join(pointer, 'title')}>
        {'text_plural' in object(title) ? (
          <Plural pointer={join(pointer, 'title')} label={say('canvas.title')} />
        ) : (
          <RichText value={title} onChange={setTitle} onLeave={leave} place={join(pointer, 'title')} label={say('canvas.title')} placeholder={say('canvas.page-ghost')} look="title" toolbar />
        )}
        <Notes notes={notes} />
      </div>
      <div className={style.part}>
        <div className={style.grow}>
          <Contents pointer={join(pointer, 'contents')} />
        </div>
      </div>
    </section>
  )
}

export function IntroductionCard({ block }: { block: Element }) {
  const say = useSay()
  const { pointer, value } = block
  const notes = useNotes(pointer, true)
  return (
    <div className={style.stack}>
      <section className={`${style.card} ${style.chosen}`} data-pointer={pointer} aria-label={say('type.Introduction')}>
        <div className={style.kind}>
          <BookOpen size={16} aria-hidden />
          {say('type.Introduction')}
        </div>
        <Parts pointer={join(pointer, 'primary_content')} value={list(value.primary_content).map(object)} heading={say('property.primary_content')} />
        <Notes notes={notes} />
      </section>
      <section className={style.card} aria-label={say('property.preview_content')}>
        <div className={style.form}>
          <h2>{say('property.preview_content')}</h2>
          <SchemaForm file="block/introduction.json" pointer={pointer} only={['preview_content']} />
        </div>
      </section>
      <section className={style.card} aria-label={say('property.secondary_content')}>
        <Parts pointer={join(pointer, 'secondary_content')} value={list(value.secondary_content).map(object)} heading={say('property.secondary_content')} untitled />
      </section>
    </div>
  )
}

function Parts({ pointer, value, heading, untitled }: { pointer: string; value: Record<string, import('../api/types').Json>[]; heading: string; untitled?: boolean }) {
  const say = useSay()
  return (
    <div className={style.form}>
      <h2>{heading}</h2>
      {value.map((part, at) => (
        <div className={style.item} key={at} data-pointer={join(pointer, at)}>
          <header>
            <span>{say('content.part', { number: at + 1 })}</span>
            <IconButton icon={Trash2} small label={say('do.remove-what', { what: say('content.part', { number: at + 1 }) })} onPress={() => (value.length > 1 ? remove(join(pointer, at), say('undo.remove', { what: heading })) : set(pointer, undefined, say('undo.remove', { what: heading }), null))} />
          </header>
          {!untitled && <PartTitle pointer={join(pointer, at, 'title')} value={part.title} />}
          <Contents pointer={join(pointer, at, 'contents')} />
        </div>
      ))}
      <div>
        <Button size="row" icon={Plus} onPress={() => set(pointer, [...value, { id: newId('content'), ...(untitled ? {} : { title: say('default.heading') }), contents: [{ description: say('default.text') }] }], say('undo.add', { what: heading }), null)}>
          {say('content.add-part')}
        </Button>
      </div>
    </div>
  )
}
function PartTitle({ pointer, value }: { pointer: string; value: import('../api/types').Json | undefined }) {
  const say = useSay()
  const change = useSet(pointer, say('property.title'))
  return <RichText value={value} onChange={(next) => change(next === '' ? undefined : next)} onLeave={leave} place={pointer} label={say('property.title')} placeholder={say('property.title')} look="bold" />
}
