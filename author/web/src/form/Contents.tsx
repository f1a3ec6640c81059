// Headings, paragraphs, lists, and panels within: the body of guidance, definitions and pages.
import { ChevronDown, ChevronUp, Heading, List, Plus, Text as TextIcon, Trash2 } from 'lucide-react'
import type { Json, JsonObject } from '../api/types'
import { set } from '../draft/acts'
import { join } from '../draft/patch'
import { edit } from '../draft/store'
import { list, object } from '../draft/walk'
import { leave, useNotes, useValue } from '../editor/bind'
import { Button, IconButton } from '../parts/Button'
import { Notes } from '../parts/Field'
import { Plural } from '../richtext/Plural'
import { RichText } from '../richtext/RichText'
import { useSay } from '../words'
import { Words } from './Words'
import style from './Contents.module.css'

export function Contents({ pointer, depth = 0 }: { pointer: string; depth?: number }) {
  const say = useSay()
  const value = list(useValue(pointer)).map(object)
  const notes = useNotes(pointer)
  const add = (item: JsonObject) => set(pointer, [...value, item], say('undo.add', { what: say('content.name') }), null)
  const row = (at: number, key: string, of: Json, label: string, look: 'bold' | 'field') =>
    'text_plural' in object(of) ? (
      <Plural pointer={join(pointer, at, key)} label={label} />
    ) : (
      <RichText value={of} place={join(pointer, at, key)} label={label} look={look} onLeave={leave} onChange={(next) => set(join(pointer, at, key), next, say('undo.change', { field: label.toLowerCase() }))} />
    )
  return (
    <div className={style.contents} data-pointer={pointer}>
      {value.map((item, at) => (
        <div key={at} className={style.item}>
          <div className={style.grow}>
            {'title' in item && row(at, 'title', item.title!, say('content.heading'), 'bold')}
            {'description' in item && row(at, 'description', item.description!, say('content.paragraph'), 'field')}
            {'list' in item && <Bullets pointer={join(pointer, at, 'list')} value={list(item.list)} />}
            {'definition' in item && (
              <div className={style.inner}>
                <Words pointer={join(pointer, at, 'definition', 'title')} label={say('canvas.definition-title')} />
                {depth < 3 && <Contents pointer={join(pointer, at, 'definition', 'contents')} depth={depth + 1} />}
              </div>
            )}
            {'guidance' in item && <div className={style.inner}>{depth < 3 && <Contents pointer={join(pointer, at, 'guidance', 'contents')} depth={depth + 1} />}</div>}
            <span className={style.more}>
              {!('description' in item) && !('definition' in item) && !('guidance' in item) && <button onClick={() => set(join(pointer, at, 'description'), say('default.text'), say('undo.add', { what: say('content.paragraph') }), null)}>{say('content.add-paragraph-here')}</button>}
              {!('list' in item) && !('definition' in item) && !('guidance' in item) && <button onClick={() => set(join(pointer, at, 'list'), [''], say('undo.add', { what: say('content.list') }), null)}>{say('content.add-list-here')}</button>}
            </span>
          </div>
          <IconButton icon={ChevronUp} small label={say('content.up', { number: at + 1 })} reason={at === 0 ? say('move.edge') : null} onPress={() => edit(say('undo.move', { name: say('content.name') }), [{ op: 'move', from: join(pointer, at), path: join(pointer, at - 1) }])} />
          <IconButton icon={ChevronDown} small label={say('content.down', { number: at + 1 })} reason={at === value.length - 1 ? say('move.edge') : null} onPress={() => edit(say('undo.move', { name: say('content.name') }), [{ op: 'move', from: join(pointer, at), path: join(pointer, at + 1) }])} />
          <IconButton icon={Trash2} small label={say('content.delete', { number: at + 1 })} onPress={() => set(value.length > 1 ? join(pointer, at) : pointer, undefined, say('undo.delete', { name: say('content.name') }), null)} />
        </div>
      ))}
      <Notes notes={notes} />
      <div className={style.add}>
        <Button size="row" icon={TextIcon} onPress={() => add({ description: say('default.text') })}>
          {say('content.paragraph')}
        </Button>
        <Button size="row" icon={Heading} onPress={() => add({ title: say('default.heading') })}>
          {say('content.heading')}
        </Button>
        <Button size="row" icon={List} onPress={() => add({ list: [''] })}>
          {say('content.list')}
        </Button>
        {depth < 1 && (
          <Button size="row" icon={Plus} onPress={() => add({ guidance: { contents: [{ description: say('default.text') }] } })}>
            {say('content.panel')}
          </Button>
        )}
        {depth < 1 && (
          <Button size="row" icon={Plus} onPress={() => add({ definition: { title: say('default.heading'), contents: [{ description: say('default.text') }] } })}>
            {say('content.opening')}
          </Button>
        )}
      </div>
    </div>
  )
}

function Bullets({ pointer, value }: { pointer: string; value: Json[] }) {
  const say = useSay()
  const focus = (at: number) => setTimeout(() => document.querySelectorAll<HTMLElement>(`[data-bullets="${CSS.escape(pointer)}"] [contenteditable=true]`)[at]?.focus(), 40)
  const add = (at: number) => {
    edit(say('undo.add', { what: say('content.bullet') }), [{ op: 'add', path: join(pointer, at), value: '' }])
    focus(at)
  }
  return (
    <ul className={style.bullets} data-bullets={pointer}>
      {value.map((one, at) => (
        <li key={at}>
          <RichText
            value={one} place={join(pointer, at)} label={say('content.bullet-number', { number: at + 1 })} onLeave={leave} onChange={(next) => set(join(pointer, at), next, say('undo.change', { field: say('content.bullet') }))}
            onEnter={() => { add(at + 1); return true }}
            onEmptyBackspace={() => {
              if (value.length < 2) return false
              set(join(pointer, at), undefined, say('undo.delete', { name: say('content.bullet') }), null)
              focus(Math.max(0, at - 1))
              return true
            }}
            onPasteLines={(lines) => { edit(say('undo.paste-options', { count: lines.length }), lines.map((line, index) => (index === 0 && one === '' ? { op: 'replace' as const, path: join(pointer, at), value: line } : { op: 'add' as const, path: join(pointer, at + index + (one === '' ? 0 : 1)), value: line }))); return true }}
          />
        </li>
      ))}
      <li className={style.none}>
        <button onClick={() => add(value.length)}>{say('content.add-bullet')}</button>
      </li>
    </ul>
  )
}
