// The top bar of the screens outside a questionnaire, and what is below it.
import type { ReactNode } from 'react'
import { Languages, LogOut, Users } from 'lucide-react'
import { Button as Press } from 'react-aria-components'
import { Mark } from '../parts/Mark'
import { Menu } from '../parts/Menu'
import { Avatar } from '../parts/small'
import { follow, go, useRoute } from '../route'
import { signOut, useSession } from '../session'
import { useLanguage, useSay } from '../words'
import style from './Frame.module.css'

export function Me() {
  const say = useSay()
  const [language, choose] = useLanguage()
  const user = useSession((state) => state.session?.user)
  if (!user) return null
  return (
    <Menu
      label={say('me.menu')}
      acts={[
        { id: 'me', title: `${user.name}, ${user.email}`, acts: [
          { id: 'language', label: say('language.other'), icon: Languages, run: () => choose(language === 'en' ? 'cy' : 'en') },
          ...(user.role === 'administrator' ? [{ id: 'people', label: say('people.title'), icon: Users, run: () => go('/accounts') }] : []),
          { id: 'out', label: say('me.sign-out'), icon: LogOut, run: () => void signOut() },
        ] },
      ]}
    >
      <Press className={style.me!}>
        <Avatar name={user.name} />
        <span className="hidden-words">{say('me.name', { name: user.name })}</span>
      </Press>
    </Menu>
  )
}

export function Frame({ title, children }: { title: string; children: ReactNode }) {
  const say = useSay()
  const route = useRoute()
  const session = useSession((state) => state.session)
  return (
    <div className={style.frame}>
      <title>{`${title}, Canvass`}</title>
      <a className="skip-link" href="#main">
        {say('skip')}
      </a>
      <header className={style.top}>
        <a {...follow('/')} className={style.brand}>
          <Mark />
          Canvass
        </a>
        <nav aria-label="Canvass" className={style.modes}>
          <a {...follow('/')} aria-current={route.at === 'home' ? 'page' : undefined}>
            {say('home.title')}
          </a>
          {session?.user?.role === 'administrator' && (
            <a {...follow('/accounts')} aria-current={route.at === 'people' ? 'page' : undefined}>
              {say('people.title')}
            </a>
          )}
        </nav>
        <span className={style.organisation}>{session?.organisation.name}</span>
        <Me />
      </header>
      <div className={style.body}>{children}</div>
    </div>
  )
}
