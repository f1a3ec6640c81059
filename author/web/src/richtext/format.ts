// A text of the definition as a small document and back: bold, emphasis, links and places to be filled. What is not
// understood stays as it was written, so that no text is changed by being looked at.
import { Schema, type Mark, type Node } from 'prosemirror-model'

export const schema = new Schema({
  nodes: {
    doc: { content: 'inline*' },
    text: { group: 'inline' },
    chip: {
      group: 'inline', inline: true, atom: true, selectable: true, draggable: true, attrs: { name: {} },
      toDOM: (node) => ['span', { 'data-chip': node.attrs.name as string }],
      leafText: (node) => `{${node.attrs.name as string}}`,
    },
  },
  marks: {
    link: { attrs: { href: {} }, inclusive: false, toDOM: (mark) => ['a', { href: mark.attrs.href as string, tabindex: '-1' }, 0] },
    strong: { toDOM: () => ['strong', 0] },
    em: { toDOM: () => ['em', 0] },
  },
})
const tokens = /<(\/?)(strong|em)>|<a href="([^"<>]*)">|<\/a>|\{([0-9a-z_]+)\}/g

function parseWith(words: string, known: ReadonlySet<string>, marked: boolean): Node {
  const nodes: Node[] = []
  let marks: readonly Mark[] = []
  let from = 0
  const push = (text: string) => text && nodes.push(schema.text(text, marks))
  for (const match of words.matchAll(tokens)) {
    const [all, closes, tag, href, name] = match
    if (name !== undefined ? !known.has(name) : !marked) continue
    push(words.slice(from, match.index))
    from = match.index + all.length
    if (name !== undefined) nodes.push(schema.nodes.chip!.create({ name }, null, marks))
    else if (tag) marks = closes ? schema.marks[tag]!.removeFromSet(marks) : schema.marks[tag]!.create().addToSet(marks)
    else if (href !== undefined) marks = schema.marks.link!.create({ href }).addToSet(marks)
    else marks = schema.marks.link!.removeFromSet(marks)
  }
  push(words.slice(from))
  return schema.nodes.doc!.create(null, nodes)
}

/** The document of a text, whose places are the names given. */
export function parse(words: string, known: ReadonlySet<string>): Node {
  const document = parseWith(words, known, true)
  return print(document) === words ? document : parseWith(words, known, false)
}

const open = (mark: Mark) => (mark.type === schema.marks.link ? `<a href="${mark.attrs.href as string}">` : `<${mark.type.name}>`)
const close = (mark: Mark) => (mark.type === schema.marks.link ? '</a>' : `</${mark.type.name}>`)

export function print(document: Node): string {
  let words = ''
  let opened: readonly Mark[] = []
  document.forEach((node) => {
    let same = 0
    while (same < opened.length && same < node.marks.length && opened[same]!.eq(node.marks[same]!)) same++
    for (const mark of opened.slice(same).toReversed()) words += close(mark)
    for (const mark of node.marks.slice(same)) words += open(mark)
    opened = node.marks
    words += node.isText ? node.text : `{${node.attrs.name as string}}`
  })
  for (const mark of opened.toReversed()) words += close(mark)
  return words
}
export const namesIn = (document: Node): string[] => {
  const names: string[] = []
  document.forEach((node) => {
    if (node.type === schema.nodes.chip) names.push(node.attrs.name as string)
  })
  return names
}
