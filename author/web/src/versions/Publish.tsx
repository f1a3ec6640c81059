// Publishing: what stops it, what will happen, and afterwards the way to the questionnaire as respondents get it.
import { useState } from 'react'
import { call, Refused } from '../api/client'
import type { Diagnostic, Version } from '../api/types'
import { draft, flush, useDraft } from '../draft/store'
import { jump, select, show } from '../editor/view'
import { where } from '../editor/bind'
import { Box } from '../parts/Box'
import { Button } from '../parts/Button'
import { Notes } from '../parts/Field'
import { useSession } from '../session'
import { useLanguage, useSay } from '../words'
import { refreshVersions } from './live'
import { Try } from './Try'

export default function Publish({ onClose }: { onClose: () => void }) {
  const say = useSay()
  const [language] = useLanguage()
  const id = useDraft((state) => state.id)!
  const diagnostics = useDraft((state) => state.diagnostics)
  const waiting = useDraft((state) => state.outbox.length)
  const title = useDraft((state) => String(state.document?.definition.title ?? ''))
  const runner = useSession((state) => state.session?.runner)
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const [found, setFound] = useState<Diagnostic[] | null>(null)
  const [version, setVersion] = useState<Version | null>(null)
  const errors = (found ?? diagnostics).filter((one) => one.severity === 'error')
  const warnings = (found ?? diagnostics).filter((one) => one.severity === 'warning')
  const publish = async () => {
    setBusy(true)
    setWrong(null)
    try {
      for (let tries = 0; draft().outbox.length > 0 && tries < 50; tries++) {
        await flush()
        await new Promise((done) => setTimeout(done, 100))
      }
      const { body } = await call<Version>('POST', `/questionnaires/${id}/versions`, { ifMatch: draft().revision, body: {} })
      setVersion(body)
      await refreshVersions(id)
    } catch (error) {
      if (error instanceof Refused && Array.isArray(error.problem.diagnostics)) setFound(error.problem.diagnostics as Diagnostic[])
      setWrong(error instanceof Refused && error.problem.detail ? error.problem.detail : say('publish.failed'))
    } finally {
      setBusy(false)
    }
  }
  if (version) {
    return (
      <Box title={say('publish.done', { title, version: version.number })} onClose={onClose} foot={<Button onPress={() => { onClose(); select(null, null, 'versions') }}>{say('mode.versions')}</Button>}>
        <p>{say('publish.lead')}</p>
        {runner && <Try version={version} runner={runner} />}
      </Box>
    )
  }
  return (
    <Box
      title={say('publish.title')} onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{say('do.cancel')}</Button>
          <Button look="green" busy={busy} reason={errors.length ? say('publish.errors', { count: errors.length }) : null} onPress={() => void publish()}>
            {say('publish.now')}
          </Button>
        </>
      }
    >
      <p>{errors.length ? say('publish.errors', { count: errors.length }) : say('publish.what', { title })}</p>
      {wrong && (
        <div role="alert">
          <Notes notes={[{ severity: 'error', text: wrong }]} />
        </div>
      )}
      {waiting > 0 && <p>{say('publish.waiting', { count: waiting })}</p>}
      <Notes
        notes={[...errors, ...warnings].slice(0, 12).map((one) => ({
          severity: one.severity, text: one.text[language] || one.text.en,
          action: (
            <Button size="row" look="link" onPress={() => { onClose(); jump(where(one)) }}>
              {say('problems.go')}
            </Button>
          ),
        }))}
      />
      {errors.length + warnings.length > 12 && (
        <Button look="link" onPress={() => { onClose(); show({ problemsOpen: true }) }}>
          {say('problems.show')}
        </Button>
      )}
    </Box>
  )
}
