// Addresses: each place in the app has one, so that Back returns and a link can be sent.
import { useSyncExternalStore } from 'react'

export type Mode = 'design' | 'logic' | 'map' | 'translations' | 'versions'
export type Route =
  | { at: 'home'; view: string; search: URLSearchParams }
  | { at: 'people' }
  | { at: 'reset' }
  | { at: 'editor'; id: string; mode: Mode; block: string | null; part: string | null }
const modes: Mode[] = ['design', 'logic', 'map', 'translations', 'versions']

export function parse(path: string, search: string): Route {
  const [first, id, mode, block, part] = path.split('/').filter(Boolean).map(decodeURIComponent)
  if (first === 'questionnaires' && id) {
    return { at: 'editor', id, mode: modes.find((one) => one === mode) ?? 'design', block: block ?? null, part: part ?? null }
  }
  if (first === 'reset-password') return { at: 'reset' }
  if (first === 'accounts') return { at: 'people' }
  const query = new URLSearchParams(search)
  return { at: 'home', view: query.get('view') ?? 'all', search: query }
}

const ears = new Set<() => void>()
const subscribe = (ear: () => void) => {
  ears.add(ear)
  addEventListener('popstate', ear)
  return () => {
    ears.delete(ear)
    removeEventListener('popstate', ear)
  }
}
let known = { href: '', route: { at: 'home', view: 'all', search: new URLSearchParams() } as Route }
const snapshot = (): Route => {
  const href = location.pathname + location.search
  if (href !== known.href) known = { href, route: parse(location.pathname, location.search) }
  return known.route
}
export const useRoute = () => useSyncExternalStore(subscribe, snapshot)

/** Goes to an address; `replace` for steps that Back should not visit. */
export function go(path: string, replace = false): void {
  if (path === location.pathname + location.search) return
  if (replace) history.replaceState(null, '', path)
  else history.pushState(null, '', path)
  for (const ear of ears) ear()
}
/** Where a questionnaire opens: the editor then goes to its first block. */
export const start = (id: string): string => `/questionnaires/${encodeURIComponent(id)}`
/** The questionnaire that was made a moment ago: it opens with a first question to type. */
export const made = { id: '' }
export const place = (id: string, mode: Mode = 'design', block?: string | null, part?: string | null): string =>
  `/questionnaires/${encodeURIComponent(id)}/${mode}${block ? `/${encodeURIComponent(block)}` : ''}${block && part ? `/${encodeURIComponent(part)}` : ''}`

/** For links that a plain click follows inside the app, and any other click opens as the browser does. */
export const follow = (path: string) => ({
  href: path,
  onClick: (event: React.MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    go(path)
  },
})
