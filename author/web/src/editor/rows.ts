// The outline's rows: sections, groups worth a row, blocks, with what is wrong rolled up.
import type { Diagnostic, JsonObject } from '../api/types'
import { list, nearest, object, text, walk, pageOf, type Element } from '../draft/walk'

export type Row = { id: string; element: Element; children: Row[]; errors: number; warnings: number; notes: number }

/** A section's only group is no row until it has a title or a skip rule. */
export const groupShows = (group: Element): boolean => list(group.up?.value.groups).length > 1 && (!!text(group.value.title) || 'skip_conditions' in group.value) ? true : !!group.value.skip_conditions

export function rows(definition: JsonObject, diagnostics: Diagnostic[], notes: Record<string, unknown[]>): Row[] {
  const { all } = walk(definition)
  const errors = new Map<Element, number>()
  const warnings = new Map<Element, number>()
  for (const one of diagnostics) {
    if (one.severity === 'suggestion') continue
    const tally = one.severity === 'error' ? errors : warnings
    for (let up = nearest(definition, one.pointer.startsWith('/definition') ? one.pointer : `/definition${one.pointer}`); up; up = up.up) tally.set(up, (tally.get(up) ?? 0) + 1)
  }
  const noted = (element: Element): number => {
    if (element.kind !== 'block') return notes[element.id]?.length ?? 0
    return all.filter((one) => pageOf(one) === element).reduce((sum, one) => sum + (notes[one.id]?.length ?? 0), 0)
  }
  const byUp = new Map<Element | null, Element[]>()
  for (const element of all) {
    if (element.kind === 'question' || element.kind === 'answer' || element.nested) continue
    const same = byUp.get(element.up)
    if (same) same.push(element)
    else byUp.set(element.up, [element])
  }
  const row = (element: Element): Row => {
    const below = byUp.get(element) ?? []
    const children = element.kind === 'section' ? below.flatMap((group) => (groupShows(group) ? [row(group)] : (byUp.get(group) ?? []).map(row))) : below.map(row)
    return { id: element.id || element.pointer, element, children, errors: errors.get(element) ?? 0, warnings: warnings.get(element) ?? 0, notes: Object.keys(notes).length ? noted(element) : 0 }
  }
  return (byUp.get(null) ?? []).map(row)
}
/** Rows that match, with what is around them. */
export function filtered(all: Row[], matches: (element: Element) => boolean): Row[] {
  return all.flatMap((row) => {
    const children = filtered(row.children, matches)
    return children.length > 0 || matches(row.element) ? [{ ...row, children }] : []
  })
}
export const count = (all: Row[]): number => all.reduce((sum, row) => sum + (row.element.kind === 'block' ? 1 : 0) + count(row.children), 0)
export const hasLogic = (element: Element): boolean =>
  'routing_rules' in element.value || 'skip_conditions' in element.value || 'enabled' in element.value || 'question_variants' in element.value || 'content_variants' in element.value || 'repeat' in element.value || !!object(element.value).repeat
