// One questionnaire: top bar, the mode's panes, status bar. The page never scrolls, panes do.
import { lazy, Suspense, useEffect } from 'react'
import { open, close, useDraft } from '../draft/store'
import { list, object } from '../draft/walk'
import { Wait } from '../parts/Wait'
import { go, made, place, useRoute } from '../route'
import { useSay } from '../words'
import { Canvas } from './Canvas'
import { Dialogues } from './Dialogues'
import { Inspector } from './Inspector'
import { useKeys } from './keys'
import { Outline } from './Outline'
import { PaneBar } from './PaneBar'
import { Preview } from './Preview'
import { Problems } from './Problems'
import { Splitter } from './Splitter'
import { StatusBar } from './StatusBar'
import { addBlock } from './add'
import { Banners } from './Banners'
import { TopBar } from './TopBar'
import { firstBlock, show, titleOf, useSelection, useView } from './view'
import { useWidth } from './width'
import style from './Editor.module.css'

const Logic = lazy(() => import('../logic/Logic'))
const Map = lazy(() => import('../map/Map'))
const Translations = lazy(() => import('../translations/Translations'))
const Versions = lazy(() => import('../versions/Versions'))

export default function Editor({ id }: { id: string }) {
  const say = useSay()
  const route = useRoute()
  const ready = useDraft((state) => state.id === id && state.document !== null)
  const failure = useDraft((state) => state.failure)
  const title = useDraft((state) => String(state.document?.definition.title ?? ''))
  const definition = useDraft((state) => state.document?.definition)
  const selection = useSelection()
  const view = useView()
  const width = useWidth()
  useKeys()
  useEffect(() => {
    void open(id)
    return close
  }, [id])
  // One comes to a block, not to nothing.
  useEffect(() => {
    if (!ready || !definition || route.at !== 'editor' || route.block || location.pathname.split('/')[3]) return
    if (made.id === id) {
      made.id = ''
      addBlock('Question', null)
      return
    }
    const first = firstBlock(definition)
    go(place(id, 'design', first?.id ?? null), true)
    useView.setState({ language: String(definition.language ?? 'en'), variant: 0 })
  }, [ready, definition, route, id])
  useEffect(() => useView.setState({ variant: 0, drawer: false }), [selection.row?.id])

  if (failure !== null) return <Wait failed words={say(failure === 404 ? 'editor.none' : 'editor.failed')} onAgain={() => (failure === 404 ? go('/') : open(id))} />
  if (!ready) return <Wait />
  const mode = selection.mode
  const name = titleOf(selection)
  const modeName = say(`mode.${mode}`)
  const hidden = view.hidden
  const withPreview = (mode === 'design' || mode === 'translations') && width >= 1440 && !hidden.preview
  const withOutline = (mode === 'design' || mode === 'logic') && width >= 900
  // A question that has no answer yet wants the room; there is nothing to inspect.
  const fresh = selection.row?.kind === 'block' && 'question' in selection.row.value && list(object(selection.row.value.question).answers).length + list(object(object(selection.row.value.question).dynamic_answers).answers).length === 0
  const withInspector = mode === 'design' && width >= 1200 && !(fresh && withPreview)
  const narrow = width < 600
  const sheet = width < 900 ? view.pane : 'canvas'
  return (
    <div className={style.editor}>
      <title>{[name, title, modeName].filter(Boolean).join(', ')}</title>
      <a className="skip-link" href="#main">
        {say('skip')}
      </a>
      <TopBar />
      <Banners />
      <div className={style.panes}>
        {withOutline && !hidden.outline && (
          <>
            <div className={style.pane} ref={(node) => node?.style.setProperty('width', `${view.outline / 16}rem`)}>
              <Outline />
            </div>
            <Splitter pane="outline" least={208} most={400} usual={252} grows="right" />
          </>
        )}
        {withOutline && hidden.outline && <PaneBar />}
        {(mode === 'design' || mode === 'logic') && sheet === 'outline' && width < 900 && (
          <div className={style.sheet}>
            <Outline />
          </div>
        )}
        {(sheet === 'canvas' || !(mode === 'design' || mode === 'logic')) && (
          <Suspense fallback={<Wait />}>
            {mode === 'design' && <Canvas />}
            {mode === 'logic' && <Logic />}
            {mode === 'map' && <Map />}
            {mode === 'translations' && <Translations />}
            {mode === 'versions' && <Versions />}
          </Suspense>
        )}
        {withInspector && !hidden.inspector && (
          <>
            <Splitter pane="inspector" least={280} most={420} usual={300} grows="left" />
            <div className={style.pane} ref={(node) => node?.style.setProperty('width', `${view.inspector / 16}rem`)}>
              <Inspector withPreview={!withPreview && !hidden.preview} />
            </div>
          </>
        )}
        {mode === 'design' && width < 1200 && width >= 900 && view.drawer && (
          <div className={style.drawer}>
            <Inspector withPreview onClose={() => show({ drawer: false })} />
          </div>
        )}
        {mode === 'design' && width < 900 && sheet === 'inspector' && (
          <div className={style.sheet}>
            <Inspector withPreview={!narrow} />
          </div>
        )}
        {withPreview && (
          <>
            <Splitter pane="preview" least={344} most={800} usual={364} grows="left" />
            <div className={style.pane} ref={(node) => node?.style.setProperty('width', `${view.preview / 16}rem`)}>
              <Preview />
            </div>
          </>
        )}
        {mode === 'design' && width < 900 && sheet === 'preview' && (
          <div className={style.sheet}>
            <Preview />
          </div>
        )}
      </div>
      {view.problemsOpen && <Problems />}
      <StatusBar />
      {width < 900 && (mode === 'design' || mode === 'logic') && (
        <nav className={style.switcher} aria-label={say('panes.name')}>
          {(['outline', 'canvas', 'inspector', 'preview'] as const).map((pane) => (
            <button key={pane} aria-pressed={view.pane === pane} onClick={() => show({ pane })}>
              {say(`panes.${pane}`)}
            </button>
          ))}
        </nav>
      )}
      <Dialogues />
    </div>
  )
}
