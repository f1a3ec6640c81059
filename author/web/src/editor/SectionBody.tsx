// A section or group on the canvas: its title, when it is shown, what it holds.
import { Folder, Layers } from 'lucide-react'
import { nameOf } from '../draft/acts'
import { join } from '../draft/patch'
import { useDraft } from '../draft/store'
import { text, walk, type Element } from '../draft/walk'
import { Input, Notes } from '../parts/Field'
import { iconOf } from '../parts/icons'
import { RuleButton } from '../logic/RuleButton'
import { useSay } from '../words'
import { Button } from '../parts/Button'
import { leave, useNotes, useSet } from './bind'
import { PlusLine } from './PlusLine'
import { select } from './view'
import style from './Cards.module.css'

export function SectionBody({ element }: { element: Element }) {
  const say = useSay()
  const section = element.kind === 'section'
  const definition = useDraft((state) => state.document!.definition)
  const change = useSet(join(element.pointer, 'title'), say('property.title'))
  const notes = useNotes(join(element.pointer, 'title'))
  const own = useNotes(element.pointer)
  const blocks = walk(definition).all.filter((one) => one.kind === 'block' && !one.nested && one.pointer.startsWith(`${element.pointer}/`))
  const Icon = section ? Layers : Folder
  const rule = join(element.pointer, section ? 'enabled' : 'skip_conditions', 'when')
  return (
    <div className={style.stack}>
      <section className={`${style.card} ${style.chosen}`} data-pointer={element.pointer}>
        <div className={style.kind}>
          <Icon size={16} aria-hidden />
          {say(`type.${element.kind}`)}
        </div>
        <div className={style.form}>
          <Input data-title data-pointer={join(element.pointer, 'title')} aria-label={say('property.title')} placeholder={say(`name.untitled.${element.kind}`)} value={text(element.value.title)} onChange={(event) => change(event.target.value || undefined)} onBlur={leave} />
          <Notes notes={[...notes, ...own]} />
          <div className={style.when}>
            <span>{say(section ? 'logic.enabled' : 'logic.skip')}</span>
            <RuleButton pointer={rule} label={say(section ? 'logic.enabled' : 'logic.skip')} />
          </div>
        </div>
      </section>
      <section className={style.card} aria-label={say('canvas.holds')}>
        <div className={style.form}>
          <h2>{say('home.blocks', { count: blocks.length })}</h2>
          {section && (
            <ul aria-label={say('section.groups')}>
              {walk(definition).all.filter((one) => one.kind === 'group' && one.up?.pointer === element.pointer).map((one) => (
                <li key={one.pointer}>
                  <Button look="link" icon={Folder} onPress={() => select(one.id)}>
                    {say('section.group', { name: nameOf(one) })}
                  </Button>
                </li>
              ))}
            </ul>
          )}
          <ul>
            {blocks.map((block) => {
              const One = iconOf(block)
              return (
                <li key={block.pointer}>
                  <Button look="link" onPress={() => select(block.id)}>
                    <One size={16} aria-hidden /> {nameOf(block)}
                  </Button>
                </li>
              )
            })}
          </ul>
        </div>
      </section>
      <PlusLine label={say('add.after', { name: nameOf(element) })} onAdd="block" after={element} />
    </div>
  )
}
