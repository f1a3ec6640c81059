// Texts with placeholders: what they say in words, and what fills each place.
import type { Json, JsonObject } from '../api/types'
import { list, object, text, walk, type Element } from './walk'

export type Source = { source: string; identifier?: string; selector?: string; selectors?: string[]; [key: string]: Json | undefined }
export type Placeholder = { placeholder: string; value?: Json; transforms?: Json[] }

export const isText = (value: Json | undefined): boolean => typeof value === 'string' || (typeof value === 'object' && value !== null && !Array.isArray(value) && ('text' in value || 'text_plural' in value))
export const placeholdersOf = (value: Json | undefined): Placeholder[] => list(object(value).placeholders) as unknown as Placeholder[]
export const isSource = (value: Json | undefined): boolean => typeof object(value).source === 'string'

/** The string itself; of plural forms the last, which always is there. */
export function raw(value: Json | undefined): string {
  if (typeof value === 'string') return value
  const of = object(value)
  if (typeof of.text === 'string') return of.text
  return text(object(object(of.text_plural).forms).other)
}

/** Every value source inside, in order. */
export function sources(value: Json | undefined, found: Source[] = []): Source[] {
  if (Array.isArray(value)) for (const item of value) sources(item, found)
  else if (value && typeof value === 'object') {
    if (typeof value.source === 'string' && value.source !== 'previous_transform') found.push(value as Source)
    for (const item of Object.values(value)) sources(item, found)
  }
  return found
}

export const strip = (words: string): string => words.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ').trim()
const humane = (name: string) => {
  const words = name.replace(/[_-]+/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export type Beside = { aliases?: Record<string, string> }
const launch: Record<string, string> = {
  ru_name: 'launch.ru_name', ru_ref: 'launch.ru_ref', trad_as: 'launch.trad_as', period_id: 'launch.period_id', ref_p_start_date: 'launch.ref_p_start_date',
  ref_p_end_date: 'launch.ref_p_end_date', user_id: 'launch.user_id', display_address: 'launch.display_address', employment_date: 'launch.employment_date', return_by: 'launch.return_by',
}

/** What an author calls the value of a source. */
export function sourceName(source: Source, definition: JsonObject, beside: Beside, say: (key: string) => string): string {
  const id = source.identifier ?? ''
  switch (source.source) {
    case 'answers':
    case 'calculated_summary':
    case 'grand_calculated_summary': {
      const element = walk(definition).byId.get(id)?.find((one) => one.kind === (source.source === 'answers' ? 'answer' : 'block'))
      return element ? name(element, beside, say) : say('name.removed')
    }
    case 'metadata':
      return beside.aliases?.[`launch.${id}`] ?? (launch[id] ? say(launch[id]) : humane(id))
    case 'response_metadata':
      return say('name.started_at')
    case 'list':
      return `${humane(id)}${source.selector === 'count' ? ` (${say('name.count')})` : source.selector ? ` (${humane(source.selector)})` : ''}`
    case 'location':
      return say('name.item')
    case 'supplementary_data':
      return [id, ...(source.selectors ?? [])].map(humane).join(', ')
    case 'progress':
      return say('name.progress')
    default:
      return humane(id || source.source)
  }
}

/** The words with each place shown by the name of what fills it. */
export function plain(value: Json | undefined, definition: JsonObject, beside: Beside, say: (key: string) => string, depth = 0): string {
  const of = new Map(placeholdersOf(value).map((one) => [one.placeholder, one]))
  return strip(
    raw(value).replace(/\{([0-9a-z_]+)\}/g, (token, key: string) => {
      const source = sources(of.get(key) as unknown as Json)[0]
      return source && depth < 2 ? sourceName(source, definition, beside, say) : source ? humane(key) : token
    }),
  )
}

/** The definition that is open: names of chips within names come from it. */
export const known: { definition: JsonObject } = { definition: {} }

/** What an element is called: the name the author gave it, else its own words, else what it is. */
export function name(element: Element, beside: Beside, say: (key: string) => string, depth = 0): string {
  const given = beside.aliases?.[element.id]
  if (given) return given
  const value = element.value
  const { definition } = known
  const own = (of: Json | undefined) => plain(of, definition, beside, say, depth + 1).replace(/%\(total\)s/g, '…')
  if (element.kind === 'section' || element.kind === 'group') return text(value.title) || say(`name.untitled.${element.kind}`)
  if (element.kind === 'answer') return own(value.label) || (element.up?.kind === 'question' ? own(element.up.value.title) : '') || say(`type.${text(value.type)}`)
  if (element.kind === 'question') return own(value.title) || say('name.untitled.question')
  const title = value.question
    ? object(value.question).title
    : list(value.question_variants)[0]
      ? object(object(list(value.question_variants)[0]).question).title
      : value.content
        ? object(value.content).title
        : list(value.content_variants)[0]
          ? object(object(list(value.content_variants)[0]).content).title
          : value.type === 'CalculatedSummary' || value.type === 'GrandCalculatedSummary'
            ? (object(value.calculation).title ?? value.title)
            : value.title
  if (value.type === 'Introduction') return say('type.Introduction')
  return own(title) || text(value.page_title) || say('name.untitled.question')
}
