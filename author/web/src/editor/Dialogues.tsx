// The dialogues of the editor: which is open lives in the view.
import { lazy, Suspense } from 'react'
import { Asked } from './moves'
import { show, useView } from './view'

const Palette = lazy(() => import('./Palette'))
const Shortcuts = lazy(() => import('./Shortcuts'))
const Publish = lazy(() => import('../versions/Publish'))
const Written = lazy(() => import('./Written'))
const Paste = lazy(() => import('./Paste'))

export function Dialogues() {
  const dialogue = useView((view) => view.dialogue)
  const close = () => show({ dialogue: null })
  return (
    <Suspense fallback={null}>
      {dialogue === 'palette' && <Palette onClose={close} />}
      {dialogue === 'shortcuts' && <Shortcuts onClose={close} />}
      {dialogue === 'publish' && <Publish onClose={close} />}
      {dialogue === 'json' && <Written onClose={close} />}
      {dialogue === 'paste' && <Paste onClose={close} />}
      <Asked />
    </Suspense>
  )
}
