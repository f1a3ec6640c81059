// Rules of a definition as the author types them.
export function expression(value) {
  if (value === null) return 'nothing'
  if (Array.isArray(value)) return `[${value.map(expression).join(', ')}]`
  if (typeof value !== 'object') return JSON.stringify(value)
  if (value.source) return { metadata: 'launch.', calculated_summary: 'total.' }[value.source] ? `${{ metadata: 'launch.', calculated_summary: 'total.' }[value.source]}${value.identifier}` : value.identifier
  const [op] = Object.keys(value)
  if (op === 'not') return `not (${expression(value.not[0])})`
  if (op === 'and' || op === 'or') return value[op].map((one) => `(${expression(one)})`).join(` ${op} `)
  return `${expression(value[op][0])} ${op === '==' ? '=' : op} ${expression(value[op][1])}`
}
