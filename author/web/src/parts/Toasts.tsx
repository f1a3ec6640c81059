// Short notes at the foot of the page that name what was done, with a way back. They wait while hovered or focused.
import { useEffect, useRef, useState } from 'react'
import { X } from 'lucide-react'
import { create } from 'zustand'
import { useSay } from '../words'
import { announce } from './announce'
import { Button, IconButton } from './Button'
import style from './Toasts.module.css'

type Toast = { id: number; text: string; act?: { label: string; run: () => void } }
const useToasts = create<{ toasts: Toast[] }>(() => ({ toasts: [] }))
let count = 0

export function toast(text: string, act?: Toast['act']) {
  announce(act ? `${text} ${act.label}` : text)
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts.slice(-2), { id: ++count, text, act }] }))
}
const close = (id: number) => useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((other) => other.id !== id) }))

function One({ toast: { id, text, act } }: { toast: Toast }) {
  const say = useSay()
  const [held, setHeld] = useState(false)
  const left = useRef(10_000)
  useEffect(() => {
    if (held) return
    const from = Date.now()
    const timer = setTimeout(() => close(id), left.current)
    return () => {
      clearTimeout(timer)
      left.current = Math.max(2000, left.current - (Date.now() - from))
    }
  }, [held, id])
  return (
    <li className={style.toast} onPointerEnter={() => setHeld(true)} onPointerLeave={() => setHeld(false)} onFocus={() => setHeld(true)} onBlur={() => setHeld(false)}>
      <span>{text}</span>
      {act && (
        <Button
          size="row"
          onPress={() => {
            act.run()
            close(id)
          }}
        >
          {act.label}
        </Button>
      )}
      <IconButton icon={X} small label={say('do.dismiss')} onPress={() => close(id)} />
    </li>
  )
}

export function Toasts() {
  const say = useSay()
  const { toasts } = useToasts()
  if (toasts.length === 0) return null
  return (
    <section aria-label={say('toasts.name')} className={style.region}>
      <ol>
        {toasts.map((one) => (
          <One key={one.id} toast={one} />
        ))}
      </ol>
    </section>
  )
}
