// The definition as JSON, for those who know the format: of one element or of all, with what is wrong in it.
import { useMemo, useState } from 'react'
import type { Json } from '../api/types'
import { at, definition, nameOf } from '../draft/acts'
import { edit, useDraft } from '../draft/store'
import { equal } from '../draft/patch'
import { Box } from '../parts/Box'
import { Button } from '../parts/Button'
import { Area, Field, Notes, Select } from '../parts/Field'
import { useLanguage, useSay } from '../words'
import { where } from './bind'
import { find } from './view'
import style from './Written.module.css'

export default function Written({ onClose }: { onClose: () => void }) {
  const say = useSay()
  const [language] = useLanguage()
  const diagnostics = useDraft((state) => state.diagnostics)
  const { row, part } = useMemo(() => {
    const [, , , id, inner] = location.pathname.split('/').map(decodeURIComponent)
    return find(definition(), id ?? null, inner ?? null)
  }, [])
  const choices = [{ pointer: '/definition', label: say('written.whole') }, ...(row ? [{ pointer: row.pointer, label: nameOf(row) }] : []), ...(part ? [{ pointer: part.pointer, label: nameOf(part) }] : [])]
  const [pointer, setPointer] = useState(choices.at(-1)!.pointer)
  const [written, setWritten] = useState(() => JSON.stringify(at(pointer), null, 2))
  const [wrong, setWrong] = useState<string | null>(null)
  const choose = (to: string) => {
    setPointer(to)
    setWritten(JSON.stringify(at(to), null, 2))
    setWrong(null)
  }
  const take = () => {
    try {
      const value = JSON.parse(written) as Json
      if (!equal(value, at(pointer))) edit(say('undo.json'), [{ op: 'replace', path: pointer, value }])
      onClose()
    } catch (error) {
      setWrong(error instanceof Error ? error.message : say('json.wrong'))
    }
  }
  const found = diagnostics.filter((one) => where(one).startsWith(pointer))
  return (
    <Box title={say('editor.json')} onClose={onClose} wide foot={<><Button onPress={onClose}>{say('do.cancel')}</Button><Button look="blue" onPress={take}>{say('written.take')}</Button></>}>
      <Field label={say('written.of')}>
        {(control) => (
          <Select {...control} value={pointer} onChange={(event) => choose(event.target.value)}>
            {choices.map((one) => (
              <option key={one.pointer} value={one.pointer}>
                {one.label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={say('written.field')} quietLabel notes={wrong ? [{ severity: 'error', text: `${say('json.wrong')} ${wrong}` }] : []}>
        {(control) => <Area {...control} className={style.json} spellCheck={false} value={written} onChange={(event) => setWritten(event.target.value)} />}
      </Field>
      {found.length > 0 && <Notes notes={found.slice(0, 50).map((one) => ({ severity: one.severity, text: `${where(one).slice(pointer.length) || '/'}: ${one.text[language] || one.text.en}` }))} />}
    </Box>
  )
}
