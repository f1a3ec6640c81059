// A menu of acts behind one button: each with its icon, its words, its keys, and the reason when it cannot be done.
import { useMemo, useState, type ReactNode } from 'react'
import { Header, Menu as Items, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components'
import type { LucideIcon } from 'lucide-react'
import { announce } from './announce'
import style from './Menu.module.css'

export type Act = { id: string; label: string; icon?: LucideIcon; keys?: string; hint?: string; reason?: string | null; danger?: boolean; run: () => void }
export type Acts = (Act | { id: string; title: string; acts: Act[] } | null)[]

const Item = ({ act, parted }: { act: Act; parted?: boolean }) => (
  <MenuItem
    id={act.id}
    textValue={act.label}
    className={`${style.item} ${act.reason ? style.unable : ''} ${act.danger ? style.danger : ''} ${parted ? style.parted : ''}`}
    onAction={() => (act.reason ? announce(act.reason, true) : act.run())}
  >
    {act.icon ? <act.icon size={16} aria-hidden /> : <span className={style.gap} />}
    <span className={style.words}>
      {act.label}
      {(act.reason ?? act.hint) && <span className={style.hint}>{act.reason ?? act.hint}</span>}
    </span>
    {act.keys && <kbd>{act.keys}</kbd>}
  </MenuItem>
)

export function Menu({ acts, children, label }: { acts: Acts; children: ReactNode; label: string }) {
  // What was there when the menu opened: acts that change under the pointer would be chosen by mistake, and a menu that is
  // rebuilt while open loses its place.
  const [opened, setOpened] = useState<Acts>([])
  const items = useMemo(
    () =>
      opened.map((act, at) =>
        act === null ? null : 'acts' in act ? (
          <MenuSection key={act.id}>
            <Header className={style.title!}>{act.title}</Header>
            {act.acts.map((inner) => (
              <Item key={inner.id} act={inner} />
            ))}
          </MenuSection>
        ) : (
          <Item key={act.id} act={act} parted={opened[at - 1] === null} />
        ),
      ),
    [opened],
  )
  return (
    <MenuTrigger onOpenChange={(open) => open && setOpened(acts)}>
      {children}
      <Popover className={style.popover!} placement="bottom end" offset={4}>
        <Items aria-label={label} className={style.menu!}>
          {items}
        </Items>
      </Popover>
    </MenuTrigger>
  )
}
