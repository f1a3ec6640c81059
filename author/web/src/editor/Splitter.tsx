// The line between two panes: dragged, or moved by arrow keys; double-click or Enter puts it back.
import { useSay } from '../words'
import { show, useView, type Panel } from './view'
import style from './Splitter.module.css'

type Props = { pane: Panel | 'problems'; least: number; most: number; usual: number; grows: 'left' | 'right' | 'up' }

export function Splitter({ pane, least, most, usual, grows }: Props) {
  const say = useSay()
  const size = useView((view) => view[pane])
  const set = (to: number) => show({ [pane]: Math.round(Math.max(least, Math.min(most, to))) })
  const sign = grows === 'right' ? 1 : -1
  return (
    <div
      role="separator" tabIndex={0} aria-label={say(`split.${pane}`)} aria-orientation={grows === 'up' ? 'horizontal' : 'vertical'} aria-valuenow={size} aria-valuemin={least} aria-valuemax={most}
      className={`${style.line} ${grows === 'up' ? style.flat : ''}`}
      onDoubleClick={() => set(usual)}
      onKeyDown={(event) => {
        const step = { ArrowLeft: -16, ArrowRight: 16, ArrowUp: -16, ArrowDown: 16 }[event.key]
        if (step !== undefined) set(size + step * sign)
        else if (event.key === 'Home') set(least)
        else if (event.key === 'End') set(most)
        else if (event.key === 'Enter') set(usual)
        else return
        event.preventDefault()
      }}
      onPointerDown={(event) => {
        const from = grows === 'up' ? event.clientY : event.clientX
        const line = event.currentTarget
        line.setPointerCapture(event.pointerId)
        const move = (next: PointerEvent) => set(size + ((grows === 'up' ? next.clientY : next.clientX) - from) * sign)
        const stop = () => {
          line.removeEventListener('pointermove', move)
          line.removeEventListener('pointerup', stop)
        }
        line.addEventListener('pointermove', move)
        line.addEventListener('pointerup', stop)
      }}
    />
  )
}
