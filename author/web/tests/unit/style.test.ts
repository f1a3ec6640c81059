// Colours have one home, and the page obeys a strict content security policy.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)
const sources = readdirSync(new URL('src/', root), { recursive: true, encoding: 'utf8' }).filter((name) => /\.(css|tsx?)$/.test(name)).map((name) => [name, readFileSync(new URL(`src/${name}`, root), 'utf8')] as const)

test('no colour stands outside the tokens', () => {
  const raw = sources.filter(([name]) => name !== 'tokens.css').flatMap(([name, source]) => [...source.matchAll(name.endsWith('.css') ? /#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(/gi : /['"]#[0-9a-f]{3,8}['"]|\brgba?\(/gi)].map((match) => `${name}: ${match[0]}`))
  expect(raw).toEqual([])
})

test('a style names only tokens that there are', () => {
  const tokens = new Set([...sources.find(([name]) => name === 'tokens.css')![1].matchAll(/(--[\w-]+):/g)].map((match) => match[1]!))
  const unknown = sources.flatMap(([name, source]) => [...source.matchAll(/var\((--[\w-]+)/g)].filter((match) => !tokens.has(match[1]!)).map((match) => `${name}: ${match[1]}`))
  expect(unknown).toEqual([])
})

test('nothing puts markup or style into the page as text', () => {
  const loose = sources.filter(([name]) => /\.tsx?$/.test(name)).flatMap(([name, source]) => [...source.matchAll(/dangerouslySetInnerHTML|\.innerHTML\s*=|insertAdjacentHTML|<style[\s>]|document\.write|\beval\(/g)].map((match) => `${name}: ${match[0]}`))
  expect(loose).toEqual([])
})

test('no file goes past 450 lines', () => {
  expect(sources.filter(([, source]) => source.split('\n').length > 450).map(([name]) => name)).toEqual([])
})
