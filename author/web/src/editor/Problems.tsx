// Every problem in one list: what is wrong, where, and what would mend it.
import { useEffect, useMemo, useRef, useState } from 'react'
import { X } from 'lucide-react'
import type { Diagnostic, Severity } from '../api/types'
import { nameOf } from '../draft/acts'
import { useDraft } from '../draft/store'
import { nearest, pageOf } from '../draft/walk'
import { Button, IconButton } from '../parts/Button'
import { Check, SeverityIcon } from '../parts/Field'
import { iconOf } from '../parts/icons'
import { has, useLanguage, useSay } from '../words'
import { fix, where } from './bind'
import { Splitter } from './Splitter'
import { jump, show, useSelection, useView } from './view'
import style from './Problems.module.css'

const order: Severity[] = ['error', 'warning', 'suggestion']

export function Problems() {
  const say = useSay()
  const [language] = useLanguage()
  const diagnostics = useDraft((state) => state.diagnostics)
  const stale = useDraft((state) => state.stale)
  const definition = useDraft((state) => state.document!.definition)
  const { row } = useSelection()
  const height = useView((view) => view.problems)
  const [kind, setKind] = useState<Severity | 'all'>('all')
  const [only, setOnly] = useState(false)
  const body = useRef<HTMLDivElement>(null)
  const shown = useMemo(
    () =>
      diagnostics
        .filter((one) => (kind === 'all' || one.severity === kind) && (!only || !row || where(one).startsWith(row.pointer)))
        .toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity)),
    [diagnostics, kind, only, row],
  )
  useEffect(() => body.current?.style.setProperty('height', `${height / 16}rem`), [height])
  const field = (one: Diagnostic) => (one.field && has(`property.${one.field}`) ? say(`property.${one.field}`) : (one.field ?? ''))
  return (
    <>
      <Splitter pane="problems" least={120} most={Math.max(240, Math.round(innerHeight / 2))} usual={300} grows="up" />
      <section ref={body} className={style.problems} aria-label={say('problems.name')}>
        <div className={style.head}>
          <h2>{say('problems.name')}</h2>
          <span className={style.kinds} role="group" aria-label={say('problems.kind')}>
            {(['all', ...order] as const).map((one) => (
              <button key={one} aria-pressed={kind === one} onClick={() => setKind(one)}>
                {say(`problems.${one}`)} <span>{one === 'all' ? diagnostics.length : diagnostics.filter((other) => other.severity === one).length}</span>
              </button>
            ))}
          </span>
          <p>{say('problems.explain')}</p>
          {row && <Check label={say('problems.this-block')} checked={only} onChange={setOnly} />}
          <IconButton icon={X} small label={say('problems.close')} onPress={() => show({ problemsOpen: false })} />
        </div>
        <div className={`${style.list} ${stale ? style.stale : ''}`}>
          {shown.length === 0 && <p className={style.none}>{say('problems.none')}</p>}
          <table>
            <caption className="hidden-words">{say('problems.name')}</caption>
            <tbody>
              {shown.map((one, at) => {
                const element = nearest(definition, where(one))
                const page = pageOf(element) ?? element
                const Icon = page ? iconOf(page) : null
                const words = one.text[language] || one.text.en
                const fixWords = one.fix ? (typeof one.fix.label === 'string' ? one.fix.label : one.fix.label[language]) : ''
                return (
                  <tr key={`${one.code}${one.pointer}${at}`}>
                    <td className={style.sign}>
                      <SeverityIcon severity={one.severity} size={16} />
                      <span className="hidden-words">{say(`problems.one.${one.severity}`)}</span>
                    </td>
                    <th scope="row">
                      <button data-problem onClick={() => jump(where(one), /routing|route|unreachable/i.test(one.code) ? 'logic' : 'design')}>
                        {words}
                      </button>
                    </th>
                    <td>
                      {Icon && page && (
                        <span className={style.block}>
                          <Icon size={14} aria-hidden />
                          {nameOf(page)}
                        </span>
                      )}
                    </td>
                    <td>{field(one)}</td>
                    <td className={style.fix}>
                      {one.fix ? (
                        <Button size="row" look={one.fix.safe ? 'blue' : 'outline'} onPress={() => fix(one, fixWords)}>
                          {fixWords}
                        </Button>
                      ) : (
                        <Button size="row" onPress={() => jump(where(one), /routing|route|unreachable/i.test(one.code) ? 'logic' : 'design')} aria-label={say('problems.go-to', { problem: words })}>
                          {say('problems.go')}
                        </Button>
                      )}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      </section>
    </>
  )
}
