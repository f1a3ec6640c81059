// Edits not yet acknowledged, kept on this device: they outlive a reload, a crash and a service that is away.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { Op } from './patch'
import type { Placed } from './place'

export type Entry = {
  questionnaire: string
  /** Grows with each edit of this device, so that they are sent in the order they were made. */
  seq: number
  key: string
  label: string
  ops: Placed[]
  undoes: number | null
  /** Edits of one field in a row are one edit: what they have in common. */
  join: string | null
  at: number
  /** As it went out the first time. Its reply may have been lost, so it goes out again in the same words until one comes. */
  sent?: { patch: Op[]; revision: number }
}
interface Shelf extends DBSchema {
  outbox: { key: [string, number]; value: Entry; indexes: { questionnaire: string } }
}

let opened: Promise<IDBPDatabase<Shelf> | null> | null = null
/** Private windows may keep nothing: editing goes on in memory. */
const shelf = () =>
  (opened ??= openDB<Shelf>('canvass-author', 1, {
    upgrade(database) {
      database.createObjectStore('outbox', { keyPath: ['questionnaire', 'seq'] }).createIndex('questionnaire', 'questionnaire')
    },
  }).catch(() => null))

export async function kept(questionnaire: string): Promise<Entry[]> {
  const database = await shelf()
  if (!database) return []
  const entries = await database.getAllFromIndex('outbox', 'questionnaire', questionnaire)
  return entries.sort((a, b) => a.seq - b.seq)
}
export async function keep(entry: Entry): Promise<void> {
  await (await shelf())?.put('outbox', entry)
}
export async function discard(entry: Entry): Promise<void> {
  await (await shelf())?.delete('outbox', [entry.questionnaire, entry.seq])
}
