// The way from a version to the runner: a response of one's own, with the sample launch data.
import { useState } from 'react'
import { ExternalLink } from 'lucide-react'
import { send } from '../api/client'
import type { Version } from '../api/types'
import { useDraft } from '../draft/store'
import { Button } from '../parts/Button'
import { toast } from '../parts/Toasts'
import { useSay } from '../words'

export function Try({ version, runner }: { version: Version; runner: string }) {
  const say = useSay()
  const id = useDraft((state) => state.id)!
  const [busy, setBusy] = useState(false)
  const open = async () => {
    setBusy(true)
    const tab = window.open('', '_blank')
    try {
      const { url } = await send<{ url: string }>('POST', `/questionnaires/${id}/versions/${version.number}/launch`, {})
      if (tab) tab.location.href = url
      else location.assign(url)
    } catch {
      tab?.close()
      toast(say('versions.no-launch'))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div>
      <Button look="blue" icon={ExternalLink} isPending={busy} onPress={() => void open()}>
        {say('versions.try')}
      </Button>
      <p>{say('versions.at', { runner })}</p>
    </div>
  )
}
