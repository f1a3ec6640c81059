// A rule as a sentence; it opens to be changed in place.
import { lazy, Suspense, useState } from 'react'
import { Pencil, Plus, Trash2 } from 'lucide-react'
import type { Json } from '../api/types'
import { set } from '../draft/acts'
import { parent } from '../draft/patch'
import { useDraft } from '../draft/store'
import { object } from '../draft/walk'
import { useNotes, useValue } from '../editor/bind'
import { Box } from '../parts/Box'
import { Button } from '../parts/Button'
import { Notes } from '../parts/Field'
import { useSay } from '../words'
import { read, sentence } from './rule'
import style from './RuleButton.module.css'

const RuleEditor = lazy(() => import('./RuleEditor').then((module) => ({ default: module.RuleEditor })))

export function useSentence(value: Json | undefined): string {
  const say = useSay()
  const document = useDraft((state) => state.document!)
  return sentence(read(value), document.definition, document.beside ?? {}, say)
}

export function RuleButton({ pointer, label, required }: { pointer: string; label: string; required?: boolean }) {
  const say = useSay()
  const value = useValue(pointer)
  const words = useSentence(value)
  const notes = useNotes(pointer, true)
  const [open, setOpen] = useState(false)
  const holder = parent(pointer)
  // `skip_conditions` and `enabled` hold nothing but their rule, so they go when it does.
  const whole = holder.endsWith('/skip_conditions') || holder.endsWith('/enabled') ? holder : pointer
  const empty = value === undefined || Object.keys(object(value)).length === 0
  return (
    <div className={style.rule} data-pointer={pointer}>
      {empty ? (
        <Button size="row" icon={Plus} onPress={() => setOpen(true)} aria-label={say('rule.add-to', { label })}>
          {say('rule.add')}
        </Button>
      ) : (
        <>
          <span className={style.words}>{words}</span>
          <Button size="row" icon={Pencil} aria-label={say('rule.edit-of', { label })} onPress={() => setOpen(true)}>
            {say('do.edit')}
          </Button>
          {!required && (
            <Button size="row" icon={Trash2} aria-label={say('rule.delete-of', { label })} onPress={() => set(whole, undefined, say('undo.remove', { what: label }), null)}>
              {say('do.remove')}
            </Button>
          )}
        </>
      )}
      <Notes notes={notes} />
      {open && (
        <Box title={label} onClose={() => setOpen(false)} wide foot={<Button look="blue" onPress={() => setOpen(false)}>{say('do.done')}</Button>}>
          <Suspense fallback={null}>
            <RuleEditor value={value} place={pointer} label={label} onChange={(next) => set(Object.keys(object(next)).length || required ? pointer : whole, Object.keys(object(next)).length || required ? next : undefined, say('undo.change', { field: label.toLowerCase() }), pointer)} />
          </Suspense>
        </Box>
      )}
    </div>
  )
}
