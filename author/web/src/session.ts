// Who is signed in, as the service says.
import { create } from 'zustand'
import { read, rememberToken, send } from './api/client'
import type { Session } from './api/types'
import { knowMe } from './draft/store'

export const useSession = create<{ session: Session | null; failed: boolean }>(() => ({ session: null, failed: false }))

function take(session: Session) {
  rememberToken(session.csrf)
  if (session.user) knowMe(session.user.id)
  useSession.setState({ session, failed: false })
}
export async function refresh(): Promise<void> {
  try {
    take(await read<Session>('/session'))
  } catch {
    useSession.setState({ failed: true })
  }
}
export const signIn = async (email: string, password: string) => {
  await send<unknown>('POST', '/session', { email, password })
  await refresh()
}
export const makeFirst = async (account: { name: string; email: string; password: string; organisation?: string }) => {
  await send<unknown>('POST', '/first-account', account)
  await refresh()
  if (!useSession.getState().session?.user) await signIn(account.email, account.password)
}
export const signOut = async () => {
  await send<unknown>('DELETE', '/session')
  await refresh()
}
