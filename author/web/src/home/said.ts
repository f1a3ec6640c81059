// How the list speaks of times and people.
import type { Say } from '../words'

export const person = (who: { name: string } | string | null | undefined): string => (typeof who === 'string' ? who : (who?.name ?? ''))

export function ago(at: string, say: Say): { day: string; time: string } {
  const when = new Date(at)
  const today = new Date()
  const midnight = new Date(today.getFullYear(), today.getMonth(), today.getDate())
  const days = Math.floor((midnight.getTime() - new Date(when.getFullYear(), when.getMonth(), when.getDate()).getTime()) / 86_400_000)
  const locale = document.documentElement.lang === 'cy' ? 'cy-GB' : 'en-GB'
  return {
    day: days === 0 ? say('when.today') : days === 1 ? say('when.yesterday') : when.toLocaleDateString(locale, { day: 'numeric', month: 'long', ...(when.getFullYear() === today.getFullYear() ? {} : { year: 'numeric' }) }),
    time: when.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' }),
  }
}
export const clock = (at: number | string): string => new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
