// What a screen reader is told that eyes see at once. Two live regions, mounted once.
import { useEffect, useState } from 'react'

type Message = { text: string; assertive: boolean; at: number }
const ears = new Set<(message: Message) => void>()
let count = 0

export function announce(text: string, assertive = false) {
  const message = { text, assertive, at: ++count }
  for (const ear of ears) ear(message)
}

export function Announcer() {
  const [polite, setPolite] = useState('')
  const [urgent, setUrgent] = useState('')
  useEffect(() => {
    const ear = (message: Message) => {
      // A no-break space at the end makes the same words anew.
      const text = message.text + (message.at % 2 ? '\u00a0' : '')
      if (message.assertive) setUrgent(text)
      else setPolite(text)
    }
    ears.add(ear)
    return () => void ears.delete(ear)
  }, [])
  return (
    <>
      <div className="hidden-words" role="status" aria-live="polite">
        {polite}
      </div>
      <div className="hidden-words" role="alert" aria-live="assertive">
        {urgent}
      </div>
    </>
  )
}
