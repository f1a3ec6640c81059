// What stands between the top bar and the panes: read-only, signed out, edits set aside, clashes to settle.
import { useState } from 'react'
import { SignInForm } from '../account/Enter'
import { settle, tryNow, useDraft, type Conflict } from '../draft/store'
import { strip, raw } from '../draft/text'
import { clock } from '../home/said'
import { Box } from '../parts/Box'
import { Button } from '../parts/Button'
import { useSession } from '../session'
import { useSay } from '../words'
import style from './Banners.module.css'

const words = (value: unknown): string => (typeof value === 'string' ? strip(value) : value && typeof value === 'object' ? strip(raw(value as never)) || JSON.stringify(value).slice(0, 200) : String(value ?? ''))

function Clash({ conflict }: { conflict: Conflict }) {
  const say = useSay()
  return (
    <section className={style.clash} role="alert" aria-label={say('clash.name')}>
      <p>
        <strong>{say(conflict.gone ? 'clash.gone' : 'clash.lead', { who: conflict.by, what: conflict.label, time: clock(conflict.at) })}</strong>
      </p>
      {!conflict.gone && (
        <dl>
          <dt>{say('clash.mine')}</dt>
          <dd>{words(conflict.mine) || say('clash.empty')}</dd>
          <dt>{say('clash.theirs', { who: conflict.by })}</dt>
          <dd>{words(conflict.theirs) || say('clash.empty')}</dd>
        </dl>
      )}
      <div className={style.acts}>
        {!conflict.gone && <Button onPress={() => settle(conflict, 'mine')}>{say('clash.keep-mine')}</Button>}
        <Button onPress={() => settle(conflict, 'theirs')}>{say(conflict.gone ? 'do.close' : 'clash.keep-theirs')}</Button>
      </div>
    </section>
  )
}

export function Banners() {
  const say = useSay()
  const role = useDraft((state) => state.role)
  const mine = useSession((state) => state.session?.user)
  const signedOut = useDraft((state) => state.signedOut)
  const refused = useDraft((state) => state.refused)
  const conflicts = useDraft((state) => state.conflicts)
  const [seen, setSeen] = useState(0)
  return (
    <>
      {(role ?? mine?.role) === 'viewer' && <p className={style.bar}>{say('read-only')}</p>}
      {refused.length > seen && (
        <p className={`${style.bar} ${style.amber}`} role="alert">
          {say('refused.lead', { count: refused.length - seen, what: refused.at(-1)!.label })}
          <a download="edits.json" href={URL.createObjectURL(new Blob([JSON.stringify(refused, null, 2)], { type: 'application/json' }))}>
            {say('save.copy')}
          </a>
          <button onClick={() => setSeen(refused.length)}>{say('do.close')}</button>
        </p>
      )}
      {conflicts.map((conflict) => (
        <Clash key={conflict.id} conflict={conflict} />
      ))}
      {signedOut && (
        <Box title={say('signed-out.title')} onClose={tryNow} fixed>
          <p>{say('signed-out.lead')}</p>
          <SignInForm email={mine?.email} />
          <Again />
        </Box>
      )}
    </>
  )
}
/** Once somebody is signed in again the queue is sent. */
function Again() {
  const user = useSession((state) => state.session)
  const [first] = useState(user)
  if (user !== first) queueMicrotask(tryNow)
  return null
}
