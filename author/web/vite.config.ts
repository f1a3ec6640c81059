// How the browser half is built: hashed files, no inline script or style, one language's words per file.
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const words = fileURLToPath(new URL('src/words/', import.meta.url))

/** Both languages of a message stand on one line of `src/words/*.json`; a browser loads one: `virtual:words/cy`. */
function wordsOfOneLanguage(): Plugin {
  const prefix = 'virtual:words/'
  return {
    name: 'words-of-one-language',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : null),
    load(id) {
      if (!id.startsWith(`\0${prefix}`)) return null
      const column = id.endsWith('/cy') ? 1 : 0
      const messages: Record<string, string> = {}
      for (const file of readdirSync(words).filter((name) => name.endsWith('.json'))) {
        this.addWatchFile(words + file)
        const pairs = JSON.parse(readFileSync(words + file, 'utf8')) as Record<string, [string, string]>
        for (const [key, pair] of Object.entries(pairs)) messages[key] = pair[column]
      }
      return `export default ${JSON.stringify(messages)}`
    },
  }
}

export default defineConfig({
  plugins: [react(), wordsOfOneLanguage()],
  build: {
    target: 'es2022',
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: {
    port: 5173,
    fs: { allow: ['../..'] },
    proxy: Object.fromEntries(['/api', '/preview', '/static'].map((path) => [path, process.env.AUTHOR ?? 'http://127.0.0.1:8080'])),
  },
  test: { include: ['tests/unit/**/*.test.ts'], environment: 'node' },
} as Parameters<typeof defineConfig>[0])
