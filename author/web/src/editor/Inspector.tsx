// The properties of what is chosen, most used first; who uses it and its codes in folds.
import { useMemo, useState, type ReactNode } from 'react'
import { ChevronRight, Shuffle, Split, X } from 'lucide-react'
import { alias, at, nameOf, rename, uses } from '../draft/acts'
import { answerTypes, retype, type AnswerType } from '../draft/make'
import { join } from '../draft/patch'
import { edit, useDraft } from '../draft/store'
import { list, object, text, walk, pageOf, type Element } from '../draft/walk'
import { toPlural } from '../richtext/Plural'
import { fileOf, load } from '../form/schema'
import { SchemaForm, Group } from '../form/SchemaForm'
import { RuleButton } from '../logic/RuleButton'
import { Box } from '../parts/Box'
import { Button, IconButton } from '../parts/Button'
import { Field, Input, Notes, Select } from '../parts/Field'
import { iconOf } from '../parts/icons'
import { Tally } from '../parts/small'
import { useSession } from '../session'
import { useSay } from '../words'
import { starterWords } from './add'
import { leave, useNotes, useValue } from './bind'
import { Preview } from './Preview'
import { jump, select, useSelection } from './view'
import style from './Inspector.module.css'

type Tab = 'properties' | 'logic' | 'notes' | 'preview'

/** Properties that have a card on the canvas, or a fold of their own here. */
const onCanvas: Record<string, string[]> = {
  answer: ['id', 'type', 'label', 'description', 'options', 'q_code'],
  question: ['id', 'type', 'title', 'answers', 'description', 'instruction', 'guidance', 'definition', 'definitions', 'warning', 'calculations'],
  block: ['id', 'type', 'question', 'title', 'skip_conditions', 'routing_rules', 'primary_content', 'secondary_content', 'preview_content', 'calculation'],
  section: ['id', 'title', 'enabled', 'groups'],
  group: ['id', 'title', 'skip_conditions', 'blocks', 'routing_rules'],
}
const firstFields = ['label', 'currency', 'unit', 'unit_length', 'decimal_places', 'mandatory', 'minimum', 'maximum', 'max_length', 'rows', 'units', 'default', 'guidance', 'validation']

export function Inspector({ withPreview, onClose }: { withPreview?: boolean; onClose?: () => void }) {
  const say = useSay()
  const { row, part, ending } = useSelection()
  const [tab, setTab] = useState<Tab>('properties')
  const notes = useDraft((state) => state.document?.beside?.notes ?? {})
  const element = part ?? row
  const tabs: Tab[] = ['properties', ...(element && !ending ? (['logic', 'notes'] as Tab[]) : []), ...(withPreview ? (['preview'] as Tab[]) : [])]
  const shown = tabs.includes(tab) ? tab : 'properties'
  const count = element ? list(notes[element.id] as never).length : 0
  return (
    <aside className={style.inspector} aria-label={say('inspector.name')}>
      <div className={style.tabs}>
        <div role="tablist" aria-label={say('inspector.name')} className={style.list}>
          {tabs.map((one, index) => (
            <button
              key={one} id={`tab-${one}`} role="tab" aria-selected={shown === one} aria-controls="inspector-panel" tabIndex={shown === one ? 0 : -1} onClick={() => setTab(one)}
              onKeyDown={(event) => {
                const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
                if (!by) return
                const next = tabs[(index + by + tabs.length) % tabs.length]!
                setTab(next)
                document.getElementById(`tab-${next}`)?.focus()
              }}
            >
              {say(`inspector.${one}`)}
              {one === 'notes' && count > 0 && <Tally>{count}</Tally>}
            </button>
          ))}
        </div>
        {onClose && <IconButton icon={X} small label={say('do.close')} onPress={onClose} />}
      </div>
      <div id="inspector-panel" role="tabpanel" aria-labelledby={`tab-${shown}`} className={shown === 'preview' ? style.whole : style.panel} tabIndex={shown === 'preview' ? undefined : -1}>
        {shown === 'preview' ? (
          <Preview />
        ) : ending || !element ? (
          <p className={style.quiet}>{say(ending ? `ending.${ending}.hint` : 'inspector.settings')}</p>
        ) : shown === 'logic' ? (
          <LogicTab element={element} />
        ) : shown === 'notes' ? (
          <NotesTab element={element} />
        ) : (
          <Properties key={element.pointer} element={element} />
        )}
      </div>
    </aside>
  )
}

