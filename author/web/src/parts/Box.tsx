// A dialogue over the page: focus stays inside, Escape and the cross close it, what is behind stays readable.
import type { ReactNode } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { X } from 'lucide-react'
import { useSay } from '../words'
import { IconButton } from './Button'
import style from './Box.module.css'

type Props = { title: string; onClose: () => void; children: ReactNode; foot?: ReactNode; wide?: boolean; bare?: boolean; fixed?: boolean }

export function Box({ title, onClose, children, foot, wide, bare, fixed }: Props) {
  const say = useSay()
  return (
    <ModalOverlay isOpen isDismissable={!fixed} isKeyboardDismissDisabled={fixed} onOpenChange={(open) => !open && onClose()} className={style.scrim!}>
      <Modal className={`${style.modal} ${wide ? style.wide : ''} ${bare ? style.high : ''}`}>
        <Dialog className={style.dialog!} aria-label={bare ? title : undefined}>
          {!bare && (
            <div className={style.head}>
              <Heading slot="title" className={style.title!}>
                {title}
              </Heading>
              {!fixed && <IconButton icon={X} label={say('do.close')} onPress={onClose} />}
            </div>
          )}
          <div className={bare ? style.bare : style.body}>{children}</div>
          {foot && <div className={style.foot}>{foot}</div>}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
