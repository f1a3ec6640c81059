// Every questionnaire one may see: find, and start work.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { Archive, Check, Ellipsis, Folder, FolderPlus, Layers, Plus, Search, Star, Upload, type LucideIcon, ArrowDown, Copy, Download, FolderInput, ArchiveRestore, LayoutTemplate } from 'lucide-react'
import { Button as Press } from 'react-aria-components'
import { read, send } from '../api/client'
import type { Page, Questionnaire, Survey } from '../api/types'
import { announce } from '../parts/announce'
import { Button, IconButton } from '../parts/Button'
import { Menu } from '../parts/Menu'
import { Avatar, Count, Status } from '../parts/small'
import { toast } from '../parts/Toasts'
import { Wait } from '../parts/Wait'
import { follow, go, made, start, useRoute } from '../route'
import { useSay } from '../words'
import { Frame } from './Frame'
import { Import } from './Import'
import { Starters } from './Starters'
import { MoveToSurvey, NewSurvey } from './Surveys'
import { ago, person } from './said'
import style from './Home.module.css'

type Row = Questionnaire
type Open = { what: 'import' | 'survey' | 'starters' } | { what: 'move'; row: Row } | null

export function Home() {
  const say = useSay()
  const route = useRoute()
  const view = route.at === 'home' ? route.view : 'all'
  const [words, setWords] = useState('')
  const [page, setPage] = useState<{ items: Row[]; next: string | null } | null>(null)
  const [surveys, setSurveys] = useState<Survey[]>([])
  const [failed, setFailed] = useState(false)
  const [open, setOpen] = useState<Open>(null)
  const [busy, setBusy] = useState(false)
  const [sort, setSort] = useState<'changed' | 'title'>('changed')
  const search = useRef<HTMLInputElement>(null)

  const load = useCallback(
    async (more?: string) => {
      try {
        const query = new URLSearchParams({ sort, ...(words ? { search: words } : {}), ...(view === 'archive' ? { archived: 'true' } : {}), ...(more ? { cursor: more } : {}) })
        const found = await read<Page<Row>>(`/questionnaires?${query}`)
        setPage((before) => (more && before ? { items: [...before.items, ...found.items], next: found.next } : found))
        setFailed(false)
        if (words) announce(say('home.found', { count: found.items.length }))
      } catch {
        setFailed(true)
      }
    },
    [words, view, sort, say],
  )
  const loadSurveys = useCallback(async () => {
    const found = await read<Survey[] | Page<Survey>>('/surveys').catch(() => [] as Survey[])
    setSurveys(Array.isArray(found) ? found : found.items)
  }, [])
  useEffect(() => {
    const timer = setTimeout(() => void load(), words ? 200 : 0)
    return () => clearTimeout(timer)
  }, [load, words])
  useEffect(() => void loadSurveys(), [loadSurveys])
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      if (event.key === '/' && !(event.target as HTMLElement).closest('input, textarea, select, [contenteditable=true]')) {
        event.preventDefault()
        search.current?.focus()
      }
    }
    addEventListener('keydown', keys)
    return () => removeEventListener('keydown', keys)
  }, [])

  const rows = useMemo(() => {
    const all = page?.items ?? []
    if (view === 'starred') return all.filter((row) => row.starred)
    if (view.startsWith('survey-')) return all.filter((row) => row.survey?.id === view.slice(7))
    return all
  }, [page, view])
  const heading = view === 'starred' ? say('home.starred') : view === 'archive' ? say('home.archive') : view.startsWith('survey-') ? (surveys.find((one) => one.id === view.slice(7))?.title ?? '') : say('home.all')

  const make = async () => {
    if (busy) return
    setBusy(true)
    try {
      const { id } = await send<{ id: string }>('POST', '/questionnaires', { title: say('home.untitled'), ...(view.startsWith('survey-') ? { survey: view.slice(7) } : {}) })
      made.id = id
      go(start(id))
    } catch {
      toast(say('home.not-made'))
    } finally {
      setBusy(false)
    }
  }
  const change = async (row: Row, patch: Partial<{ starred: boolean; archived: boolean; survey: string | null }>, done?: string) => {
    try {
      await send('PATCH', `/questionnaires/${row.id}`, patch)
      if (done) toast(done, 'archived' in patch ? { label: say('do.undo'), run: () => void change(row, { archived: !patch.archived }) } : undefined)
      await load()
    } catch {
      toast(say('home.not-changed'))
    }
  }
  const copy = async (row: Row) => {
    try {
      const { id } = await send<{ id: string }>('POST', `/questionnaires/${row.id}/copy`, {})
      go(start(id))
    } catch {
      toast(say('home.not-made'))
    }
  }

  const link = (to: string, Icon: LucideIcon, label: string, count?: number) => (
    <li key={to}>
      <a {...follow(to === 'all' ? '/' : `/?view=${to}`)} className={style.view} aria-current={view === to ? 'page' : undefined}>
        <Icon size={16} aria-hidden />
        <span>{label}</span>
        {count !== undefined && <span className={style.tally}>{count}</span>}
      </a>
    </li>
  )
  const counts = page?.items ?? []

  return (
    <Frame title={heading}>
      <nav className={style.side} aria-label={say('home.views')}>
        <ul>
          {link('all', Layers, say('home.all'), view === 'archive' ? undefined : counts.length)}
          {link('starred', Star, say('home.starred'), view === 'archive' ? undefined : counts.filter((row) => row.starred).length)}
        </ul>
        <div className={style.folders}>
          <h2>{say('home.surveys')}</h2>
          <IconButton icon={FolderPlus} label={say('home.new-survey')} onPress={() => setOpen({ what: 'survey' })} small />
        </div>
        <ul className={style.grow}>{surveys.map((survey) => link(`survey-${survey.id}`, Folder, survey.title, counts.filter((row) => row.survey?.id === survey.id).length || undefined))}</ul>
        <ul className={style.foot}>{link('archive', Archive, say('home.archive'))}</ul>
      </nav>
      <main id="main" className={style.main} tabIndex={-1}>
        <div className={style.head}>
          <h1>{heading}</h1>
          <div className={style.acts}>
            <Button size="page" icon={LayoutTemplate} onPress={() => setOpen({ what: 'starters' })}>
              {say('home.start-from')}
            </Button>
            <Button size="page" icon={Upload} onPress={() => setOpen({ what: 'import' })}>
              {say('home.import')}
            </Button>
            <Button size="page" look="green" icon={Plus} onPress={() => void make()} busy={busy}>
              {say('home.new')}
            </Button>
          </div>
        </div>
        <div className={style.card}>
          <div className={style.bar}>
            <label className={style.search}>
              <span className="hidden-words">{say('home.search')}</span>
              <Search size={16} aria-hidden />
              <input ref={search} type="search" placeholder={say('home.search')} value={words} onChange={(event) => setWords(event.target.value)} />
              <kbd>/</kbd>
            </label>
            <span className={style.number}>{page && say('home.count', { count: rows.length })}</span>
          </div>
          {failed ? (
            <Wait failed words={say('home.failed')} onAgain={() => load()} />
          ) : !page ? (
            <div className={style.empty} aria-busy="true" />
          ) : rows.length === 0 ? (
            <div className={style.empty}>
              <p>{words ? say('home.no-match', { words }) : say('home.none')}</p>
              {words ? (
                <Button onPress={() => setWords('')}>{say('home.clear')}</Button>
              ) : (
                view === 'all' && (
                  <Button look="blue" icon={Plus} onPress={() => void make()}>
                    {say('home.new')}
                  </Button>
                )
              )}
            </div>
          ) : (
            <div className={style.scroll}>
              <table className={style.table}>
                <caption className="hidden-words">{heading}</caption>
                <thead>
                  <tr>
                    <th scope="col" className={style.starColumn}>
                      <span className="hidden-words">{say('home.star')}</span>
                    </th>
                    {(['title', null, null, null, null, 'changed'] as const).map((key, at) => {
                      const label = say(`home.column-${at}`)
                      return (
                        <th key={label} scope="col" aria-sort={key === sort ? (key === 'title' ? 'ascending' : 'descending') : undefined} className={style[`column${at}`]}>
                          {key ? (
                            <button className={style.sort} onClick={() => setSort(key)}>
                              {label}
                              {key === sort && <ArrowDown size={14} aria-hidden />}
                            </button>
                          ) : (
                            label
                          )}
                        </th>
                      )
                    })}
                    <th scope="col">
                      <span className="hidden-words">{say('home.acts')}</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => {
                    const { day, time } = ago(row.changed_at, say)
                    const owner = person(row.owner)
                    const to = start(row.id)
                    return (
                      <tr key={row.id} onClick={(event) => !(event.target as HTMLElement).closest('a, button, [role=menu]') && go(to)}>
                        <td>
                          <IconButton icon={Star} small pressed={row.starred} label={say('home.star-this', { title: row.title })} onPress={() => void change(row, { starred: !row.starred })} />
                        </td>
                        <th scope="row">
                          <a {...follow(to)} className={style.name}>
                            {row.title}
                          </a>
                          <span className={style.meta}>
                            {[row.survey_id, row.form_type, row.blocks !== undefined ? say('home.blocks', { count: row.blocks }) : null].filter(Boolean).join(' · ')}
                          </span>
                        </th>
                        <td>
                          <span className={style.chips}>
                            <Status live={row.live_version} draft={!row.live_version || row.status === 'draft' || row.status === 'changed'} />
                          </span>
                        </td>
                        <td>
                          <span className={style.chips}>{row.errors + row.warnings > 0 ? <Count errors={row.errors} warnings={row.warnings} /> : <><Check size={16} aria-hidden className={style.ok} /><span className="hidden-words">{say('problems.none')}</span></>}</span>
                        </td>
                        <td>
                          <span className={style.languages}>
                            {row.languages.map((one) => (
                              <span key={one.code}>
                                <abbr title={say(`language.${one.code}`)}>{one.code.toUpperCase()}</abbr>
                                {one.share < 1 && (
                                  <>
                                    <progress max={1} value={one.share} aria-label={say('home.translated', { language: say(`language.${one.code}`) })} />
                                    <span className={style.meta}>{say('home.percent', { share: one.share })}</span>
                                  </>
                                )}
                              </span>
                            ))}
                          </span>
                        </td>
                        <td>
                          {owner && (
                            <span className={style.owner}>
                              <Avatar name={owner} />
                              {owner}
                            </span>
                          )}
                        </td>
                        <td>
                          <span className={style.when}>
                            {day}, {time}
                          </span>
                          <span className={style.meta}>{[person(row.changed_by), row.change && `“${row.change}”`].filter(Boolean).join(', ')}</span>
                        </td>
                        <td>
                          <Menu
                            label={say('home.acts-for', { title: row.title })}
                            acts={[
                              { id: 'copy', label: say('home.copy'), icon: Copy, run: () => void copy(row) },
                              { id: 'move', label: say('home.move'), icon: FolderInput, run: () => setOpen({ what: 'move', row }) },
                              { id: 'export', label: say('home.export'), icon: Download, run: () => location.assign(`/api/v1/questionnaires/${row.id}/export`) },
                              null,
                              view === 'archive'
                                ? { id: 'restore', label: say('home.restore'), icon: ArchiveRestore, run: () => void change(row, { archived: false }, say('home.restored', { title: row.title })) }
                                : { id: 'archive', label: say('home.to-archive'), icon: Archive, run: () => void change(row, { archived: true }, say('home.archived', { title: row.title })) },
                            ]}
                          >
                            <Press className={style.more!} aria-label={say('home.acts-for', { title: row.title })}>
                              <Ellipsis size={16} aria-hidden />
                            </Press>
                          </Menu>
                        </td>
                      </tr>
                    )
                  })}
                </tbody>
              </table>
            </div>
          )}
          {page?.next && (
            <div className={style.more}>
              <Button onPress={() => void load(page.next!)}>{say('home.more')}</Button>
            </div>
          )}
        </div>
      </main>
      {open?.what === 'import' && <Import survey={view.startsWith('survey-') ? view.slice(7) : undefined} onClose={() => setOpen(null)} />}
      {open?.what === 'starters' && <Starters onClose={() => setOpen(null)} />}
      {open?.what === 'survey' && <NewSurvey onClose={() => setOpen(null)} onMade={() => void loadSurveys()} />}
      {open?.what === 'move' && <MoveToSurvey surveys={surveys} row={open.row} onClose={() => setOpen(null)} onChoose={(survey) => void change(open.row, { survey })} />}
    </Frame>
  )
}
