// Questionnaires to begin from, made from the samples that come with the product.
import { useEffect, useState } from 'react'
import { read, send } from '../api/client'
import type { Page, Starter } from '../api/types'
import { Box } from '../parts/Box'
import { toast } from '../parts/Toasts'
import { go, start } from '../route'
import { useSay } from '../words'
import style from './Dialogs.module.css'

export function Starters({ onClose }: { onClose: () => void }) {
  const say = useSay()
  const [starters, setStarters] = useState<Starter[] | null>(null)
  useEffect(() => {
    void read<Starter[] | Page<Starter>>('/starters').then((found) => setStarters(Array.isArray(found) ? found : found.items), () => setStarters([]))
  }, [])
  const take = async (starter: Starter) => {
    try {
      const { id } = await send<{ id: string }>('POST', '/questionnaires', { title: starter.title, starter: starter.name })
      go(start(id))
    } catch {
      toast(say('home.not-made'))
    }
  }
  return (
    <Box title={say('starters.title')} onClose={onClose}>
      <p>{say('starters.lead')}</p>
      {starters?.length === 0 && <p>{say('starters.none')}</p>}
      <ul className={style.list}>
        {starters?.map((starter) => (
          <li key={starter.name}>
            <button className={style.pick} onClick={() => void take(starter)}>
              <strong>{starter.title}</strong>
              <span>{[say('home.blocks', { count: starter.blocks }), ...starter.languages.map((code) => say(`language.${code}`))].join(' · ')}</span>
            </button>
          </li>
        ))}
      </ul>
    </Box>
  )
}
