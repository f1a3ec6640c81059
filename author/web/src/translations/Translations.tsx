// Languages side by side: the source as it is now, the translation, and whether one still follows the other.
import { useCallback, useEffect, useMemo, useState } from 'react'
import { Check, CircleDashed, History, Pencil, Plus, Search } from 'lucide-react'
import { read } from '../api/client'
import type { Draft, Json, JsonObject, TranslatedText } from '../api/types'
import { nameOf } from '../draft/acts'
import { get, join, parent } from '../draft/patch'
import { edit, useDraft } from '../draft/store'
import { around, list, nearest, object, pageOf, text, type Element } from '../draft/walk'
import { leave } from '../editor/bind'
import { select, show } from '../editor/view'
import { Button } from '../parts/Button'
import { Field, Select } from '../parts/Field'
import { iconOf } from '../parts/icons'
import { RichText } from '../richtext/RichText'
import { has, useSay } from '../words'
import style from './Translations.module.css'

type Place = { key: string; pointer: string; text: string; form?: string | null }
type State = 'missing' | 'stale' | 'draft' | 'checked'
type Row = Place & { state: State; target: TranslatedText | undefined; page: Element | null; section: Element | null }
const others = ['cy', 'ga', 'eo', 'en']
const filters = ['all', 'todo', 'missing', 'stale', 'draft'] as const
const signs = { missing: CircleDashed, stale: History, draft: Pencil, checked: Check }

