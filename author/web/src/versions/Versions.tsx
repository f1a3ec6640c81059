// Every published version: which is live, who published it, what changed between two of them.
import { useEffect, useState } from 'react'
import { read, Refused, send } from '../api/client'
import type { Version } from '../api/types'
import { useDraft } from '../draft/store'
import { ago, person, clock } from '../home/said'
import { Box } from '../parts/Box'
import { Button } from '../parts/Button'
import { Field, Select } from '../parts/Field'
import { Status } from '../parts/small'
import { toast } from '../parts/Toasts'
import { useSession } from '../session'
import { useSay } from '../words'
import { isLive, refreshVersions, useVersions } from './live'
import { Try } from './Try'
import style from './Versions.module.css'

export default function Versions() {
  const say = useSay()
  const id = useDraft((state) => state.id)!
  const { versions } = useVersions()
  const runner = useSession((state) => state.session?.runner)
  const [withdrawing, setWithdrawing] = useState<Version | null>(null)
  useEffect(() => void refreshVersions(id), [id])
  const withdraw = async (version: Version) => {
    try {
      await send('POST', `/questionnaires/${id}/versions/${version.number}/withdraw`, {})
      await refreshVersions(id)
      toast(say('versions.withdrawn', { version: version.number }))
    } catch (error) {
      toast(error instanceof Refused && error.problem.detail ? error.problem.detail : say('home.not-changed'))
    }
    setWithdrawing(null)
  }
  return (
    <main id="main" className={style.main} tabIndex={-1}>
      <div className={style.column}>
        <h1>{say('mode.versions')}</h1>
        {versions.length === 0 && <p className={style.none}>{say('versions.none')}</p>}
        <ol className={style.list}>
          {versions.map((version) => {
            const when = ago(version.published_at, say)
            return (
              <li key={version.number} className={style.version}>
                <div className={style.line}>
                  <h2>{say('versions.number', { version: version.number })}</h2>
                  <Status live={isLive(version) ? version.number : null} withdrawn={!isLive(version)} />
                  <span className={style.space} />
                  {isLive(version) && (
                    <Button size="row" onPress={() => setWithdrawing(version)}>
                      {say('versions.withdraw')}
                    </Button>
                  )}
                </div>
                <p>{say('versions.by', { who: person(version.published_by), day: when.day, time: clock(version.published_at) })}</p>
                {version.sha256 && <code>{version.sha256.slice(0, 16)}</code>}
                {runner && isLive(version) && <Try version={version} runner={runner} />}
              </li>
            )
          })}
        </ol>
        {versions.length > 1 && <Compare id={id} versions={versions} />}
      </div>
      {withdrawing && (
        <Box
          title={say('versions.withdraw-this', { version: withdrawing.number })} onClose={() => setWithdrawing(null)}
          foot={<><Button onPress={() => setWithdrawing(null)}>{say('do.cancel')}</Button><Button look="blue" onPress={() => void withdraw(withdrawing)}>{say('versions.withdraw')}</Button></>}
        >
          <p>{say('versions.withdraw-lead')}</p>
        </Box>
      )}
    </main>
  )
}

type Difference = { pointer?: string; path?: string; key?: string; element?: string; field?: string; before?: unknown; after?: unknown; from?: unknown; to?: unknown; kind?: string }
function Compare({ id, versions }: { id: string; versions: Version[] }) {
  const say = useSay()
  const [pair, setPair] = useState([versions[1]!.number, versions[0]!.number] as const)
  const [found, setFound] = useState<Difference[] | null>(null)
  useEffect(() => {
    const abort = new AbortController()
    void read<Difference[] | { changes?: Difference[]; texts?: Difference[]; settings?: Difference[] }>(`/questionnaires/${id}/versions/${pair[0]}/compare/${pair[1]}`, abort.signal)
      .then((reply) => setFound(Array.isArray(reply) ? reply : [...(reply.changes ?? []), ...(reply.texts ?? []), ...(reply.settings ?? [])]))
      .catch(() => abort.signal.aborted || setFound([]))
    return () => abort.abort()
  }, [id, pair])
  const show = (value: unknown) => (value === undefined || value === null ? '–' : typeof value === 'string' ? value : JSON.stringify(value))
  return (
    <section className={style.compare} aria-labelledby="compare">
      <h2 id="compare">{say('versions.compare')}</h2>
      <div className={style.line}>
        {([0, 1] as const).map((which) => (
          <Field key={which} label={say(which === 0 ? 'versions.from' : 'versions.to')}>
            {(control) => (
              <Select {...control} value={pair[which]} onChange={(event) => setPair(which === 0 ? [Number(event.target.value), pair[1]] : [pair[0], Number(event.target.value)])}>
                {versions.map((version) => (
                  <option key={version.number} value={version.number}>
                    {say('versions.number', { version: version.number })}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        ))}
      </div>
      {found && found.length === 0 && <p>{say('versions.same')}</p>}
      {found && found.length > 0 && (
        <div className={style.scroll}>
          <table>
            <thead>
              <tr>
                <th scope="col">{say('versions.where')}</th>
                <th scope="col">{say('versions.from')}</th>
                <th scope="col">{say('versions.to')}</th>
              </tr>
            </thead>
            <tbody>
              {found.slice(0, 500).map((one, at) => (
                <tr key={at}>
                  <th scope="row">{one.pointer ?? one.path ?? one.key ?? [one.element, one.field].filter(Boolean).join('/')}</th>
                  <td>{show(one.before ?? one.from)}</td>
                  <td>{show(one.after ?? one.to)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
