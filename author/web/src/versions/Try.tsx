// The way from a version to the runner: a response of one's own, with launch data chosen there.
import { ExternalLink } from 'lucide-react'
import type { Version } from '../api/types'
import { useSay } from '../words'
import style from './Try.module.css'

export function Try({ version, runner }: { version: Version; runner: string }) {
  const say = useSay()
  return (
    <p className={style.try}>
      <a className={style.link} href={`${runner}/demo/launch?instrument=${version.guid ?? ''}`} target="_blank" rel="noopener">
        <ExternalLink size={16} aria-hidden />
        {say('versions.try')}
      </a>
      <span>{say('versions.at', { runner })}</span>
    </p>
  )
}
