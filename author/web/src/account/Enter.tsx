// The ways in: the first account of a fresh installation, and signing in.
import { useState, type FormEvent, type ReactNode } from 'react'
import { Refused, send } from '../api/client'
import { Button } from '../parts/Button'
import { Field, Input, Notes } from '../parts/Field'
import { Mark } from '../parts/Mark'
import { go } from '../route'
import { makeFirst, refresh, signIn } from '../session'
import { useLanguage, useSay } from '../words'
import style from './Enter.module.css'

function Sheet({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  const [language, choose] = useLanguage()
  const say = useSay()
  return (
    <main className={style.page}>
      <title>{`${title}, Canvass`}</title>
      <div className={style.brand}>
        <Mark size={36} />
        <span>Canvass</span>
        <button className={style.language} lang={language === 'en' ? 'cy' : 'en'} onClick={() => choose(language === 'en' ? 'cy' : 'en')}>
          {say('language.other')}
        </button>
      </div>
      <div className={style.sheet}>
        <h1>{title}</h1>
        {lead && <p className={style.lead}>{lead}</p>}
        {children}
      </div>
    </main>
  )
}

/** Runs a form once at a time and keeps what went wrong, in words. */
function useForm(run: () => Promise<void>) {
  const say = useSay()
  const [wrong, setWrong] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setWrong(null)
    try {
      await run()
    } catch (error) {
      const status = error instanceof Refused ? error.status : -1
      setWrong(
        status === 401 ? say('enter.wrong') : status === 429 ? say('enter.too-often') : status === 0 ? say('enter.away') : error instanceof Error && error.message ? error.message : say('wait.failed'),
      )
    } finally {
      setBusy(false)
    }
  }
  return { wrong, busy, submit }
}

export function SignInForm({ email: given = '' }: { email?: string }) {
  const say = useSay()
  const [email, setEmail] = useState(given)
  const [password, setPassword] = useState('')
  const { wrong, busy, submit } = useForm(() => signIn(email, password))
  return (
    <form onSubmit={(event) => void submit(event)} className={style.form}>
      {wrong && (
        <div role="alert">
          <Notes notes={[{ severity: 'error', text: wrong }]} />
        </div>
      )}
      <Field label={say('enter.email')}>{(control) => <Input {...control} type="email" name="email" autoComplete="username" required value={email} onChange={(event) => setEmail(event.target.value)} />}</Field>
      <Field label={say('enter.password')}>
        {(control) => <Input {...control} type="password" name="password" autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.target.value)} />}
      </Field>
      <Button type="submit" look="green" size="page" busy={busy}>
        {say('enter.sign-in')}
      </Button>
    </form>
  )
}

export function SignIn() {
  const say = useSay()
  return (
    <Sheet title={say('enter.sign-in')}>
      <SignInForm />
    </Sheet>
  )
}

/** Where a one-time link leads: the secret after `#` never reaches a log. */
export function ResetPassword() {
  const say = useSay()
  const [password, setPassword] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const set = async (event: FormEvent) => {
    event.preventDefault()
    try {
      await send('POST', '/reset-password', { secret: location.hash.slice(1), password })
      go('/')
      await refresh()
    } catch (error) {
      const status = error instanceof Refused ? error.status : -1
      setWrong(status === 0 ? say('enter.away') : status === 429 ? say('enter.too-often') : say('enter.reset-wrong'))
    }
  }
  return (
    <Sheet title={say('enter.reset')}>
      <form onSubmit={(event) => void set(event)} className={style.form}>
        {wrong && (
          <div role="alert">
            <Notes notes={[{ severity: 'error', text: wrong }]} />
          </div>
        )}
        <Field label={say('enter.password')} hint={say('enter.password-hint')}>
          {(control) => <Input {...control} type="password" autoComplete="new-password" required minLength={12} value={password} onChange={(event) => setPassword(event.target.value)} />}
        </Field>
        <Button type="submit" look="green" size="page">
          {say('enter.reset-do')}
        </Button>
      </form>
    </Sheet>
  )
}

export function FirstAccount() {
  const say = useSay()
  const [account, setAccount] = useState({ name: '', email: '', password: '', organisation: '' })
  const { wrong, busy, submit } = useForm(() => makeFirst({ ...account, organisation: account.organisation || undefined }))
  const field = (key: keyof typeof account, type: string, auto: string, required = true, hint?: string) => (
    <Field label={say(`enter.${key}`)} hint={hint}>
      {(control) => (
        <Input {...control} type={type} name={key} autoComplete={auto} required={required} minLength={key === 'password' ? 12 : undefined} value={account[key]}
          onChange={(event) => setAccount({ ...account, [key]: event.target.value })} />
      )}
    </Field>
  )
  return (
    <Sheet title={say('enter.first')} lead={say('enter.first-lead')}>
      <form onSubmit={(event) => void submit(event)} className={style.form}>
        {wrong && (
          <div role="alert">
            <Notes notes={[{ severity: 'error', text: wrong }]} />
          </div>
        )}
        {field('name', 'text', 'name')}
        {field('email', 'email', 'username')}
        {field('password', 'password', 'new-password', true, say('enter.password-hint'))}
        {field('organisation', 'text', 'organization', false)}
        <Button type="submit" look="green" size="page" busy={busy}>
          {say('enter.make')}
        </Button>
      </form>
    </Sheet>
  )
}
