// How wide the window is, in steps that the layout knows: 320, 600, 900, 1200, 1440 CSS pixels.
import { useSyncExternalStore } from 'react'

const steps = [600, 900, 1200, 1440]
// Layout follows the text size too: at 200 % a window has half the room.
const queries = steps.map((step) => matchMedia(`(min-width: ${step}px)`))
const subscribe = (ear: () => void) => {
  for (const query of queries) query.addEventListener('change', ear)
  return () => {
    for (const query of queries) query.removeEventListener('change', ear)
  }
}
export const useWidth = () => useSyncExternalStore(subscribe, () => steps.findLast((_, at) => queries[at]!.matches) ?? 320)
