// Accounts of the organisation: who may do what, for administrators.
import { useEffect, useState } from 'react'
import { read, Refused, send } from '../api/client'
import type { Page } from '../api/types'
import { Frame } from '../home/Frame'
import { Box } from '../parts/Box'
import { Button } from '../parts/Button'
import { Field, Input, Notes, Select } from '../parts/Field'
import { Avatar } from '../parts/small'
import { toast } from '../parts/Toasts'
import { useSession } from '../session'
import { useSay } from '../words'
import style from './People.module.css'

type Account = { id: string; name: string; email: string; role: string; disabled?: boolean }
const roles = ['viewer', 'author', 'publisher', 'administrator']

export default function People() {
  const say = useSay()
  const me = useSession((state) => state.session?.user)
  const [accounts, setAccounts] = useState<Account[] | null>(null)
  const [adding, setAdding] = useState(false)
  const [link, setLink] = useState<{ name: string; url: string } | null>(null)
  const load = () => read<Account[] | Page<Account>>('/accounts').then((found) => setAccounts(Array.isArray(found) ? found : found.items), () => setAccounts([]))
  useEffect(() => void load(), [])
  const change = async (account: Account, patch: Partial<Account>) => {
    try {
      await send('PATCH', `/accounts/${account.id}`, patch)
      await load()
    } catch (error) {
      toast(error instanceof Refused && error.problem.detail ? error.problem.detail : say('home.not-changed'))
    }
  }
  const reset = async (account: Account) => {
    try {
      const reply = await send<{ url?: string; link?: string }>('POST', `/accounts/${account.id}/reset-link`, {})
      setLink({ name: account.name, url: reply.url ?? reply.link ?? '' })
    } catch {
      toast(say('home.not-changed'))
    }
  }
  return (
    <Frame title={say('people.title')}>
      <main id="main" className={style.main} tabIndex={-1}>
        <div className={style.head}>
          <h1>{say('people.title')}</h1>
          <Button look="blue" size="page" onPress={() => setAdding(true)}>
            {say('people.add')}
          </Button>
        </div>
        <table className={style.table}>
          <thead>
            <tr>
              <th scope="col">{say('enter.name')}</th>
              <th scope="col">{say('enter.email')}</th>
              <th scope="col">{say('people.role')}</th>
              <th scope="col">
                <span className="hidden-words">{say('home.acts')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {accounts?.map((account) => (
              <tr key={account.id}>
                <th scope="row">
                  <Avatar name={account.name} /> {account.name} {account.disabled && <em>{say('people.disabled')}</em>}
                </th>
                <td>{account.email}</td>
                <td>
                  <Select aria-label={say('people.role-of', { name: account.name })} value={account.role} onChange={(event) => void change(account, { role: event.target.value })}>
                    {roles.map((role) => (
                      <option key={role} value={role}>
                        {say(`role.${role}`)}
                      </option>
                    ))}
                  </Select>
                </td>
                <td className={style.acts}>
                  <Button size="row" onPress={() => void reset(account)}>
                    {say('people.reset')}
                  </Button>
                  <Button size="row" reason={account.id === me?.id ? say('people.not-self') : null} onPress={() => void change(account, { disabled: !account.disabled })}>
                    {say(account.disabled ? 'people.enable' : 'people.disable')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </main>
      {adding && <Add onClose={() => setAdding(false)} onMade={(name, url) => { setLink({ name, url }); void load() }} />}
      {link && (
        <Box title={say('people.link-for', { name: link.name })} onClose={() => setLink(null)}>
          <Field label={say('people.link')} hint={say('people.link-hint')}>{(control) => <Input {...control} readOnly value={new URL(link.url, location.origin).href} onFocus={(event) => event.target.select()} />}</Field>
        </Box>
      )}
    </Frame>
  )
}

function Add({ onClose, onMade }: { onClose: () => void; onMade: (name: string, url: string) => void }) {
  const say = useSay()
  const [account, setAccount] = useState({ name: '', email: '', role: 'author' })
  const [wrong, setWrong] = useState<string | null>(null)
  const make = async () => {
    try {
      const made = await send<{ link: { url: string } }>('POST', '/accounts', account)
      onMade(account.name, made.link.url)
      onClose()
    } catch (error) {
      setWrong(error instanceof Refused && error.problem.detail ? error.problem.detail : say('home.not-made'))
    }
  }
  const field = (key: 'name' | 'email', type: string) => (
    <Field label={say(`enter.${key}`)}>
      {(control) => <Input {...control} type={type} autoComplete="off" value={account[key]} onChange={(event) => setAccount({ ...account, [key]: event.target.value })} />}
    </Field>
  )
  return (
    <Box title={say('people.add')} onClose={onClose} foot={<Button look="blue" onPress={() => void make()}>{say('people.make')}</Button>}>
      {wrong && <Notes notes={[{ severity: 'error', text: wrong }]} />}
      {field('name', 'text')}
      {field('email', 'email')}
      <p>{say('people.password-link')}</p>
      <Field label={say('people.role')}>
        {(control) => (
          <Select {...control} value={account.role} onChange={(event) => setAccount({ ...account, role: event.target.value })}>
            {roles.map((role) => (
              <option key={role} value={role}>
                {say(`role.${role}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </Box>
  )
}
