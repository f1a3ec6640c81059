// The draft that is open: what the service has acknowledged, what waits on this device, and the document of both together.
import { create } from 'zustand'
import { call, read, Refused } from '../api/client'
import type { Change, Diagnostic, Draft, DraftDocument, Json, Saved, Text } from '../api/types'
import { say } from '../words'
import { apply, get, type Op } from './patch'
import { clash, place, relocate, touches } from './place'
import { discard, keep, kept, type Entry } from './outbox'
import { known } from './text'

export type Conflict = { id: string; label: string; by: string; at: string; mine: Json | undefined; theirs: Json | undefined; entry: Entry; gone: boolean }
export type Done = { label: string; inverse: Entry['ops']; revision: number | null; seq: number; join: string | null; at: number }
export type State = {
  id: string | null
  failure: number | null
  revision: number
  base: DraftDocument | null
  document: DraftDocument | null
  diagnostics: Diagnostic[]
  /** Diagnostics belong to an earlier state of the document. */
  stale: boolean
  texts: Text[]
  role: string | null
  outbox: Entry[]
  sending: boolean
  slow: boolean
  offline: boolean
  retryAt: number | null
  signedOut: boolean
  savedAt: number | null
  sentAfterAway: number
  undos: Done[]
  redos: Done[]
  conflicts: Conflict[]
  refused: Entry[]
  /** Counts acknowledged states: what depends on the saved draft (preview, map) looks again when it moves. */
  saved: number
}

const fresh: State = {
  id: null, failure: null, revision: 0, base: null, document: null, diagnostics: [], stale: false, texts: [], role: null, outbox: [], sending: false,
  slow: false, offline: false, retryAt: null, signedOut: false, savedAt: null, sentAfterAway: 0, undos: [], redos: [], conflicts: [], refused: [], saved: 0,
}
export const useDraft = create<State>(() => fresh)
const set = useDraft.setState
useDraft.subscribe((state) => {
  known.definition = state.document?.definition ?? {}
})
export const draft = useDraft.getState

const idle = 600
let timer: ReturnType<typeof setTimeout> | undefined
let again: ReturnType<typeof setTimeout> | undefined
let tries = 0
let stream: EventSource | null = null
let me = ''
export const knowMe = (id: string) => {
  me = id
}

/** An edit that was on its way when the page went: whether it arrived, its own key tells. What did not is left. */
async function resend(id: string, waiting: Entry[]): Promise<Entry[]> {
  const left: Entry[] = []
  for (const entry of waiting) {
    if (!entry.sent || left.length > 0) {
      left.push({ ...entry, sent: undefined, key: entry.sent ? crypto.randomUUID() : entry.key })
      continue
    }
    try {
      await call<Saved>('PATCH', `/questionnaires/${id}/draft`, { body: bodyOf(entry, entry.sent.patch), ifMatch: entry.sent.revision, key: entry.key })
      await discard(entry)
    } catch (error) {
      if (!(error instanceof Refused) || error.status === 0) throw error
      left.push({ ...entry, sent: undefined, key: crypto.randomUUID() })
    }
  }
  return left
}
const bodyOf = (entry: Entry, patch: Op[]) => ({ label: entry.label, patch, ...(entry.undoes ? { undoes: entry.undoes } : {}) })

/** Opens a questionnaire: the service's draft, with what this device still held on top. */
export async function open(id: string): Promise<void> {
  close()
  set({ ...fresh, id })
  try {
    const waiting = await resend(id, await kept(id))
    const { body } = await call<Draft>('GET', `/questionnaires/${id}/draft`)
    if (draft().id !== id) return
    let document = body.document
    const good: Entry[] = []
    for (const entry of waiting) {
      const ops = relocate(document, entry.ops)
      if (!ops) {
        set((state) => ({ refused: [...state.refused, entry] }))
        continue
      }
      const placed = place(document, ops)
      document = placed.document
      good.push({ ...entry, ops: placed.ops })
    }
    set({
      revision: body.revision, base: body.document, document, diagnostics: body.diagnostics, texts: body.texts ?? [], role: body.role ?? null, outbox: good,
      stale: good.length > 0, sentAfterAway: good.length, saved: 1,
    })
    if (good.length > 0) schedule(0)
    listen(id)
    void history(id)
  } catch (error) {
    set({ failure: error instanceof Refused ? error.status : -1 })
  }
}