function Fold({ title, children, meta }: { title: ReactNode; children: ReactNode; meta?: ReactNode }) {
  return (
    <details className={style.fold}>
      <summary>
        <ChevronRight size={14} aria-hidden />
        <span>{title}</span>
        {meta && <small>{meta}</small>}
      </summary>
      <div className={style.inside}>{children}</div>
    </details>
  )
}

function Properties({ element }: { element: Element }) {
  const say = useSay()
  const Icon = iconOf(element)
  const type = text(element.value.type)
  const file = element.kind === 'section' || element.kind === 'group' ? `${element.kind}.json` : nestedFile(element, type)
  const known = useMemo(() => Object.keys(object(load(file).schema.properties)), [file])
  const skip = onCanvas[element.kind] ?? []
  const first = firstFields.filter((key) => known.includes(key) && !(element.kind !== 'answer' && key === 'guidance') && !(key === 'max_length' && known.includes('decimal_places')) && !(key === 'default' && known.includes('decimal_places')))
  const rest = known.filter((key) => !skip.includes(key) && !first.includes(key))
  const own = useNotes(element.pointer)
  return (
    <>
      <div className={style.head}>
        <Icon size={16} aria-hidden />
        <h2>{element.kind === 'answer' ? say('canvas.kind-answer', { type: say(`type.${type}`) }) : say(`type.${element.kind === 'section' || element.kind === 'group' ? element.kind : type}`)}</h2>
        {element.kind === 'answer' && <ChangeType answer={element} />}
      </div>
      <Notes notes={own} />
      {element.kind === 'answer' && known.includes('label') && <SchemaForm file={file} pointer={element.pointer} only={['label', 'description'].filter((key) => known.includes(key))} />}
      <SchemaForm file={file} pointer={element.pointer} only={first.filter((key) => key !== 'label')} />
      {element.kind === 'block' && <QuestionProperties block={element} />}
      {rest.length > 0 && (
        <Fold title={say('inspector.more')}>
          <SchemaForm file={file} pointer={element.pointer} only={rest} />
        </Fold>
      )}
      <UsedBy element={element} />
      <Codes element={element} file={file} />
    </>
  )
}
function nestedFile(element: Element, type: string): string {
  if (element.kind === 'question') return fileOf('question', type || 'General')
  if (element.kind === 'answer') return fileOf('answer', type)
  if (['ListAddQuestion', 'ListEditQuestion', 'ListRemoveQuestion'].includes(type)) return 'block/list-question.json'
  if (type === 'PrimaryPersonListAddOrEditQuestion') return 'block/primary-person-question.json'
  return fileOf('block', type)
}

