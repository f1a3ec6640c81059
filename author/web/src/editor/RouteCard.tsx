// Where next, in words: the routes of a block, and the way to change them.
import { ArrowRight, Split } from 'lucide-react'
import { nameOf } from '../draft/acts'
import { join } from '../draft/patch'
import { useDraft } from '../draft/store'
import { blocksOf, list, object, text, walk, type Element } from '../draft/walk'
import type { JsonObject } from '../api/types'
import { Button } from '../parts/Button'
import { Notes } from '../parts/Field'
import { useSentence, RuleButton } from '../logic/RuleButton'
import { useSay } from '../words'
import { useNotes } from './bind'
import { select } from './view'
import style from './RouteCard.module.css'

/** What a route leads to, in words. */
export function useTarget(): (route: JsonObject) => string {
  const say = useSay()
  const definition = useDraft((state) => state.document!.definition)
  return (route) => {
    if (route.section) return say('route.end')
    const id = text(route.block ?? route.group)
    const found = walk(definition).byId.get(id)?.find((one) => one.kind === (route.block ? 'block' : 'group'))
    return found ? nameOf(found) : say('name.removed')
  }
}

export function RouteCard({ block }: { block: Element }) {
  const say = useSay()
  const definition = useDraft((state) => state.document!.definition)
  const target = useTarget()
  const rules = list(block.value.routing_rules).map(object)
  const all = blocksOf(definition)
  const next = all[all.findIndex((one) => one.pointer === block.pointer) + 1]
  const notes = useNotes(join(block.pointer, 'routing_rules'), true)
  const skips = 'skip_conditions' in block.value
  const mayskip = !['ListCollector', 'PrimaryPersonListCollector', 'ListCollectorContent'].includes(text(block.value.type))
  return (
    <section className={style.card} aria-labelledby="where-next" data-pointer={join(block.pointer, 'routing_rules')}>
      <header>
        <Split size={16} aria-hidden />
        <h2 id="where-next">{say('route.title')}</h2>
        <Button look="link" onPress={() => select(block.id, null, 'logic')}>
          {say(rules.length ? 'route.edit' : 'route.add')}
        </Button>
      </header>
      {rules.length === 0 && (
        <p className={style.row}>
          <span className={style.quiet}>{say('route.everyone')}</span>
          <span>
            <ArrowRight size={14} aria-hidden /> {next && next.up?.up === block.up?.up ? nameOf(next) : say('route.end')}
          </span>
        </p>
      )}
      {rules.map((rule, at) => (
        <Line key={at} rule={rule} target={target(rule)} />
      ))}
      <Notes notes={notes} />
      {mayskip && (skips ? (
        <div className={style.skip}>
          <span>{say('logic.skip')}</span>
          <RuleButton pointer={join(block.pointer, 'skip_conditions', 'when')} label={say('logic.skip')} />
        </div>
      ) : (
        <div className={style.skip}>
          <span className={style.quiet}>{say('logic.skip')}</span>
          <RuleButton pointer={join(block.pointer, 'skip_conditions', 'when')} label={say('logic.skip')} />
        </div>
      ))}
    </section>
  )
}
function Line({ rule, target }: { rule: JsonObject; target: string }) {
  const say = useSay()
  const words = useSentence(rule.when)
  return (
    <p className={style.row}>
      {rule.when ? (
        <span>
          {say('rule.if')} <strong>{words}</strong>
        </span>
      ) : (
        <span className={style.quiet}>{say('route.otherwise')}</span>
      )}
      <span>
        <ArrowRight size={14} aria-hidden /> {target}
      </span>
    </p>
  )
}
