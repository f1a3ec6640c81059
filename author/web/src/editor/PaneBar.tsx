// The outline when hidden: a strip with where one is and how many problems there are.
import { PanelLeftOpen } from 'lucide-react'
import { nameOf } from '../draft/acts'
import { useDraft } from '../draft/store'
import { around } from '../draft/walk'
import { IconButton } from '../parts/Button'
import { Count } from '../parts/small'
import { useSay } from '../words'
import { show, useSelection, useView } from './view'
import style from './PaneBar.module.css'

export function PaneBar() {
  const say = useSay()
  const hidden = useView((view) => view.hidden)
  const { row } = useSelection()
  const diagnostics = useDraft((state) => state.diagnostics)
  return (
    <aside className={style.bar} aria-label={say('outline.name')}>
      <IconButton icon={PanelLeftOpen} label={say('outline.show')} onPress={() => show({ hidden: { ...hidden, outline: false } })} />
      <span className={style.words}>{nameOf(around(row, 'section'))}</span>
      <Count errors={diagnostics.filter((one) => one.severity === 'error').length} warnings={diagnostics.filter((one) => one.severity === 'warning').length} />
    </aside>
  )
}
