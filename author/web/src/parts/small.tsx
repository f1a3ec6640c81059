// Small signs: avatars, counts of problems, status chips.
import { useSay } from '../words'
import style from './small.module.css'

/** Two letters on a colour that is always the same for one person. */
export function Avatar({ name, small }: { name: string; small?: boolean }) {
  const initials = name.split(/[\s.@_-]+/).filter(Boolean).map((part) => part[0]).join('').slice(0, 2).toUpperCase() || '?'
  const sum = [...name].reduce((total, letter) => (total * 31 + letter.codePointAt(0)!) % 9973, 7)
  return (
    <span className={`${style.avatar} ${style[`a${(sum % 5) + 1}`]} ${small ? style.tiny : ''}`} title={name} aria-hidden>
      {initials}
    </span>
  )
}

export function Count({ errors = 0, warnings = 0 }: { errors?: number; warnings?: number }) {
  const say = useSay()
  return (
    <>
      {warnings > 0 && (
        <span className={`${style.count} ${style.warning}`}>
          <span aria-hidden>{warnings}</span>
          <span className="hidden-words">{say('count.warnings', { count: warnings })}</span>
        </span>
      )}
      {errors > 0 && (
        <span className={`${style.count} ${style.error}`}>
          <span aria-hidden>{errors}</span>
          <span className="hidden-words">{say('count.errors', { count: errors })}</span>
        </span>
      )}
    </>
  )
}

export const Tally = ({ children }: { children: React.ReactNode }) => <span className={`${style.count} ${style.plain}`}>{children}</span>

export function Status({ live, draft, withdrawn }: { live?: number | null; draft?: boolean; withdrawn?: boolean }) {
  const say = useSay()
  return (
    <>
      {live ? (
        <span className={`${style.chip} ${style.live}`}>
          <i />
          {say('status.live', { version: live })}
        </span>
      ) : null}
      {withdrawn && <span className={`${style.chip} ${style.gone}`}>{say('status.withdrawn')}</span>}
      {draft && <span className={`${style.chip} ${style.draft}`}>{say('status.draft')}</span>}
    </>
  )
}
