// What the service sends and takes. Follows author/openapi.json.
import type { Op } from '../draft/patch'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

export type User = { id: string; name: string; email: string; role: string; language?: string }
export type Session = {
  user: User | null
  csrf: string
  organisation: { name: string }
  first_run: boolean
  runner: string | null
}

export type Questionnaire = {
  id: string
  title: string
  survey: { id: string; title: string } | null
  survey_id?: string
  form_type: string | null
  blocks?: number
  status: string
  live_version: number | null
  errors: number
  warnings: number
  languages: { code: string; share: number }[]
  owner: { id: string; name: string } | string | null
  changed_at: string
  changed_by: { id: string; name: string } | string | null
  change: string | null
  starred: boolean
  archived?: boolean
}
export type Page<T> = { items: T[]; next: string | null }
export type Survey = { id: string; title: string; survey_id?: string | null; questionnaires?: number }
export type Starter = { name: string; title: string; languages: string[]; blocks: number }

export type Severity = 'error' | 'warning' | 'suggestion'
export type Diagnostic = {
  code: string
  severity: Severity
  pointer: string
  element?: string | null
  field?: string | null
  text: { en: string; cy: string }
  seen?: string | null
  fix?: { label: string | { en: string; cy: string }; patch: Op[]; safe: boolean } | null
}

export type TranslatedText = { text: Json; source: Json; checked?: boolean }
export type DraftDocument = {
  definition: JsonObject
  translations: Record<string, Record<string, TranslatedText>>
  beside: {
    aliases?: Record<string, string>
    notes?: Record<string, { text: string; by: string; at: string }[]>
    samples?: Record<string, string>
    personas?: Json[]
  }
}
export type Text = { key: string; pointer: string; field?: string; element?: string; source?: Json; text?: Json }
export type Draft = { revision: number; document: DraftDocument; diagnostics: Diagnostic[]; texts?: Text[]; role?: string }
export type Actor = { id: string; name: string }
export type Change = {
  revision: number
  label: string
  patch: Op[]
  inverse: Op[]
  actor: Actor
  at: string
  undoes: number | null
}
export type Saved = { revision: number; diagnostics: Diagnostic[]; saved_at: string }
export type Version = {
  number: number
  status?: string
  published_at: string
  published_by: Actor | string
  sha256?: string
  withdrawn_at?: string | null
  revision?: number
  cir_instrument_id?: string
  guid?: string
  launch_url?: string
}
