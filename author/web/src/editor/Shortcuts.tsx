// Every shortcut, and the switch for single keys.
import { Box } from '../parts/Box'
import { Switch } from '../parts/Field'
import { useSay } from '../words'
import { show, useView } from './view'
import style from './Shortcuts.module.css'

const all: [string, string][] = [
  ['Ctrl K', 'find'], ['Ctrl Z', 'undo'], ['Ctrl Shift Z', 'redo'], ['Ctrl Enter', 'add'], ['Ctrl D', 'duplicate'], ['Alt ↑ ↓', 'move'], ['Alt M', 'move-to'], ['Delete', 'delete'], ['{', 'chip'],
  ['F2', 'rename'], ['F6', 'pane'], ['F8', 'problem'], ['F9', 'problems'], ['Alt P', 'preview'], ['Alt N', 'note'], ['/', 'filter'], ['?', 'shortcuts'], ['G D', 'design'], ['G L', 'logic'], ['G M', 'map'], ['G T', 'translations'], ['G V', 'versions'], ['Esc', 'close'],
]
export default function Shortcuts({ onClose }: { onClose: () => void }) {
  const say = useSay()
  const singleKeys = useView((view) => view.singleKeys)
  return (
    <Box title={say('shortcuts.name')} onClose={onClose} wide>
      <Switch label={say('shortcuts.single')} hint={say('shortcuts.single-hint')} checked={singleKeys} onChange={(on) => show({ singleKeys: on })} />
      <dl className={style.keys}>
        {all.map(([keys, act]) => (
          <div key={act}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{say(`shortcut.${act}`)}</dd>
          </div>
        ))}
      </dl>
    </Box>
  )
}
