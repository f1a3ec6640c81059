// A whole screen that is still loading, or that failed and can be tried again.
import { useEffect, useState } from 'react'
import { useSay } from '../words'
import { Button } from './Button'
import style from './Wait.module.css'

export function Wait({ failed, onAgain, words }: { failed?: boolean; onAgain?: () => unknown; words?: string }) {
  const say = useSay()
  const [long, setLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), 5000)
    return () => clearTimeout(timer)
  }, [])
  if (!failed && !long) return <div className={style.wait} aria-busy="true" />
  return (
    <div className={style.wait}>
      <p role="status">{words ?? say(failed ? 'wait.failed' : 'wait.long')}</p>
      <Button onPress={() => (onAgain ? void onAgain() : location.reload())}>{say('do.try-again')}</Button>
    </div>
  )
}
