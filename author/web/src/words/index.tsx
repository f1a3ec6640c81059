// The words of the interface: react-intl with one language's messages, English built in and Welsh fetched when chosen.
import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'
import { createIntl, createIntlCache, RawIntlProvider, useIntl, type IntlShape } from 'react-intl'
import english from 'virtual:words/en'

export type Language = 'en' | 'cy'
export type Values = Record<string, string | number | Date>
export type Say = (key: string, values?: Values) => string

const kept = 'canvass-language'
const cache = createIntlCache()
const intlOf = (language: Language, messages: Record<string, string>): IntlShape =>
  createIntl({ locale: language === 'cy' ? 'cy-GB' : 'en-GB', messages, timeZone: undefined, onError: () => undefined }, cache)

let current: IntlShape = intlOf('en', english)

/** For code outside components: the label of an edit, an announcement. */
export const say: Say = (key, values) => current.formatMessage({ id: key }, values)

const Chosen = createContext<[Language, (language: Language) => void]>(['en', () => undefined])
export const useLanguage = () => useContext(Chosen)

function remembered(): Language {
  try {
    return localStorage.getItem(kept) === 'cy' ? 'cy' : 'en'
  } catch {
    return 'en'
  }
}

export function Words({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(remembered)
  const [intl, setIntl] = useState<IntlShape | null>(language === 'en' ? current : null)
  useEffect(() => {
    let live = true
    const messages = language === 'en' ? Promise.resolve(english) : import('virtual:words/cy').then((module) => module.default)
    void messages.then((loaded) => {
      if (!live) return
      current = intlOf(language, loaded)
      document.documentElement.lang = language
      setIntl(current)
    })
    return () => {
      live = false
    }
  }, [language])
  const choose = useCallback((next: Language) => {
    try {
      localStorage.setItem(kept, next)
    } catch {
      // A browser that keeps nothing still shows the language until it is closed.
    }
    setLanguage(next)
  }, [])
  const chosen = useMemo<[Language, (language: Language) => void]>(() => [language, choose], [language, choose])
  if (!intl) return null
  return (
    <Chosen.Provider value={chosen}>
      <RawIntlProvider value={intl}>{children}</RawIntlProvider>
    </Chosen.Provider>
  )
}

export function useSay(): Say {
  const intl = useIntl()
  return useCallback((key, values) => intl.formatMessage({ id: key }, values), [intl])
}

/** Whether there is such a message: for words that only some properties have. */
export const has = (key: string): boolean => key in english
