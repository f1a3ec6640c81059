// The plus between things: it appears near the pointer or on focus, and its line shows exactly where.
import { Plus } from 'lucide-react'
import { Button as Press } from 'react-aria-components'
import type { Element } from '../draft/walk'
import { answerTypes } from '../draft/make'
import { list } from '../draft/walk'
import { answerIcon } from '../parts/icons'
import { Menu } from '../parts/Menu'
import { useSay } from '../words'
import { addActs, addAnswer } from './add'
import style from './PlusLine.module.css'

type Props = { label: string; onAdd: 'block' | 'answer'; after: Element; shown?: boolean }

export function PlusLine({ label, onAdd, after, shown }: Props) {
  const say = useSay()
  const one = (list(after.value.answers).length > 0 && after.value.type === 'DateRange') || (after.value.type === 'MutuallyExclusive' && list(after.value.answers).length > 1)
  const acts =
    onAdd === 'block'
      ? addActs(say)
      : answerTypes.map((type) => ({
          id: type, label: say(`type.${type}`), hint: say(`type.${type}.hint`), icon: answerIcon(type),
          reason: one ? say('add.full') : type === 'DateRange' && list(after.value.answers).length > 0 ? say('add.range-alone') : null, run: () => addAnswer(after, type),
        }))
  return (
    <div className={`${style.line} ${shown ? style.shown : ''}`}>
      <Menu label={label} acts={acts}>
        <Press className={style.plus!} aria-label={label}>
          <Plus size={14} aria-hidden />
          <span className={style.words}>{onAdd === 'block' ? say('add.block') : say('add.answer')}</span>
        </Press>
      </Menu>
    </div>
  )
}