export function close() {
  clearTimeout(timer)
  clearTimeout(again)
  stream?.close()
  stream = null
}

/** What can be undone after a reload: this person's edits, newest last, without those already undone. */
async function history(id: string) {
  try {
    const changes = await read<Change[] | { items: Change[] }>(`/questionnaires/${id}/changes?limit=100`)
    const all = (Array.isArray(changes) ? changes : changes.items).toSorted((a, b) => a.revision - b.revision)
    const undone = new Set(all.map((change) => change.undoes))
    const mine = all.filter((change) => change.actor.id === me && change.undoes === null && !undone.has(change.revision))
    const { document, undos } = draft()
    if (draft().id !== id || !document || undos.length > 0) return
    set({
      undos: mine.map((change) => ({ label: change.label, inverse: change.inverse as Entry['ops'], revision: change.revision, seq: -change.revision, join: null, at: 0 })),
    })
  } catch {
    // Undo then begins with this visit.
  }
}

/** Makes one edit, under the name that undo will say. Edits with the same `joins` in a row become one. */
export function edit(label: string, ops: readonly Op[], joins: string | null = null, undoes: number | null = null): boolean {
  const { id, document, outbox, undos } = draft()
  if (!id || !document || ops.length === 0) return false
  let step
  try {
    step = place(document, ops)
  } catch {
    return false
  }
  const at = Date.now()
  const before = outbox.at(-1)
  const joined = joins !== null && before?.join === joins && !before.sent && !(draft().sending && outbox.length === 1) && at - before.at < 4000 ? before : null
  const entry: Entry = joined
    ? { ...joined, ops: shorten([...joined.ops, ...step.ops]), at }
    : { questionnaire: id, seq: Math.max(at, (before?.seq ?? 0) + 1), key: crypto.randomUUID(), label, ops: step.ops, undoes, join: joins, at }
  // Sent with what was typed until then, so it is another request.
  if (joined) entry.key = crypto.randomUUID()
  const top = undos.at(-1)
  const undo: Done =
    joins !== null && top?.join === joins && at - top.at < 4000
      ? { ...top, inverse: shortenBack([...step.inverse, ...top.inverse]) as Done['inverse'], at, seq: entry.seq }
      : { label, inverse: step.inverse as Done['inverse'], revision: null, seq: entry.seq, join: joins, at }
  set({
    document: step.document,
    outbox: joined ? [...outbox.slice(0, -1), entry] : [...outbox, entry],
    ...(undoes === null ? { undos: [...(undo.join !== null && top?.join === undo.join && at - top.at < 4000 ? undos.slice(0, -1) : undos), undo], redos: [] } : {}),
    stale: true,
  })
  void keep(entry)
  schedule(idle)
  return true
}

/** Typing replaces one value over and over: only the last counts. */
function shorten(ops: Entry['ops']): Entry['ops'] {
  const [a, b] = ops.slice(-2)
  return a && b && (a.op === 'replace' || a.op === 'add') && b.op === 'replace' && a.path === b.path ? [...ops.slice(0, -2), { ...a, value: b.value }] : ops
}
function shortenBack(ops: Op[]): Op[] {
  const [a, b] = ops
  return a && b && a.op === 'replace' && (b.op === 'replace' || b.op === 'remove') && a.path === b.path ? ops.slice(1) : ops
}

