// The respondent's page from the real engine: it follows the selection and the draft, and says why it is shown.
import { useCallback, useEffect, useRef, useState } from 'react'
import { ExternalLink, Monitor, RotateCcw, Smartphone, Split, Tablet } from 'lucide-react'
import { read, Refused, send } from '../api/client'
import { draft, useDraft } from '../draft/store'
import type { Why } from '../map/Map'
import { blocksOf, pageOf, text, walk } from '../draft/walk'
import { nameOf } from '../draft/acts'
import { announce } from '../parts/announce'
import { Button, IconButton } from '../parts/Button'
import { useSay } from '../words'
import { select, show, useSelection, useView } from './view'
import style from './Preview.module.css'

type Made = { id: string; url: string; at?: unknown }
const widths = { phone: 375, tablet: 768, desktop: 1280 }

/** The languages there are: the definition's own first. */
export function useLanguages(): string[] {
  const base = useDraft((state) => text(state.document?.definition.language) || 'en')
  const translations = useDraft((state) => state.document?.translations)
  return [base, ...Object.keys(translations ?? {}).filter((one) => one !== base)]
}

export function Preview({ bare }: { bare?: boolean }) {
  const say = useSay()
  const id = useDraft((state) => state.id)!
  const saved = useDraft((state) => state.saved)
  const revision = useDraft((state) => state.revision)
  const definition = useDraft((state) => state.document!.definition)
  const { row } = useSelection()
  const device = useView((view) => view.device)
  const chosen = useView((view) => view.language)
  const languages = useLanguages()
  const language = languages.includes(chosen) ? chosen : languages[0]!
  const block = pageOf(row)?.id ?? blocksOf(definition)[0]?.id ?? null
  const [session, setSession] = useState<Made | null>(null)
  const [url, setUrl] = useState<string | null>(null)
  const [why, setWhy] = useState<string | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const [away, setAway] = useState(false)
  const [turn, setTurn] = useState(0)
  const screen = useRef<HTMLDivElement>(null)
  const frame = useRef<HTMLIFrameElement>(null)
  const loaded = useRef<string | null>(null)
  const [room, setRoom] = useState({ width: 340, height: 560 })

  useEffect(() => {
    const node = screen.current
    if (!node) return
    const watch = new ResizeObserver(() => setRoom({ width: node.clientWidth, height: node.clientHeight }))
    watch.observe(node)
    return () => watch.disconnect()
  }, [])

  // A preview of the draft as saved now, at the chosen block.
  const build = useCallback(
    async (signal: AbortSignal) => {
      try {
        const made = await send<Made>('POST', `/questionnaires/${id}/previews`, { language, revision })
        if (signal.aborted) return
        setSession(made)
        setAway(false)
        setWrong(null)
        if (!block) return setUrl(made.url)
        const there = await send<{ url: string; reached: boolean; why?: unknown }>('POST', `/previews/${made.id}/goto`, { block }).catch((error: unknown) => {
          // A preview that cannot be led there still shows where it begins.
          if (error instanceof Refused && error.status !== 0) return { url: made.url, reached: false }
          throw error
        })
        if (signal.aborted) return
        setUrl(there.url)
        setWhy(there.reached ? null : say('preview.not-reached'))
      } catch (error) {
        if (signal.aborted) return
        const status = error instanceof Refused ? error.status : -1
        if (status === 0) setAway(true)
        else setWrong(error instanceof Refused && error.problem.detail ? error.problem.detail : say('preview.broken'))
      }
    },
    [id, language, revision, block, say],
  )
  useEffect(() => {
    const abort = new AbortController()
    const timer = setTimeout(() => void build(abort.signal), 120)
    return () => {
      abort.abort()
      clearTimeout(timer)
    }
  }, [build, saved, turn])
  const name = nameOf(walk(definition).byId.get(block ?? '')?.[0] ?? null)
  useEffect(() => {
    if (url && name) announce(say('preview.said', { name }))
  }, [url, name, say])

  // Following the respondent: a page answered in the frame chooses its block.
  useEffect(() => {
    if (!session) return
    const abort = new AbortController()
    void read<Why[]>(`/previews/${session.id}/why`, abort.signal)
      .then((trace) => {
        const steps = trace.flatMap((section) => section.path)
        const at = steps.findIndex((step) => step.block === block)
        const step = steps[at]
        const before = nameOf(walk(draft().document?.definition ?? {}).byId.get(steps[at - 1]?.block ?? '')?.[0] ?? null)
        if (!step || at === 0) return
        setWhy(step.why === 'route' ? say('preview.by-route', { number: (step.route ?? 0) + 1, name: before }) : say('preview.follows', { name: before }))
      })
      .catch(() => undefined)
    return () => abort.abort()
  }, [session, block, say])

  const width = widths[device]
  const inner = device === 'phone' ? Math.min(room.width - 24, 375) : room.width - 24
  const scale = Math.min(1, inner / width)
  const height = Math.max(240, (room.height - 28) / scale)
  return (
    <section className={style.preview} aria-label={say('preview.name')}>
      {!bare && (
        <div className={style.head}>
          <h2>{say('preview.name')}</h2>
          <span className={style.segments} role="group" aria-label={say('preview.device')}>
            {(
              [
                ['phone', Smartphone],
                ['tablet', Tablet],
                ['desktop', Monitor],
              ] as const
            ).map(([one, Icon]) => (
              <IconButton key={one} icon={Icon} small pressed={device === one} label={say(`preview.${one}`)} onPress={() => show({ device: one })} />
            ))}
          </span>
          {languages.length > 1 && (
            <span className={style.segments} role="group" aria-label={say('preview.language')}>
              {languages.map((one) => (
                <button key={one} className={style.language} aria-pressed={one === language} onClick={() => show({ language: one })}>
                  <span aria-hidden>{one.toUpperCase()}</span>
                  <span className="hidden-words">{say(`language.${one}`)}</span>
                </button>
              ))}
            </span>
          )}
        </div>
      )}
      <div className={style.bar}>
        <span className={style.where}>{name}</span>
        <IconButton icon={RotateCcw} small label={say('preview.again')} onPress={() => setTurn(turn + 1)} />
        <IconButton icon={ExternalLink} small label={say('preview.tab')} reason={url ? null : say('preview.none-yet')} onPress={() => url && window.open(url, '_blank', 'noopener')} />
      </div>
      <div ref={screen} className={style.screen}>
        {url && (
          <div
            className={`${style.device} ${style[device]} ${wrong || away ? style.dim : ''}`}
            ref={(node) => {
              node?.style.setProperty('width', `${width * scale}px`)
              node?.style.setProperty('height', `${height * scale}px`)
            }}
          >
            <iframe
              ref={(node) => {
                frame.current = node
                node?.style.setProperty('width', `${width}px`)
                node?.style.setProperty('height', `${height}px`)
                node?.style.setProperty('transform', `scale(${scale})`)
              }}
              src={url} title={say('preview.frame', { language: say(`language.${language}`), device: say(`preview.${device}`).toLowerCase() })} sandbox="allow-forms allow-scripts allow-same-origin"
              onLoad={(event) => {
                try {
                  // The first page of an address is where we sent it; what comes after is the respondent's own way.
                  if (loaded.current !== url) return void (loaded.current = url)
                  const path = event.currentTarget.contentWindow?.location.pathname ?? ''
                  const at = /\/questionnaire\/(?:[^/]+\/[^/]+\/)?([^/?#]+)\/?$/.exec(path)?.[1]
                  if (at && at !== block && walk(definition).byId.get(at)?.some((one) => one.kind === 'block')) select(at, null, undefined, true)
                } catch {
                  // Another origin tells nothing.
                }
              }}
            />
          </div>
        )}
        {(wrong || away) && (
          <div className={style.note} role="status">
            <p>{away ? say('preview.away') : wrong}</p>
            <Button size="row" onPress={() => (away ? setTurn(turn + 1) : show({ problemsOpen: true }))}>
              {say(away ? 'do.try-again' : 'preview.problems')}
            </Button>
          </div>
        )}
      </div>
      <div className={style.why}>
        <h3>
          <Split size={14} aria-hidden />
          {say('preview.why')}
          <Button look="link" size="row" onPress={() => select(block, null, 'map')}>
            {say('preview.path')}
          </Button>
        </h3>
        <p>{why ?? say('preview.in-order')}</p>
      </div>
    </section>
  )
}
