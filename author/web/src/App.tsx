// Who is here, and which screen that person is at.
import { lazy, Suspense, useEffect } from 'react'
import { FirstAccount, ResetPassword, SignIn } from './account/Enter'
import { Home } from './home/Home'
import { Announcer } from './parts/announce'
import { Toasts } from './parts/Toasts'
import { Wait } from './parts/Wait'
import { useRoute } from './route'
import { refresh, useSession } from './session'

const Editor = lazy(() => import('./editor/Editor'))
const People = lazy(() => import('./account/People'))

export function App() {
  const { session, failed } = useSession()
  const route = useRoute()
  useEffect(() => void refresh(), [])
  let screen
  if (failed) screen = <Wait failed onAgain={refresh} />
  else if (!session) screen = <Wait />
  else if (route.at === 'reset') screen = <ResetPassword />
  else if (session.first_run) screen = <FirstAccount />
  else if (!session.user) screen = <SignIn />
  else if (route.at === 'editor') screen = <Editor key={route.id} id={route.id} />
  else if (route.at === 'people') screen = <People />
  else screen = <Home />
  return (
    <>
      <Suspense fallback={<Wait />}>{screen}</Suspense>
      <Toasts />
      <Announcer />
    </>
  )
}
