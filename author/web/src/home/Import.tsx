// A definition from a file or pasted: what was understood is told before anything is opened.
import { useState } from 'react'
import { Refused, send } from '../api/client'
import type { Json, JsonObject, Severity } from '../api/types'
import { Box } from '../parts/Box'
import { Button } from '../parts/Button'
import { Area, Field, Notes } from '../parts/Field'
import { go, start } from '../route'
import { useSay } from '../words'
import style from './Dialogs.module.css'

type Report = { id: string; report?: { severity: Severity; text: string; pointer?: string }[] }
const limit = 20 * 1024 * 1024

export function Import({ onClose, survey }: { onClose: () => void; survey?: string }) {
  const say = useSay()
  const [pasted, setPasted] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [done, setDone] = useState<Report | null>(null)

  const take = async (texts: string[]) => {
    setBusy(true)
    setWrong(null)
    try {
      const definitions: Record<string, Json> = {}
      let body: JsonObject | null = null
      for (const text of texts) {
        let value: Json
        try {
          value = JSON.parse(text) as Json
        } catch {
          // Not ours to judge: the service reads it and says what is wrong, and where.
          body = { text }
          break
        }
        const language = typeof value === 'object' && value && !Array.isArray(value) && typeof value.language === 'string' ? value.language : 'en'
        definitions[language] = value
      }
      const reply = await send<Report>('POST', '/questionnaires/import', { ...(body ?? { definitions }), ...(survey ? { survey } : {}) })
      if (reply.report?.length) setDone(reply)
      else go(start(reply.id))
    } catch (error) {
      setWrong(error instanceof Refused && error.problem.detail ? error.problem.detail : say('import.failed'))
    } finally {
      setBusy(false)
    }
  }
  const files = async (chosen: FileList | null) => {
    if (!chosen?.length) return
    const all = [...chosen]
    if (all.some((file) => file.size > limit)) return setWrong(say('import.too-large'))
    await take(await Promise.all(all.map((file) => file.text())))
  }
  if (done) {
    return (
      <Box title={say('import.done')} onClose={() => go(start(done.id))} foot={<Button look="blue" onPress={() => go(start(done.id))}>{say('import.open')}</Button>}>
        <p>{say('import.report')}</p>
        <Notes notes={(done.report ?? []).slice(0, 200).map((one) => ({ severity: one.severity ?? 'suggestion', text: one.text }))} />
      </Box>
    )
  }
  return (
    <Box title={say('home.import')} onClose={onClose} foot={<Button look="blue" busy={busy} onPress={() => void take([pasted])} reason={pasted.trim() ? null : say('import.nothing')}>{say('import.take')}</Button>}>
      {wrong && (
        <div role="alert">
          <Notes notes={[{ severity: 'error', text: wrong }]} />
        </div>
      )}
      <Field label={say('import.file')} hint={say('import.file-hint')}>
        {(control) => <input {...control} className={style.file} type="file" multiple accept=".json,application/json" onChange={(event) => void files(event.target.files)} />}
      </Field>
      <Field label={say('import.paste')}>{(control) => <Area {...control} className={style.paste} spellCheck={false} value={pasted} onChange={(event) => setPasted(event.target.value)} />}</Field>
    </Box>
  )
}
