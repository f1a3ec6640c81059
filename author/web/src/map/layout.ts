// Where blocks and lines stand on the map: a band for each section, blocks from left to right, jumps as arcs above or below.
import type { JsonObject } from '../api/types'

export type Graph = {
  sections: { id: string; title: string; blocks: { id: string; title: string; kind: string; reachable: boolean }[] }[]
  edges: { from: string; to: string; kind: string; when?: JsonObject | null }[]
}
export type Box = { id: string; section: string; kind: string; title: string; reachable: boolean; x: number; y: number }
export type Band = { id: string; title: string; x: number; y: number; width: number; height: number }
export type Line = { from: string; to: string; kind: string; when: JsonObject | null; path: string; label: { x: number; y: number }; dead: boolean }
export type Layout = { boxes: Box[]; bands: Band[]; lines: Line[]; width: number; height: number }

export const size = { width: 168, height: 48, gap: 64 }
const pad = 20
const head = 34

/** How many blocks a line leaps over, and so how far its arc must stand off. */
const leap = (from: number, to: number) => Math.abs(to - from) - 1

export function layout(graph: Graph): Layout {
  const boxes: Box[] = []
  const bands: Band[] = []
  const place = new Map<string, { box: Box; index: number; ends: Band }>()
  let y = 24
  for (const section of graph.sections) {
    const inside = new Map(section.blocks.map((block, index) => [block.id, index]))
    const jumps = graph.edges.filter((edge) => inside.has(edge.from))
    const reach = (up: boolean) => jumps.reduce((most, edge) => {
      const from = inside.get(edge.from)!
      const to = inside.get(edge.to) ?? section.blocks.length
      const isUp = edge.kind === 'skip' || to < from
      return isUp === up && leap(from, to) > 0 ? Math.max(most, leap(from, to)) : most
    }, 0)
    const above = Math.min(reach(true), 5) * 16 + (reach(true) ? 22 : 0)
    const below = Math.min(reach(false), 5) * 18 + (reach(false) ? 26 : 0)
    const band: Band = { id: section.id, title: section.title, x: 24, y, width: pad * 2 + section.blocks.length * (size.width + size.gap) - size.gap + 40, height: head + above + size.height + below + pad }
    bands.push(band)
    section.blocks.forEach((block, index) => {
      const box: Box = { ...block, section: section.id, x: band.x + pad + index * (size.width + size.gap), y: y + head + above }
      boxes.push(box)
      place.set(block.id, { box, index, ends: band })
    })
    y += band.height + 28
  }
  const lines: Line[] = graph.edges.flatMap((edge): Line[] => {
    const from = place.get(edge.from)
    if (!from) return []
    const to = place.get(edge.to)
    const dead = !from.box.reachable || (!!to && !to.box.reachable)
    const common = { from: edge.from, to: edge.to, kind: edge.kind, when: edge.when ?? null, dead }
    const middle = from.box.y + size.height / 2
    const right = from.box.x + size.width
    if (!to || to.ends !== from.ends) {
      // To the end of the section: to the band's right edge.
      const end = from.ends.x + from.ends.width - 8
      const next = Math.abs(end - right) < size.gap + 60
      const drop = from.box.y + size.height
      const low = drop + 34
      return [{ ...common, path: next ? `M${right},${middle} H${end}` : `M${from.box.x + size.width / 2},${drop} V${low - 8} q0,8 8,8 H${end}`, label: next ? { x: (right + end) / 2, y: middle } : { x: from.box.x + size.width / 2 + 60, y: low } }]
    }
    const over = leap(from.index, to.index)
    if (to.index === from.index + 1) return [{ ...common, path: `M${right},${middle} H${to.box.x - 2}`, label: { x: (right + to.box.x) / 2, y: middle } }]
    const up = edge.kind === 'skip' || to.index < from.index
    const stand = Math.min(over + (to.index < from.index ? 2 : 0), 5) * (up ? 16 : 18) + 20
    const a = from.box.x + size.width / 2 + (up ? 16 : 0)
    const b = to.box.x + size.width / 2 - (up ? 16 : 24)
    const edgeY = up ? from.box.y : from.box.y + size.height
    const far = up ? edgeY - stand : edgeY + stand
    const turn = b > a ? 10 : -10
    return [{ ...common, path: `M${a},${edgeY} V${far + (up ? 10 : -10)} Q${a},${far} ${a + turn},${far} H${b - turn} Q${b},${far} ${b},${far + (up ? 10 : -10)} V${edgeY + (up ? -3 : 3)}`, label: { x: (a + b) / 2, y: far } }]
  })
  return { boxes, bands, lines, width: Math.max(640, ...bands.map((band) => band.x + band.width + 24)), height: y + 16 }
}
