// One way to the service: cookies, the anti-forgery token, idempotency keys, and problem details as one error type.
export type Problem = { type?: string; title: string; status: number; detail?: string; [field: string]: unknown }

/** What the service refused, or that it could not be reached (`status` 0). */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title)
  }
  get status() {
    return this.problem.status
  }
}

export type Reply<T> = { body: T; etag: string | null; status: number }
type Options = { body?: unknown; ifMatch?: number | string; key?: string; signal?: AbortSignal; keepalive?: boolean }

let csrf = ''
export const rememberToken = (token: string) => {
  csrf = token
}

const timeOut = 20_000

export async function call<T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, options: Options = {}): Promise<Reply<T>> {
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (options.body !== undefined) headers['Content-Type'] = 'application/json'
  if (options.ifMatch !== undefined) headers['If-Match'] = `"${options.ifMatch}"`
  if (method !== 'GET') {
    headers['X-CSRF-Token'] = csrf
    headers['Idempotency-Key'] = options.key ?? crypto.randomUUID()
  }
  let reply: Response
  try {
    reply = await fetch(`/api/v1${path}`, {
      method,
      headers,
      credentials: 'same-origin',
      keepalive: options.keepalive,
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      signal: options.signal ? AbortSignal.any([options.signal, AbortSignal.timeout(timeOut)]) : AbortSignal.timeout(timeOut),
    })
  } catch (cause) {
    if (options.signal?.aborted) throw cause
    throw new Refused({ title: 'unreachable', status: 0 })
  }
  const text = await reply.text()
  let body: unknown = undefined
  if (text) {
    try {
      body = JSON.parse(text)
    } catch {
      body = { title: reply.statusText, status: reply.status }
    }
  }
  if (!reply.ok) {
    const problem = typeof body === 'object' && body ? (body as Problem) : { title: reply.statusText, status: reply.status }
    throw new Refused({ ...problem, status: reply.status })
  }
  return { body: body as T, etag: reply.headers.get('ETag'), status: reply.status }
}

export const read = async <T>(path: string, signal?: AbortSignal): Promise<T> => (await call<T>('GET', path, { signal })).body
export const send = async <T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T> =>
  (await call<T>(method, path, { body })).body
