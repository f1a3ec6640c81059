// A label, a control, its hint and its problem, tied together for eyes and ears.
import { useId, type ReactNode } from 'react'
import { CircleX, Lightbulb, TriangleAlert } from 'lucide-react'
import type { Severity } from '../api/types'
import style from './Field.module.css'

export type Note = { severity: Severity; text: string; action?: ReactNode }
type Control = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined }
type Props = { label: string; hint?: ReactNode; notes?: Note[]; children: (control: Control) => ReactNode; quietLabel?: boolean; inline?: boolean; className?: string }

const icons = { error: CircleX, warning: TriangleAlert, suggestion: Lightbulb }
export const SeverityIcon = ({ severity, size = 14 }: { severity: Severity; size?: number }) => {
  const Icon = icons[severity]
  return <Icon size={size} className={style[`icon-${severity}`]} aria-hidden />
}

export function Notes({ id, notes }: { id?: string; notes: Note[] }) {
  if (notes.length === 0) return null
  return (
    <div id={id}>
      {notes.map((note) => (
        <div key={note.text} className={`${style.note} ${style[note.severity]}`}>
          <SeverityIcon severity={note.severity} />
          <span>{note.text}</span>
          {note.action}
        </div>
      ))}
    </div>
  )
}

export function Field({ label, hint, notes = [], children, quietLabel, inline, className }: Props) {
  const id = useId()
  const described = [hint ? `${id}-hint` : '', notes.length ? `${id}-notes` : ''].filter(Boolean).join(' ') || undefined
  return (
    <div className={`${style.field} ${inline ? style.inline : ''} ${className ?? ''}`}>
      <label htmlFor={id} className={quietLabel ? 'hidden-words' : style.label}>
        {label}
      </label>
      {children({ id, 'aria-describedby': described, 'aria-invalid': notes.some((note) => note.severity === 'error') || undefined })}
      {hint && (
        <p id={`${id}-hint`} className={style.hint}>
          {hint}
        </p>
      )}
      {notes.length > 0 && <Notes id={`${id}-notes`} notes={notes} />}
    </div>
  )
}

export const Input = (props: React.ComponentProps<'input'>) => <input autoComplete="off" {...props} className={`${style.input} ${props.className ?? ''}`} />
export const Area = (props: React.ComponentProps<'textarea'>) => <textarea {...props} className={`${style.input} ${style.area} ${props.className ?? ''}`} />
export const Select = (props: React.ComponentProps<'select'>) => <select {...props} className={`${style.input} ${style.select} ${props.className ?? ''}`} />

export function Switch({ label, hint, checked, onChange, hideLabel, id }: { label: string; hint?: ReactNode; checked: boolean; onChange: (on: boolean) => void; hideLabel?: boolean; id?: string }) {
  const made = useId()
  return (
    <div>
      <label className={style.switch}>
        <span className={hideLabel ? 'hidden-words' : style.label}>{label}</span>
        <input
          id={id}
          type="checkbox"
          role="switch"
          checked={checked}
          aria-describedby={hint ? `${made}-hint` : undefined}
          onChange={(event) => onChange(event.target.checked)}
        />
      </label>
      {hint && (
        <p id={`${made}-hint`} className={style.hint}>
          {hint}
        </p>
      )}
    </div>
  )
}

export function Check({ label, checked, onChange, of }: { label: ReactNode; checked: boolean; onChange: (on: boolean) => void; of?: string }) {
  return (
    <label className={style.check} data-id={of}>
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>{label}</span>
    </label>
  )
}
