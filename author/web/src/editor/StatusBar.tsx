// Problems, the proof that every route ends, and the ways to find things.
import { ChevronDown, ChevronUp, CircleCheck, Check } from 'lucide-react'
import { useDraft } from '../draft/store'
import { SeverityIcon } from '../parts/Field'
import { useSay } from '../words'
import { show, useView } from './view'
import { useWidth } from './width'
import style from './StatusBar.module.css'

export function StatusBar() {
  const say = useSay()
  const diagnostics = useDraft((state) => state.diagnostics)
  const stale = useDraft((state) => state.stale)
  const open = useView((view) => view.problemsOpen)
  const width = useWidth()
  const count = { error: 0, warning: 0, suggestion: 0 }
  for (const one of diagnostics) count[one.severity] += 1
  const ends = !diagnostics.some((one) => /unreachable|route|routing|loop/i.test(one.code) && one.severity === 'error')
  return (
    <footer className={style.bar} aria-label={say('status.name')}>
      <button className={`${style.problems} ${open ? style.open : ''}`} aria-expanded={open} onClick={() => show({ problemsOpen: !open })}>
        {open ? <ChevronDown size={14} aria-hidden /> : <ChevronUp size={14} aria-hidden />}
        {say('problems.name')}
      </button>
      <button className={`${style.counts} ${stale ? style.stale : ''}`} onClick={() => show({ problemsOpen: true })}>
        {diagnostics.length === 0 ? (
          <span>
            <CircleCheck size={14} aria-hidden className={style.ok} />
            {say('problems.none')}
          </span>
        ) : (
          (['error', 'warning', 'suggestion'] as const).map(
            (severity) =>
              count[severity] > 0 && (
                <span key={severity}>
                  <SeverityIcon severity={severity} />
                  {say(`count.${severity}s`, { count: count[severity] })}
                </span>
              ),
          )
        )}
      </button>
      {ends && width >= 900 && (
        <span className={style.fact}>
          <Check size={14} aria-hidden />
          {say('status.ends')}
        </span>
      )}
      <span className={style.space} />
      {width >= 900 && (
        <>
          <button onClick={() => show({ dialogue: 'palette' })}>
            <kbd>Ctrl K</kbd> {say('palette.name')}
          </button>
          <button onClick={() => show({ dialogue: 'shortcuts' })}>
            <kbd>?</kbd> {say('shortcuts.name')}
          </button>
        </>
      )}
    </footer>
  )
}
