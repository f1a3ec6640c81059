// Which version respondents get now, asked once per questionnaire and after publishing.
import { useEffect } from 'react'
import { create } from 'zustand'
import { read } from '../api/client'
import type { Page, Version } from '../api/types'
import { useDraft } from '../draft/store'

export const useVersions = create<{ of: string | null; versions: Version[] }>(() => ({ of: null, versions: [] }))
export async function refreshVersions(id: string): Promise<void> {
  try {
    const found = await read<Version[] | Page<Version>>(`/questionnaires/${id}/versions`)
    useVersions.setState({ of: id, versions: (Array.isArray(found) ? found : found.items).toSorted((a, b) => b.number - a.number) })
  } catch {
    useVersions.setState({ of: id, versions: [] })
  }
}
export const isLive = (version: Version) => version.status !== 'withdrawn' && !version.withdrawn_at
export function useLive(): number | null {
  const id = useDraft((state) => state.id)
  const { of, versions } = useVersions()
  useEffect(() => {
    if (id && of !== id) void refreshVersions(id)
  }, [id, of])
  return of === id ? (versions.find(isLive)?.number ?? null) : null
}
