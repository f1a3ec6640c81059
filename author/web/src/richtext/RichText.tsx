// A text as its author writes it: chips for what is filled in, bold and links as they will look. `{` opens the chips.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { Bold, Braces, Italic, Link as LinkIcon } from 'lucide-react'
import { history, redo, undo } from 'prosemirror-history'
import { keymap } from 'prosemirror-keymap'
import type { MarkType } from 'prosemirror-model'
import { EditorState, TextSelection } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import type { Json, JsonObject } from '../api/types'
import { useDraft } from '../draft/store'
import { placeholdersOf, raw, sourceName, sources } from '../draft/text'
import { Button, IconButton } from '../parts/Button'
import { has, useSay } from '../words'
import { ChipEditor, ChipPicker } from './Chips'
import { namesIn, parse, print, schema } from './format'
import { placeholder, placeName, usualFormat, type Choice } from './sources'
import style from './RichText.module.css'

type Props = {
  value: Json | undefined
  onChange: (value: Json) => void
  onLeave?: () => void
  /** Pointer of the text: what is earlier depends on it. */
  place: string
  label: string
  placeholder?: string
  look?: 'title' | 'lone-title' | 'field' | 'bare' | 'bold'
  toolbar?: boolean
  plainOnly?: boolean
  id?: string
  describedBy?: string
  invalid?: boolean
  autoFocus?: boolean
  onEnter?: () => boolean
  onEmptyBackspace?: () => boolean
  onPasteLines?: (lines: string[]) => boolean
}

function markIs(state: EditorState, type: MarkType): boolean {
  const { from, to, empty, $from } = state.selection
  return empty ? !!type.isInSet(state.storedMarks ?? $from.marks()) : state.doc.rangeHasMark(from, to, type)
}
const toggle = (type: MarkType) => (state: EditorState, dispatch?: EditorView['dispatch']) => {
  const { from, to, empty } = state.selection
  const on = markIs(state, type)
  dispatch?.(empty ? (on ? state.tr.removeStoredMark(type) : state.tr.addStoredMark(type.create())) : on ? state.tr.removeMark(from, to, type) : state.tr.addMark(from, to, type.create()))
  return true
}

/** Words taken out whole leave no boldness behind for those typed next. */
const removeSelected = (state: EditorState, dispatch?: EditorView['dispatch']) => {
  if (state.selection.empty) return false
  dispatch?.(state.tr.deleteSelection().setStoredMarks([]))
  return true
}