export default function Translations() {
  const say = useSay()
  const id = useDraft((state) => state.id)!
  const saved = useDraft((state) => state.saved)
  const document = useDraft((state) => state.document!)
  const base = text(document.definition.language) || 'en'
  const known = Object.keys(document.translations ?? {})
  const [chosen, setChosen] = useState<string | null>(null)
  const language = chosen && known.includes(chosen) ? chosen : (known[0] ?? null)
  const [places, setPlaces] = useState<Place[]>([])
  const [filter, setFilter] = useState<(typeof filters)[number]>('all')
  const [section, setSection] = useState<string | null>(null)
  const [words, setWords] = useState('')
  useEffect(() => {
    let live = true
    void read<Draft & { texts?: Place[] }>(`/questionnaires/${id}/draft?texts=true`).then((found) => live && setPlaces((found.texts as Place[] | undefined) ?? []), () => undefined)
    return () => {
      live = false
    }
  }, [id, saved])
  const rows = useMemo((): Row[] => {
    const translations = language ? (document.translations[language] ?? {}) : {}
    return places.map((place) => {
      const target = translations[place.key]
      const element = nearest(document.definition, `/definition${place.pointer}`)
      const now = text(get(document.definition as never, place.pointer)) || place.text
      const state: State = !target || text(target.text) === '' ? 'missing' : text(target.source) !== '' && text(target.source) !== now ? 'stale' : target.checked === false ? 'draft' : 'checked'
      return { ...place, text: now, target, state, page: pageOf(element) ?? element, section: around(element, 'section') }
    })
  }, [places, language, document])
  const shown = rows.filter(
    (row) =>
      (filter === 'all' || (filter === 'todo' ? row.state !== 'checked' : row.state === filter)) && (section === null || (row.section?.id ?? '') === section) && (!words || `${row.text} ${text(row.target?.text)}`.toLowerCase().includes(words.toLowerCase())),
  )
  const sections = useMemo(() => {
    const found = new Map<string, { name: string; all: number; done: number }>()
    for (const row of rows) {
      const key = row.section?.id ?? ''
      const entry = found.get(key) ?? { name: row.section ? nameOf(row.section) : say('translate.whole'), all: 0, done: 0 }
      entry.all += 1
      entry.done += row.state === 'checked' ? 1 : 0
      found.set(key, entry)
    }
    return [...found]
  }, [rows, say])
  const done = rows.filter((row) => row.state === 'checked').length
  const write = useCallback(
    (row: Row, change: Partial<TranslatedText>) => {
      if (!language) return
      const path = join('/translations', language, row.key)
      const before = row.target
      const value = { text: before?.text ?? '', source: row.text, checked: false, ...change } as unknown as JsonObject
      if (text(value.text) === '') edit(say('undo.translate'), before ? [{ op: 'remove', path }] : [], path)
      else edit(say('undo.translate'), [{ op: before ? 'replace' : 'add', path, value }], path)
    },
    [language, say],
  )
  const add = (code: string) => {
    const ops: Parameters<typeof edit>[1][number][] = document.translations ? [{ op: 'add', path: join('/translations', code), value: {} }] : [{ op: 'add', path: '/translations', value: { [code]: {} } }]
    edit(say('translate.add', { language: say(`language.${code}`) }), ops)
    setChosen(code)
  }
  const missing = others.filter((code) => code !== base && !known.includes(code))
  if (!language) {
    return (
      <main id="main" className={style.none} tabIndex={-1}>
        <h1>{say('mode.translations')}</h1>
        <p>{say('translate.none', { language: say(`language.${base}`) })}</p>
        <div className={style.acts}>
          {missing.map((code) => (
            <Button key={code} icon={Plus} onPress={() => add(code)}>
              {say('translate.add', { language: say(`language.${code}`) })}
            </Button>
          ))}
        </div>
      </main>
    )
  }
  let page: Element | null | undefined
  return (
    <>
      <nav className={style.side} aria-label={say('translate.sections')}>
        <Field label={say('property.language')}>
          {(control) => (
            <Select {...control} value={language} onChange={(event) => (known.includes(event.target.value) ? setChosen(event.target.value) : add(event.target.value))}>
              {known.map((code) => (
                <option key={code} value={code}>
                  {say(`language.${code}`)}
                </option>
              ))}
              {missing.map((code) => (
                <option key={code} value={code}>
                  {say('translate.add', { language: say(`language.${code}`) })}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <p className={style.share}>
          <strong>{say('home.percent', { share: rows.length ? Math.floor((done / rows.length) * 100) / 100 : 0 })}</strong> {say('translate.checked', { done, all: rows.length })}
        </p>
        <progress max={Math.max(1, rows.length)} value={done} aria-label={say('translate.progress')} />
        <ul>
          {[[null, { name: say('translate.everything'), all: rows.length, done }] as const, ...sections].map(([key, entry]) => (
            <li key={key ?? 'all'}>
              <button aria-current={section === key || undefined} onClick={() => setSection(key)}>
                <span>{entry.name}</span>
                <small>{say('translate.of', { done: entry.done, all: entry.all })}</small>
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <main id="main" className={style.main} tabIndex={-1} aria-label={say('mode.translations')}>
        <div className={style.bar}>
          <span className={style.filters} role="group" aria-label={say('translate.filter')}>
            {filters.map((one) => (
              <button key={one} aria-pressed={filter === one} onClick={() => setFilter(one)}>
                {say(`translate.${one}`)} <span>{one === 'all' ? rows.length : one === 'todo' ? rows.length - done : rows.filter((row) => row.state === one).length}</span>
              </button>
            ))}
          </span>
          <label className={style.find}>
            <span className="hidden-words">{say('translate.search')}</span>
            <Search size={14} aria-hidden />
            <input type="search" placeholder={say('translate.search')} value={words} onChange={(event) => setWords(event.target.value)} />
          </label>
        </div>
        <div className={style.scroll}>
          <div className={style.head} aria-hidden>
            <span />
            <strong>{say('translate.source', { language: say(`language.${base}`) })}</strong>
            <strong>{say(`language.${language}`)}</strong>
          </div>
          {shown.length === 0 && <p className={style.empty}>{say(filter === 'all' ? 'translate.nothing' : 'translate.complete', { language: say(`language.${language}`) })}</p>}
          {shown.slice(0, 400).map((row) => {
            const first = row.page?.pointer !== page?.pointer || page === undefined
            page = row.page
            const Icon = row.page ? iconOf(row.page) : null
            const Sign = signs[row.state]
            const field = row.key.split('/').at(-1)!.replace(/@\d+$/, '')
            const label = has(`property.${field}`) ? say(`property.${field}`) : has(`plural.${field}`) ? say(`plural.${field}`) : say('content.name')
            return (
              <section key={row.key} aria-label={`${label}: ${row.text.slice(0, 60)}`}>
                {first && row.page && (
                  <div className={style.page}>
                    {Icon && <Icon size={16} aria-hidden />}
                    <h2>{nameOf(row.page)}</h2>
                    <Button look="link" onPress={() => { select(row.page!.id); show({ pane: 'canvas' }); select(row.page!.id, null, 'design') }}>
                      {say('variant.open')}
                    </Button>
                  </div>
                )}
                <div className={`${style.row} ${style[row.state]}`}>
                  <div className={style.state}>
                    <strong>
                      <Sign size={14} aria-hidden /> {say(`translate.state.${row.state}`)}
                    </strong>
                    <span>{label}</span>
                  </div>
                  <div className={style.source} lang={base}>
                    {row.text}
                    {row.state === 'stale' && <p className={style.was}>{say('translate.was', { words: text(row.target?.source) })}</p>}
                  </div>
                  <Target row={row} language={language} label={`${say(`language.${language}`)}: ${label}`} onWrite={write} />
                </div>
              </section>
            )
          })}
        </div>
      </main>
    </>
  )
}

function Target({ row, language, label, onWrite }: { row: Row; language: string; label: string; onWrite: (row: Row, change: Partial<TranslatedText>) => void }) {
  const say = useSay()
  const definition = useDraft((state) => state.document!.definition)
  // Places lie beside the text, or beside the plural forms it is one of.
  const places = useMemo(() => {
    for (let at = row.pointer; at; at = parent(at)) {
      const of = object(get(definition as never, at))
      if (of.placeholders) return list(of.placeholders)
      if (of.id) break
    }
    return []
  }, [definition, row.pointer])
  const value: Json = places.length > 0 ? { text: text(row.target?.text), placeholders: places } : text(row.target?.text)
  const names = [...row.text.matchAll(/\{([0-9a-z_]+)\}/g)].map((match) => match[1]!)
  const lost = text(row.target?.text) ? names.filter((one) => !text(row.target?.text).includes(`{${one}}`)) : []
  return (
    <div className={style.target} lang={language}>
      <RichText value={value} place={`/definition${row.pointer}`} label={label} placeholder={say('translate.write', { language: say(`language.${language}`) })} onLeave={leave} onChange={(next) => onWrite(row, { text: typeof next === 'string' ? next : text(object(next).text), source: row.text, checked: false })} />
      {lost.length > 0 && <p className={style.was}>{say('translate.lost', { names: lost.join(', ') })}</p>}
      {(row.state === 'draft' || row.state === 'stale') && (
        <div className={style.acts}>
          <Button size="row" look="blue" onPress={() => onWrite(row, { source: row.text, checked: true })}>
            {say(row.state === 'stale' ? 'translate.still' : 'translate.mark')}
          </Button>
        </div>
      )}
    </div>
  )
}
