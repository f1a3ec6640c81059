// Where one is, the modes, the state of saving, undo and redo, and the one green button.
import { useEffect, useState } from 'react'
import { ChevronDown, CircleCheck, CloudOff, CircleAlert, Download, ExternalLink, FileJson2, LoaderCircle, Pencil, Redo2, Settings2, Undo2 } from 'lucide-react'
import { Button as Press } from 'react-aria-components'
import { Me } from '../home/Frame'
import { clock } from '../home/said'
import { set } from '../draft/acts'
import { download, draft, redo, tryNow, undo, useDraft } from '../draft/store'
import { announce } from '../parts/announce'
import { Button, IconButton } from '../parts/Button'
import { Mark } from '../parts/Mark'
import { Menu } from '../parts/Menu'
import { Status } from '../parts/small'
import { follow, place, type Mode } from '../route'
import { useSession } from '../session'
import { useSay } from '../words'
import { jump, select, show, useSelection } from './view'
import { useWidth } from './width'
import { useLive } from '../versions/live'
import style from './TopBar.module.css'

const modes: Mode[] = ['design', 'logic', 'map', 'translations', 'versions']

export function undoNow() {
  const done = undo()
  if (done) {
    announce(sayUndone(done.label))
    const about = done.inverse.find((op) => op.op !== 'test')
    if (about && !document.activeElement?.closest('[role=treegrid]')) jump('from' in about && about.op === 'move' ? about.path : about.path)
  }
}
export function redoNow() {
  const done = redo()
  if (done) announce(sayUndone(done.label))
}
let sayUndone = (label: string) => label

export function TopBar() {
  const say = useSay()
  sayUndone = (label) => say('undo.said', { act: label })
  const id = useDraft((state) => state.id)!
  const title = useDraft((state) => String(state.document?.definition.title ?? ''))
  const undos = useDraft((state) => state.undos)
  const redos = useDraft((state) => state.redos)
  const errors = useDraft((state) => state.diagnostics.some((one) => one.severity === 'error'))
  const { row, mode } = useSelection()
  const width = useWidth()
  const runner = useSession((state) => state.session?.runner)
  const [naming, setNaming] = useState(false)
  const live = useLive()
  return (
    <header className={style.top}>
      <a {...follow('/')} className={style.mark} aria-label={say('editor.home')}>
        <Mark />
      </a>
      {width >= 1200 && (
        <a {...follow('/')} className={style.folder}>
          {say('home.title')}
        </a>
      )}
      {width >= 1200 && <span aria-hidden className={style.slash}>/</span>}
      {naming ? (
        <input
          className={style.naming} autoFocus aria-label={say('editor.title')} defaultValue={title} onFocus={(event) => event.target.select()}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur()
            if (event.key === 'Escape') {
              event.currentTarget.value = title
              event.currentTarget.blur()
            }
          }}
          onBlur={(event) => {
            setNaming(false)
            if (event.target.value.trim() && event.target.value !== title) set('/definition/title', event.target.value.trim(), say('undo.title'))
          }}
        />
      ) : (
        <Menu
          label={say('editor.menu')}
          acts={[
            { id: 'rename', label: say('editor.rename'), icon: Pencil, keys: 'F2', run: () => setNaming(true) },
            { id: 'settings', label: say('editor.settings'), icon: Settings2, run: () => select(null, null, 'design') },
            { id: 'json', label: say('editor.json'), icon: FileJson2, run: () => show({ dialogue: 'json' }) },
            { id: 'export', label: say('home.export'), icon: Download, run: () => location.assign(`/api/v1/questionnaires/${id}/export`) },
            ...(runner && live ? [{ id: 'runner', label: say('versions.try'), icon: ExternalLink, run: () => select(null, null, 'versions') }] : []),
          ]}
        >
          <Press className={style.title!} aria-label={say('editor.menu-for', { title })}>
            <span>{title}</span>
            <ChevronDown size={16} aria-hidden />
          </Press>
        </Menu>
      )}
      <span className={style.chips}>
        <Status live={live} draft />
      </span>
      <nav className={style.modes} aria-label={say('editor.modes')}>
        {modes.map((one) => (
          <a key={one} {...follow(place(id, one, one === 'versions' || one === 'translations' ? null : row?.id))} aria-current={one === mode ? 'page' : undefined}>
            {say(`mode.${one}`)}
          </a>
        ))}
      </nav>
      <div className={style.right}>
        <SaveState />
        <IconButton icon={Undo2} label={undos.length ? say('undo.this', { act: undos.at(-1)!.label }) : say('undo.none')} keys="Ctrl Z" reason={undos.length ? null : say('undo.nothing')} onPress={undoNow} />
        <IconButton icon={Redo2} label={redos.length ? say('redo.this', { act: redos.at(-1)!.label }) : say('redo.none')} keys="Ctrl Shift Z" reason={redos.length ? null : say('redo.nothing')} onPress={redoNow} />
        <Me />
        <Button look={errors ? 'outline' : 'green'} onPress={() => show({ dialogue: 'publish' })}>
          {say('publish.do')}
        </Button>
      </div>
    </header>
  )
}

function SaveState() {
  const say = useSay()
  const state = useDraft()
  const [now, setNow] = useState(Date.now())
  useEffect(() => {
    if (!state.retryAt) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [state.retryAt])
  const waiting = state.outbox.length
  useEffect(() => {
    if (state.offline) announce(say('save.offline-said'), true)
  }, [state.offline, say])
  useEffect(() => {
    if (state.savedAt) sayNow(say('save.said'))
  }, [state.savedAt, say])
  if (state.offline) {
    return (
      <Press className={`${style.save} ${style.away}`} onPress={tryNow}>
        <CloudOff size={16} aria-hidden />
        {say('save.offline', { count: waiting })}
      </Press>
    )
  }
  if (state.retryAt && waiting > 0) {
    return (
      <span className={`${style.save} ${style.failed}`}>
        <CircleAlert size={16} aria-hidden />
        {say('save.failed', { seconds: Math.max(0, Math.ceil((state.retryAt - now) / 1000)) })}
        <button onClick={tryNow}>{say('save.now')}</button>
        <button
          onClick={() => {
            const link = document.createElement('a')
            link.href = URL.createObjectURL(download())
            link.download = 'questionnaire.json'
            link.click()
          }}
        >
          {say('save.copy')}
        </button>
      </span>
    )
  }
  if (state.sending && state.slow) {
    return (
      <span className={style.save}>
        <LoaderCircle size={16} aria-hidden />
        {say('save.saving')}
      </span>
    )
  }
  if (!state.savedAt) return null
  return (
    <span className={style.save} data-saved={waiting === 0 && !draft().sending ? '' : undefined}>
      <CircleCheck size={16} aria-hidden className={style.ok} />
      {state.sentAfterAway > 0 && waiting === 0 ? say('save.sent', { time: clock(state.savedAt), count: state.sentAfterAway }) : say('save.saved', { time: clock(state.savedAt) })}
    </span>
  )
}
let lastSaid = 0
/** The first save after a change, then at most once a minute. */
function sayNow(words: string) {
  if (Date.now() - lastSaid < 60_000) return
  lastSaid = Date.now()
  announce(words)
}