export function RichText(props: Props) {
  const { value, place, label, look = 'field', toolbar } = props
  const say = useSay()
  const mount = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const latest = useRef(props)
  latest.current = props
  const places = useRef(new Map<string, JsonObject>())
  const emitted = useRef<Json | undefined>(undefined)
  const [picking, setPicking] = useState(false)
  const [chip, setChip] = useState<string | null>(null)
  const [linking, setLinking] = useState<string | null>(null)
  const [, redraw] = useState(0)
  const document = useDraft((state) => state.document)
  const of = useMemo(() => placeholdersOf(value), [value])
  if (value !== emitted.current) for (const one of of) places.current.set(one.placeholder, one as unknown as JsonObject)

  const labelOf = useCallback(
    (name: string) => {
      const one = places.current.get(name)
      if (!one || !document) return name
      const source = sources(one)[0]
      const kind = String((one.transforms as JsonObject[] | undefined)?.[0]?.transform ?? '')
      if (!source) return has(`format.${kind}`) ? say(`format.${kind}`) : name
      return sourceName(source, document.definition, document.beside ?? {}, say)
    },
    [document, say],
  )
  const labels = useRef(labelOf)
  labels.current = labelOf
  const tone = useCallback((name: string) => {
    const source = sources(places.current.get(name))[0]?.source
    return source === 'answers' || source === 'calculated_summary' || source === 'grand_calculated_summary' || source === 'list' ? style.answer! : style.launch!
  }, [])

  const emit = useCallback((state: EditorState) => {
    const words = print(state.doc)
    const names = new Set(namesIn(state.doc))
    const before = latest.current.value
    const kept = [...places.current].filter(([name]) => names.has(name)).map(([, one]) => one as Json)
    const plural = typeof before === 'object' && before && !Array.isArray(before) && 'text_plural' in before
    if (plural) return
    const next: Json = kept.length > 0 ? { text: words, placeholders: kept } : words
    emitted.current = next
    latest.current.onChange(next)
  }, [])

  useEffect(() => {
    if (!mount.current) return
    const made = new EditorView(mount.current, {
      state: EditorState.create({
        doc: parse(raw(latest.current.value), new Set(places.current.keys())),
        plugins: [
          history(),
          keymap({
            'Mod-z': undo, 'Mod-Shift-z': redo, 'Mod-y': redo, 'Mod-b': toggle(schema.marks.strong!), 'Mod-i': toggle(schema.marks.em!),
            Enter: () => {
              latest.current.onEnter?.()
              return true
            },
            Delete: removeSelected,
            Backspace: (state, dispatch) => {
              if (removeSelected(state, dispatch)) return true
              if (state.doc.content.size === 0) return latest.current.onEmptyBackspace?.() ?? false
              const { $from, empty } = state.selection
              if (empty && $from.nodeBefore?.type === schema.nodes.chip && dispatch) {
                dispatch(state.tr.delete($from.pos - 1, $from.pos))
                return true
              }
              return false
            },
          }),
        ],
      }),
      attributes: () => ({
        role: 'textbox', 'aria-multiline': 'false', 'aria-label': latest.current.label, ...(latest.current.id ? { id: latest.current.id } : {}),
        ...(latest.current.describedBy ? { 'aria-describedby': latest.current.describedBy } : {}), ...(latest.current.invalid ? { 'aria-invalid': 'true' } : {}), spellcheck: 'true',
      }),
      nodeViews: {
        chip: (node) => {
          const name = node.attrs.name as string
          const dom = window.document.createElement('span')
          dom.className = `${style.chip} ${tone(name)}`
          dom.dataset.chip = name
          dom.textContent = labels.current(name)
          dom.title = `{${name}}`
          return { dom, ignoreMutation: () => true }
        },
      },
      handleTextInput: (_, __, ___, text) => {
        if (text !== '{' || latest.current.plainOnly) return false
        setPicking(true)
        return true
      },
      handleClickOn: (_, __, node) => {
        if (node.type !== schema.nodes.chip) return false
        setChip(node.attrs.name as string)
        return true
      },
      handleKeyDown: (editor, event) => {
        const { selection } = editor.state
        if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && 'node' in selection) {
          setChip((selection.node as { attrs: { name: string } }).attrs.name)
          return true
        }
        return false
      },
      handleDOMEvents: {
        // Only words are taken from outside, so nothing of another page's markup comes in.
        paste: (editor, event) => {
          const pasted = event.clipboardData?.getData('text/plain') ?? ''
          event.preventDefault()
          const lines = pasted.split(/\r?\n/).map((line) => line.trim()).filter(Boolean)
          if (lines.length > 1 && latest.current.onPasteLines?.(lines)) return true
          editor.dispatch(editor.state.tr.insertText(lines.join(' ')).scrollIntoView())
          return true
        },
        drop: (_, event) => {
          event.preventDefault()
          return true
        },
        blur: () => {
          latest.current.onLeave?.()
          return false
        },
      },
      dispatchTransaction(transaction) {
        const state = made.state.apply(transaction)
        made.updateState(state)
        if (transaction.docChanged && !transaction.getMeta('outside')) emit(state)
        redraw((count) => count + 1)
      },
    })
    view.current = made
    if (latest.current.autoFocus) made.focus()
    return () => {
      view.current = null
      made.destroy()
    }
  }, [emit, tone])

  // A change that did not come from this field.
  useEffect(() => {
    const editor = view.current
    if (!editor || value === emitted.current) return
    emitted.current = value
    const next = parse(raw(value), new Set(of.map((one) => one.placeholder)))
    if (print(next) === print(editor.state.doc) && namesIn(next).join() === namesIn(editor.state.doc).join()) return
    editor.dispatch(editor.state.tr.replaceWith(0, editor.state.doc.content.size, next.content).setMeta('outside', true).setMeta('addToHistory', false))
  }, [value, of])
  useEffect(() => {
    view.current?.dom.querySelectorAll<HTMLElement>('[data-chip]').forEach((dom) => {
      const name = dom.dataset.chip ?? ''
      const words = labelOf(name)
      if (dom.textContent !== words) dom.textContent = words
      dom.className = `${style.chip} ${tone(name)}`
    })
  })

  const insert = (choice: Choice | { made: JsonObject; name: string }) => {
    setPicking(false)
    const editor = view.current
    if (!editor) return
    const name = 'made' in choice ? choice.name : placeName(choice, [...places.current.keys()])
    const made = 'made' in choice ? { ...choice.made, placeholder: name } : placeholder(name, { source: choice.source, fallback: null, format: usualFormat(choice), link: null, unusual: false })
    places.current.set(name, made)
    editor.dispatch(editor.state.tr.replaceSelectionWith(schema.nodes.chip!.create({ name }), true))
    requestAnimationFrame(() => editor.focus())
    setChip('made' in choice ? name : null)
  }
  const change = (name: string, made: JsonObject) => {
    places.current.set(name, made)
    if (view.current) emit(view.current.state)
    redraw((count) => count + 1)
  }
  const state = view.current?.state
  const empty = state ? state.doc.content.size === 0 : raw(value) === ''
  const words = state ? state.doc.textContent.split(/\s+/).filter(Boolean).length : 0
  const applyLink = (href: string | null) => {
    const editor = view.current
    setLinking(null)
    if (!editor) return
    const { from, to } = editor.state.selection
    const type = schema.marks.link!
    editor.dispatch(href ? editor.state.tr.addMark(from, to, type.create({ href })) : editor.state.tr.removeMark(from, to, type))
    editor.focus()
  }

  return (
    <div className={`${style.wrap} ${style[look]} ${toolbar ? style.tooled : ''}`}>
      <div className={style.box}>
        <div ref={mount} className={style.mount} />
        {empty && props.placeholder && (
          <span className={style.ghost} aria-hidden>
            {props.placeholder}
          </span>
        )}
        {!toolbar && !props.plainOnly && (
          <span className={style.brace}>
            <IconButton icon={Braces} small label={say('text.insert-into', { label })} keys="{" onPress={() => setPicking(true)} />
          </span>
        )}
      </div>
      {toolbar && state && (
        <div className={style.tools}>
          <IconButton icon={Bold} small label={say('text.bold')} keys="Ctrl B" pressed={markIs(state, schema.marks.strong!)} onPress={() => { toggle(schema.marks.strong!)(view.current!.state, view.current!.dispatch); view.current?.focus() }} />
          <IconButton icon={Italic} small label={say('text.emphasis')} keys="Ctrl I" pressed={markIs(state, schema.marks.em!)} onPress={() => { toggle(schema.marks.em!)(view.current!.state, view.current!.dispatch); view.current?.focus() }} />
          <IconButton icon={LinkIcon} small label={say('text.link')} reason={state.selection.empty && !markIs(state, schema.marks.link!) ? say('text.link-needs') : null} onPress={() => setLinking(String(state.selection.$from.marks().find((mark) => mark.type === schema.marks.link)?.attrs.href ?? 'https://'))} />
          <span className={style.bar} />
          <Button size="row" icon={Braces} onPress={() => setPicking(true)}>
            {say('text.insert')}
          </Button>
          <span className={style.words}>{say('text.words', { count: words })}</span>
        </div>
      )}
      {picking && <ChipPicker place={place} onChoose={insert} onClose={() => { setPicking(false); view.current?.focus() }} taken={[...places.current.keys()]} />}
      {chip !== null && places.current.get(chip) && (
        <ChipEditor
          name={chip} place={place} value={places.current.get(chip)!} onChange={(made) => change(chip, made)}
          onClose={() => { setChip(null); view.current?.focus() }}
          onRemove={() => {
            const editor = view.current
            setChip(null)
            editor?.state.doc.descendants((node, at) => {
              if (node.type === schema.nodes.chip && node.attrs.name === chip) editor.dispatch(editor.state.tr.delete(at, at + 1).setSelection(TextSelection.near(editor.state.doc.resolve(0))))
            })
            editor?.focus()
          }}
        />
      )}
      {linking !== null && (
        <form className={style.link} onSubmit={(event) => { event.preventDefault(); applyLink(linking.trim() || null) }} onKeyDown={(event) => event.key === 'Escape' && setLinking(null)}>
          <label>
            {say('text.link-to')} <input autoFocus type="url" value={linking} onChange={(event) => setLinking(event.target.value)} />
          </label>
          <Button size="row" look="blue" type="submit">{say('text.link-set')}</Button>
          <Button size="row" onPress={() => applyLink(null)}>{say('text.link-remove')}</Button>
        </form>
      )}
    </div>
  )
}
