// What a block holds, by its kind: a question or its wordings, a page of text, a total, a list with its pages.
import { useState } from 'react'
import { Trash2 } from 'lucide-react'
import { join } from '../draft/patch'
import { useDraft } from '../draft/store'
import { list, nestedKeys, object, text, walk, type Element } from '../draft/walk'
import { SchemaForm } from '../form/SchemaForm'
import { IconButton } from '../parts/Button'
import { kindIcon } from '../parts/icons'
import { RuleButton } from '../logic/RuleButton'
import { useSay } from '../words'
import { removeVariant } from './add'
import { ContentCard, IntroductionCard } from './ContentCard'
import { QuestionCard } from './QuestionCard'
import { TotalCard } from './TotalCard'
import { show, useView } from './view'
import style from './Cards.module.css'

export function BlockBody({ block }: { block: Element }) {
  const kind = text(block.value.type)
  if (kind === 'Introduction') return <IntroductionCard block={block} />
  if (kind === 'CalculatedSummary' || kind === 'GrandCalculatedSummary') return <TotalCard block={block} />
  if (kind === 'AnswerSummary') return <Other block={block} />
  const nested = [...nestedKeys.filter((key) => key in block.value), ...list(block.value.repeating_blocks).map((_, at) => `repeating_blocks/${at}`)]
  return nested.length > 0 ? <Pages block={block} pages={nested} /> : <Wording block={block} />
}

/** The one wording of a block, or the chosen one of several. */
function Wording({ block }: { block: Element }) {
  const say = useSay()
  const chosen = useView((view) => view.variant)
  const definition = useDraft((state) => state.document!.definition)
  const what = 'content' in block.value || 'content_variants' in block.value ? 'content' : 'question'
  const variants = list(block.value[`${what}_variants`])
  if (variants.length === 0) {
    const pointer = join(block.pointer, what)
    if (what === 'content') return <ContentCard block={block} pointer={pointer} />
    const question = walk(definition).byPointer.get(pointer)
    return question ? <QuestionCard key={question.id} block={block} question={question} /> : <Other block={block} />
  }
  const at = Math.min(chosen, variants.length - 1)
  const base = join(block.pointer, `${what}_variants`, at)
  const question = walk(definition).byPointer.get(join(base, 'question'))
  return (
    <>
      <div className={style.tabs}>
        <span className={style.tabs} role="tablist" aria-label={say('variant.name')}>
        {variants.map((_, index) => (
          <button key={index} role="tab" aria-selected={index === at} className={style.tab} onClick={() => show({ variant: index })}>
            {say('variant.number', { number: index + 1 })}
          </button>
        ))}
        </span>
        <span className={style.space} />
        <IconButton icon={Trash2} small label={say('variant.remove', { number: at + 1 })} onPress={() => removeVariant(block, at)} />
      </div>
      <div className={style.when}>
        <span>{say('variant.when')}</span>
        <RuleButton pointer={join(base, 'when')} label={say('variant.when')} required />
      </div>
      {what === 'content' ? <ContentCard key={at} block={block} pointer={join(base, 'content')} /> : question && <QuestionCard key={at} block={block} question={question} />}
    </>
  )
}

/** A list's pages as one pattern: does anyone else …, add, edit, remove, and what is asked of each. */
function Pages({ block, pages }: { block: Element; pages: string[] }) {
  const say = useSay()
  const definition = useDraft((state) => state.document!.definition)
  const [page, setPage] = useState('')
  const inner = page && pages.includes(page) ? walk(definition).byPointer.get(`${block.pointer}/${page}`) : null
  const words = (key: string) => (key.startsWith('repeating') ? say('page.repeating', { number: Number(key.split('/')[1]) + 1 }) : say(`page.${key}`))
  return (
    <>
      <div className={style.tabs} role="tablist" aria-label={say('page.name')}>
        {['', ...pages].map((key) => (
          <button key={key} role="tab" aria-selected={key === page} className={style.tab} onClick={() => setPage(key)}>
            {key === '' ? say('page.question') : words(key)}
          </button>
        ))}
      </div>
      <p className={style.teach}>{say(page ? `page.${page.split('/')[0]}.hint` : `type.${text(block.value.type)}.hint`)}</p>
      <Wording key={page} block={inner ?? block} />
    </>
  )
}

/** What has no card of its own is edited by its properties. */
function Other({ block }: { block: Element }) {
  const say = useSay()
  const Icon = kindIcon(text(block.value.type))
  return (
    <section className={style.card} data-pointer={block.pointer}>
      <div className={style.kind}>
        <Icon size={16} aria-hidden />
        {say(`type.${text(block.value.type)}`)}
      </div>
      <SchemaForm file={`block/${text(object(block.value).type).replace(/[A-Z]/g, (letter, index: number) => (index ? '-' : '') + letter.toLowerCase())}.json`} pointer={block.pointer} skip={['id', 'type']} />
    </section>
  )
}