/** A block's question: what kind it is, and what only that kind has. */
function QuestionProperties({ block }: { block: Element }) {
  const say = useSay()
  const definition = useDraft((state) => state.document!.definition)
  const question = walk(definition).all.find((one) => one.kind === 'question' && one.up?.pointer === block.pointer)
  if (!question) return null
  const type = text(question.value.type)
  const title = join(question.pointer, 'title')
  const change = (to: string) => {
    const ops: Parameters<typeof edit>[1][number][] = [{ op: 'replace', path: join(question.pointer, 'type'), value: to }]
    if (to === 'MutuallyExclusive' && question.value.mandatory === undefined) ops.push({ op: 'add', path: join(question.pointer, 'mandatory'), value: false })
    if (to !== 'MutuallyExclusive' && question.value.mandatory !== undefined) ops.push({ op: 'remove', path: join(question.pointer, 'mandatory') })
    if (to === 'Calculated' && !question.value.calculations) {
      const answers = list(question.value.answers).map((one) => text(object(one).id))
      ops.push({ op: 'add', path: join(question.pointer, 'calculations'), value: [{ calculation_type: 'sum', value: 100, answers_to_calculate: answers, conditions: ['equals'] }] })
    }
    if (to !== 'Calculated' && question.value.calculations) ops.push({ op: 'remove', path: join(question.pointer, 'calculations') })
    edit(say('undo.change', { field: say('question.type').toLowerCase() }), ops)
  }
  const skip = onCanvas.question!
  const known = Object.keys(object(load(fileOf('question', type || 'General')).schema.properties)).filter((key) => !skip.includes(key))
  const plural = 'text_plural' in object(question.value.title)
  return (
    <>
      <Field label={say('question.type')} hint={say(`question.${type}.hint`)}>
        {(control) => (
          <Select {...control} value={type} onChange={(event) => change(event.target.value)}>
            {['General', 'Calculated', 'DateRange', 'MutuallyExclusive'].map((one) => (
              <option key={one} value={one}>
                {say(`question.${one}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <SchemaForm file={fileOf('question', type || 'General')} pointer={question.pointer} only={known.filter((key) => ['mandatory', 'period_limits', 'validation'].includes(key))} />
      {!plural && (
        <Button size="row" icon={Shuffle} onPress={() => toPlural(title, at(title), { source: 'answers', identifier: firstNumber(definition, question) }, say('plural.do'))}>
          {say('plural.do')}
        </Button>
      )}
      {known.some((key) => !['mandatory', 'period_limits', 'validation'].includes(key)) && (
        <Fold title={say('inspector.question-more')}>
          <SchemaForm file={fileOf('question', type || 'General')} pointer={question.pointer} only={known.filter((key) => !['mandatory', 'period_limits', 'validation'].includes(key))} />
        </Fold>
      )}
    </>
  )
}
const firstNumber = (definition: Parameters<typeof walk>[0], before: Element): string =>
  walk(definition).all.findLast((one) => one.kind === 'answer' && one.order < before.order && one.value.type === 'Number')?.id ?? ''

function ChangeType({ answer }: { answer: Element }) {
  const say = useSay()
  const [asking, setAsking] = useState<{ type: AnswerType; lost: string[] } | null>(null)
  const [open, setOpen] = useState(false)
  const types: AnswerType[] = [...answerTypes.filter((one) => one !== 'DateRange'), 'MonthYearDate', 'YearDate', 'Relationship']
  const choose = (type: AnswerType, sure = false) => {
    const { answer: made, lost } = retype(answer.value, type, nameOf(answer), starterWords())
    if (lost.length > 0 && !sure) return setAsking({ type, lost })
    edit(say('undo.type', { type: say(`type.${type}`) }), [{ op: 'replace', path: answer.pointer, value: made }])
    setOpen(false)
    setAsking(null)
  }
  return (
    <>
      <Button look="link" size="row" onPress={() => setOpen(true)}>
        {say('inspector.change-type')}
      </Button>
      {open && (
        <Box
          title={say('inspector.change-type')} onClose={() => { setOpen(false); setAsking(null) }}
          foot={asking ? <Button look="blue" onPress={() => choose(asking.type, true)}>{say('type.change-to', { type: say(`type.${asking.type}`) })}</Button> : undefined}
        >
          <Field label={say('type.new')} hint={asking ? say('type.lost', { what: asking.lost.join(', ') }) : say('type.keeps')}>
            {(control) => (
              <Select {...control} value={asking?.type ?? text(answer.value.type)} onChange={(event) => choose(event.target.value as AnswerType)}>
                {types.map((type) => (
                  <option key={type} value={type}>
                    {say(`type.${type}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </Box>
      )}
    </>
  )
}

function UsedBy({ element }: { element: Element }) {
  const say = useSay()
  const definition = useDraft((state) => state.document!.definition)
  const found = useMemo(() => {
    void definition
    const seen = new Set<string>()
    return uses(element).filter((use) => {
      const key = `${pageOf(use.element)?.id ?? use.element?.id} ${use.how}`
      return !seen.has(key) && seen.add(key)
    })
  }, [element, definition])
  return (
    <Fold title={say('inspector.used-by')} meta={<Tally>{found.length}</Tally>}>
      {found.length === 0 && <p className={style.quiet}>{say('inspector.unused')}</p>}
      <ul>
        {found.map((use) => (
          <li key={use.pointer} className={style.use}>
            <button onClick={() => jump(use.pointer, use.how === 'routes' || use.how === 'skip' ? 'logic' : 'design')}>{nameOf(pageOf(use.element) ?? use.element)}</button>
            <small>{say(`use.${use.how}`)}</small>
          </li>
        ))}
      </ul>
    </Fold>
  )
}

function Codes({ element, file }: { element: Element; file: string }) {
  const say = useSay()
  const [code, setCode] = useState(element.id)
  const definition = useDraft((state) => state.document!.definition)
  const beside = useDraft((state) => state.document?.beside?.aliases?.[element.id] ?? '')
  const taken = code !== element.id && walk(definition).byId.has(code)
  const fits = /^[a-z0-9][a-z0-9-]*[a-z0-9]$/.test(code)
  const known = Object.keys(object(load(file).schema.properties))
  return (
    <Fold title={say('inspector.codes')} meta={text(element.value.q_code) ? say('inspector.q-code', { code: text(element.value.q_code) }) : undefined}>
      <Field label={say('inspector.alias')} hint={say('inspector.alias-hint')}>{(control) => <Input {...control} value={beside} onChange={(event) => alias(element.id, event.target.value)} onBlur={leave} />}</Field>
      <Field label={say('inspector.id')} hint={say('inspector.id-hint')} notes={taken ? [{ severity: 'error', text: say('inspector.id-taken') }] : !fits ? [{ severity: 'error', text: say('inspector.id-form') }] : []}>
        {(control) => (
          <Input
            {...control} className={style.mono} spellCheck={false} value={code} onChange={(event) => setCode(event.target.value)}
            onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
            onBlur={() => {
              if (code === element.id) return
              if (taken || !fits) return setCode(element.id)
              const page = pageOf(element)
              rename(element, code)
              if (element.kind === 'answer') select(page?.id ?? null, code, undefined, true)
              else select(code, null, undefined, true)
            }}
          />
        )}
      </Field>
      {element.kind === 'block' && <QuestionCode block={element} />}
      {known.includes('q_code') && <SchemaForm file={file} pointer={element.pointer} only={['q_code']} />}
      {'options' in element.value && <OptionCodes pointer={join(element.pointer, 'options')} />}
    </Fold>
  )
}
function QuestionCode({ block }: { block: Element }) {
  const say = useSay()
  const definition = useDraft((state) => state.document!.definition)
  const question = walk(definition).all.find((one) => one.kind === 'question' && one.up?.pointer === block.pointer)
  const [code, setCode] = useState(question?.id ?? '')
  if (!question) return null
  return (
    <Field label={say('inspector.question-id')}>
      {(control) => (
        <Input {...control} className={style.mono} spellCheck={false} value={code} onChange={(event) => setCode(event.target.value)}
          onBlur={() => { if (code !== question.id && /^[a-z0-9][a-z0-9-]*[a-z0-9]$/.test(code) && !walk(definition).byId.has(code)) rename(question, code); else setCode(question.id) }} />
      )}
    </Field>
  )
}
function OptionCodes({ pointer }: { pointer: string }) {
  const say = useSay()
  const options = list(useValue(pointer)).map(object)
  return (
    <Group label={say('inspector.option-values')} hint={say('inspector.option-values-hint')}>
      {options.map((_, index) => (
        <div key={index} className={style.pair}>
          <SchemaOption pointer={join(pointer, index)} number={index + 1} />
        </div>
      ))}
    </Group>
  )
}
function SchemaOption({ pointer, number }: { pointer: string; number: number }) {
  const say = useSay()
  const value = object(useValue(pointer))
  const write = (key: string, to: string) => edit(say('undo.change', { field: say('inspector.option-value', { number }) }), [{ op: key in value ? 'replace' : 'add', path: join(pointer, key), value: to }], join(pointer, key))
  return (
    <>
      <Field label={say('inspector.option-value', { number })}>{(control) => <Input {...control} value={text(value.value)} onChange={(event) => write('value', event.target.value)} onBlur={leave} />}</Field>
      <Field label={say('inspector.option-code', { number })}>{(control) => <Input {...control} value={text(value.q_code)} onChange={(event) => (event.target.value ? write('q_code', event.target.value) : edit(say('undo.change', { field: say('property.q_code') }), [{ op: 'remove', path: join(pointer, 'q_code') }]))} onBlur={leave} />}</Field>
    </>
  )
}

function LogicTab({ element }: { element: Element }) {
  const say = useSay()
  const holder = pageOf(element) ?? element
  const rule = holder.kind === 'section' ? join(holder.pointer, 'enabled', 'when') : join(holder.pointer, 'skip_conditions', 'when')
  return (
    <div className={style.stack}>
      <h3>{say(holder.kind === 'section' ? 'logic.enabled' : 'logic.skip')}</h3>
      <RuleButton pointer={rule} label={say(holder.kind === 'section' ? 'logic.enabled' : 'logic.skip')} />
      {holder.kind === 'block' && (
        <Button size="row" icon={Split} onPress={() => select(holder.id, null, 'logic')}>
          {say('route.edit')}
        </Button>
      )}
    </div>
  )
}

function NotesTab({ element }: { element: Element }) {
  const say = useSay()
  const user = useSession((state) => state.session?.user)
  const [words, setWords] = useState('')
  const path = join('/beside/notes', element.id)
  const notes = list(useValue(path)).map(object)
  const add = () => {
    if (!words.trim()) return
    const note = { text: words.trim(), by: user?.name ?? '', at: new Date().toISOString() }
    const holder = at('/beside/notes')
    const ops: Parameters<typeof edit>[1][number][] = holder === undefined ? [{ op: 'add', path: '/beside/notes', value: { [element.id]: [note] } }] : notes.length ? [{ op: 'add', path: join(path, notes.length), value: note }] : [{ op: 'add', path, value: [note] }]
    edit(say('undo.note'), ops)
    setWords('')
  }
  return (
    <div className={style.stack}>
      {notes.length === 0 && <p className={style.quiet}>{say('notes.none')}</p>}
      <ul className={style.stack}>
        {notes.map((note, index) => (
          <li key={index} className={style.note}>
            <strong>{text(note.by)}</strong> <small>{text(note.at).slice(0, 10)}</small>
            <p>{text(note.text)}</p>
            <Button look="link" size="row" onPress={() => edit(say('undo.note-done'), [{ op: 'remove', path: notes.length > 1 ? join(path, index) : path }])}>
              {say('notes.done')}
            </Button>
          </li>
        ))}
      </ul>
      <Field label={say('notes.new')}>{(control) => <textarea {...control} className={style.area} value={words} onChange={(event) => setWords(event.target.value)} />}</Field>
      <Button size="row" onPress={add} reason={words.trim() ? null : say('notes.empty')}>
        {say('notes.add')}
      </Button>
    </div>
  )
}
