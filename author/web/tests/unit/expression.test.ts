// The typed form of rules.
import { expect, test } from 'vitest'
import { ExpressionError, parse, print } from '../../src/logic/expression'

const answer = (identifier: string) => ({ source: 'answers', identifier })

test('comparisons, groups and functions', () => {
  expect(parse('turnover > 0 and (trading = "Yes" or date(end) <= date(launch.ref_p_end_date, days: 20))')).toEqual({
    and: [
      { '>': [answer('turnover'), 0] },
      { or: [{ '==': [answer('trading'), 'Yes'] }, { '<=': [{ date: [answer('end')] }, { date: [{ source: 'metadata', identifier: 'ref_p_end_date' }, { days: 20 }] }] }] },
    ],
  })
})
test('lists, and nothing', () => {
  expect(parse('change in ["Higher", "Lower"]')).toEqual({ in: [answer('change'), ['Higher', 'Lower']] })
  expect(parse('name = nothing')).toEqual({ '==': [answer('name'), null] })
})
test('what is wrong is said, and where', () => {
  for (const [words, expected, at] of [['a >', 'expect.value', 3], ['a', 'expect.comparison', 1], ['(a = 1', 'expect.close', 6], ['a = 1 b', 'expect.end', 6], ['a = #', 'expect.sign', 4]] as const) {
    try {
      parse(words)
      expect.unreachable(words)
    } catch (error) {
      expect(error).toBeInstanceOf(ExpressionError)
      expect([(error as ExpressionError).expected, (error as ExpressionError).at]).toEqual([expected, at])
    }
  }
})
test('an expression printed and read again prints the same', () => {
  const words = 'not (people.count = 1) and list.people.count >= 2'
  expect(print(parse(print(parse(words))))).toBe(print(parse(words)))
})
