// Puts a .br and a .gz beside each file of dist that gains by it, so that the server compresses nothing.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const dist = new URL('../dist/', import.meta.url)
for (const name of readdirSync(dist, { recursive: true })) {
  const file = new URL(name, dist)
  if (!/\.(js|css|html|svg|json)$/.test(name) || !statSync(file).isFile()) continue
  const bytes = readFileSync(file)
  const brotli = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  })
  const gzip = gzipSync(bytes, { level: 9 })
  if (brotli.length < bytes.length) writeFileSync(new URL(`${name}.br`, dist), brotli)
  if (gzip.length < bytes.length) writeFileSync(new URL(`${name}.gz`, dist), gzip)
}