function step(from: 'undos' | 'redos', to: 'undos' | 'redos'): Done | null {
  const stack = draft()[from]
  const done = stack.at(-1)
  const document = draft().document
  if (!done || !document) return null
  const ops = relocate(document, done.inverse)
  if (!ops) {
    set({ [from]: stack.slice(0, -1) } as Partial<State>)
    return null
  }
  const back = place(document, ops)
  const undoes = from === 'undos' ? done.revision : null
  if (!edit(say(from === 'undos' ? 'undo.undid' : 'undo.redid', { act: done.label }), ops, null, undoes ?? 0)) return null
  const other: Done = { ...done, inverse: place(back.document, back.inverse).ops, revision: null, seq: draft().outbox.at(-1)?.seq ?? 0, join: null }
  set((state) => ({ [from]: stack.slice(0, -1), [to]: [...state[to], other] }) as Partial<State>)
  return done
}
export const undo = () => step('undos', 'redos')
export const redo = () => step('redos', 'undos')

function schedule(after: number) {
  clearTimeout(timer)
  timer = setTimeout(() => void flush(), after)
}

/** Sends what waits, one edit at a time, in order. */
export async function flush(): Promise<void> {
  clearTimeout(timer)
  const { id, sending, outbox, revision, base } = draft()
  const entry = outbox[0]
  if (!id || !base || sending || !entry) return
  set({ sending: true, slow: false })
  const slow = setTimeout(() => set({ slow: true }), 400)
  try {
    const placed = place(base, entry.ops.map(({ near: _, ...op }) => op))
    const sent = entry.sent ?? { patch: placed.patch, revision }
    if (!entry.sent) {
      set((state) => ({ outbox: state.outbox.map((one) => (one.seq === entry.seq ? { ...one, sent } : one)) }))
      await keep({ ...entry, sent })
    }
    const { body } = await call<Saved>('PATCH', `/questionnaires/${id}/draft`, { body: bodyOf(entry, sent.patch), ifMatch: sent.revision, key: entry.key })
    if (draft().id !== id) return
    tries = 0
    await discard(entry)
    const rest = draft().outbox.slice(1)
    set((state) => ({
      base: placed.document, revision: body.revision, outbox: rest, offline: false, retryAt: null, signedOut: false,
      savedAt: Date.parse(body.saved_at) || Date.now(), saved: state.saved + 1,
      undos: state.undos.map((done) => (done.seq === entry.seq ? { ...done, revision: body.revision } : done)),
      ...(rest.length === 0 ? { diagnostics: body.diagnostics, stale: false } : {}),
    }))
  } catch (error) {
    await failed(id, entry, error)
  } finally {
    clearTimeout(slow)
    if (draft().id === id) set({ sending: false, slow: false })
    if (draft().id === id && draft().outbox.length > 0 && !again) schedule(0)
  }
}

async function failed(id: string, entry: Entry, error: unknown) {
  if (draft().id !== id) return
  const status = error instanceof Refused ? error.status : -1
  if (status === 412) {
    const changes = (error as Refused).problem.changes as Change[] | undefined
    await merge(id, changes ?? (await missed(id)))
  } else if (status === 401 || status === 403) {
    set({ signedOut: status === 401 })
    wait(id, 5)
  } else if (status === 422 || status === 400 || status === -1) {
    // It cannot be applied: it is set aside, never thrown away, and what follows is placed anew.
    await discard(entry)
    const { base, outbox } = draft()
    set((state) => ({ refused: [...state.refused, entry] }))
    if (base) replay(base, outbox.slice(1))
  } else {
    if (status === 0) set({ offline: true })
    wait(id, Math.min(30, 2 ** ++tries))
  }
}

function wait(id: string, seconds: number) {
  set({ retryAt: Date.now() + seconds * 1000 })
  clearTimeout(again)
  again = setTimeout(() => {
    again = undefined
    if (draft().id === id) void flush()
  }, seconds * 1000)
}
export function tryNow() {
  clearTimeout(again)
  again = undefined
  schedule(0)
}
addEventListener('online', tryNow)

const missed = async (id: string): Promise<Change[]> => {
  const changes = await read<Change[] | { items: Change[] }>(`/questionnaires/${id}/changes?after=${draft().revision}`)
  return Array.isArray(changes) ? changes : changes.items
}

