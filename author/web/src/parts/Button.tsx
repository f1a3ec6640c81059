// The buttons: green moves a questionnaire on, blue is the best act within a card, outline everything else.
import type { ReactNode } from 'react'
import { Button as Press, Tooltip, TooltipTrigger, type ButtonProps } from 'react-aria-components'
import type { LucideIcon } from 'lucide-react'
import { announce } from './announce'
import style from './Button.module.css'

type Look = 'green' | 'blue' | 'outline' | 'link' | 'quiet'
type Props = Omit<ButtonProps, 'className' | 'style' | 'children'> & {
  look?: Look
  icon?: LucideIcon
  size?: 'row' | 'usual' | 'page'
  /** Why the act cannot be done now. The button stays in reach and says it. */
  reason?: string | null
  children?: ReactNode
  wide?: boolean
  /** Under way: a second press does nothing. */
  busy?: boolean
}

export function Button({ look = 'outline', icon: Icon, size = 'usual', reason, children, wide, onPress, busy, ...rest }: Props) {
  const names = [style.button, style[look], style[size], wide ? style.wide : '', reason ? style.unable : ''].join(' ')
  const button = (
    <Press
      {...rest}
      className={names}
      aria-describedby={rest['aria-describedby']}
      onPress={busy ? undefined : reason ? () => announce(reason, true) : onPress}
      {...(reason ? { 'data-unable': '' } : {})}
    >
      {Icon && <Icon size={16} aria-hidden />}
      {children}
      {reason && <span className="hidden-words"> ({reason})</span>}
    </Press>
  )
  if (!reason) return button
  return (
    <TooltipTrigger delay={300}>
      {button}
      <Tooltip className={style.tip!} offset={8}>
        {reason}
      </Tooltip>
    </TooltipTrigger>
  )
}

type IconProps = Omit<ButtonProps, 'className' | 'style' | 'children'> & { icon: LucideIcon; label: string; keys?: string; pressed?: boolean; small?: boolean; reason?: string | null; boxed?: boolean }

/** A button that shows only an icon; its name is read out and shown on hover or focus. */
export function IconButton({ icon: Icon, label, keys, pressed, small, reason, boxed, onPress, ...rest }: IconProps) {
  return (
    <TooltipTrigger delay={500}>
      <Press
        {...rest}
        aria-label={label}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
        className={[style.icon, pressed ? style.pressed : '', small ? style.small : '', boxed ? style.boxed : '', reason ? style.unable : ''].join(' ')}
        onPress={reason ? () => announce(reason, true) : onPress}
      >
        <Icon size={small ? 14 : 16} aria-hidden />
      </Press>
      <Tooltip className={style.tip!} offset={6}>
        {label} {keys && <kbd>{keys}</kbd>}
        {reason && <span className={style.why}>{reason}</span>}
      </Tooltip>
    </TooltipTrigger>
  )
}