/** Takes in what others did since, then puts ours on top again. A field both changed is asked about. */
async function merge(id: string, changes: Change[]): Promise<void> {
  const { base, outbox, revision } = draft()
  if (!base || draft().id !== id) return
  let document = base
  let newest = revision
  const theirs: { touched: string; change: Change }[] = []
  for (const change of changes.toSorted((a, b) => a.revision - b.revision)) {
    if (change.revision <= newest) continue
    try {
      theirs.push(...touches(document, change.patch).map((touched) => ({ touched, change })))
      document = apply(document as never, change.patch).document as DraftDocument
      newest = change.revision
    } catch {
      return void open(id)
    }
  }
  const conflicts: Conflict[] = []
  const left: Entry[] = []
  let mineNow = base
  for (const entry of outbox) {
    const mine = touches(mineNow, entry.ops)
    mineNow = place(mineNow, entry.ops.map(({ near: _, ...op }) => op)).document
    const met = theirs.find(({ touched, change }) => change.actor.id !== me && mine.some((own) => clash(own, touched)))
    if (!met) {
      left.push(entry)
      continue
    }
    const first = entry.ops.find((op) => op.op !== 'test')
    const ops = relocate(document, entry.ops)
    conflicts.push({
      id: entry.key, label: entry.label, by: met.change.actor.name, at: met.change.at, entry, gone: ops === null,
      mine: first && 'value' in first ? first.value : undefined,
      theirs: ops?.[0] ? get(document as never, 'from' in ops[0] ? ops[0].from : ops[0].path) : undefined,
    })
    await discard(entry)
  }
  set((state) => ({ base: document, revision: newest, conflicts: [...state.conflicts, ...conflicts], saved: state.saved + 1 }))
  replay(document, left)
}

function replay(base: DraftDocument, entries: Entry[]) {
  let document = base
  const good: Entry[] = []
  for (const entry of entries) {
    const ops = relocate(document, entry.ops)
    if (!ops) {
      set((state) => ({ refused: [...state.refused, entry] }))
      void discard(entry)
      continue
    }
    const placed = place(document, ops)
    document = placed.document
    const fresh = { ...entry, ops: placed.ops, sent: undefined, key: entry.sent ? crypto.randomUUID() : entry.key }
    void keep(fresh)
    good.push(fresh)
  }
  set({ document, outbox: good, stale: true })
  if (good.length === 0) void recheck()
}

async function recheck() {
  const { id } = draft()
  if (!id) return
  try {
    const { body } = await call<Draft>('GET', `/questionnaires/${id}/draft`)
    if (draft().id === id && draft().revision === body.revision && draft().outbox.length === 0) {
      set({ base: body.document, document: body.document, diagnostics: body.diagnostics, texts: body.texts ?? [], stale: false })
    }
  } catch {
    // The next save brings them.
  }
}

export function settle(conflict: Conflict, choice: 'mine' | 'theirs') {
  set((state) => ({ conflicts: state.conflicts.filter((other) => other !== conflict) }))
  const { document } = draft()
  if (choice === 'theirs' || !document) return
  const ops = relocate(document, conflict.entry.ops)
  if (ops) edit(conflict.label, ops)
}

function listen(id: string) {
  if (!('EventSource' in globalThis)) return
  const source = new EventSource(`/api/v1/questionnaires/${id}/draft/events`)
  stream = source
  source.addEventListener('change', (event) => {
    if (draft().id !== id) return
    const change = JSON.parse((event as MessageEvent<string>).data) as Change
    // One of ours on its way brings its own reply.
    if (draft().sending || change.revision <= draft().revision) return
    void (change.revision === draft().revision + 1 ? merge(id, [change]) : missed(id).then((changes) => merge(id, changes))).catch(() => undefined)
  })
  source.addEventListener('open', () => {
    if (draft().offline) tryNow()
  })
}

addEventListener('pagehide', () => void flush())
export const download = (): Blob => new Blob([JSON.stringify(draft().document, null, 2)], { type: 'application/json' })
