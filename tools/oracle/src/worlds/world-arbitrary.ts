import fc from 'fast-check';
import type { CanonicalEvent } from '@throughline/contracts';
import type { World } from './world';

/** Worlds made of a seed. A failing one is made smaller by leaving out facts, then fields of events: what is left is the case. */
export class WorldArbitrary<Made extends World> extends fc.Arbitrary<Made> {
  constructor(private readonly make: (seed: number) => Made) {
    super();
  }

  override generate(random: fc.Random): fc.Value<Made> {
    return new fc.Value(this.make(random.nextInt(0, 0x7fffffff)), undefined);
  }

  override canShrinkWithoutContext(_value: unknown): _value is Made {
    return false;
  }

  override shrink(world: Made): fc.Stream<fc.Value<Made>> {
    return new fc.Stream(smallerWorlds(world)).map((smaller) => new fc.Value(smaller, undefined));
  }
}

function* without<Thing>(things: readonly Thing[]): Generator<Thing[]> {
  for (let size = Math.ceil(things.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let from = 0; from < things.length; from += size) yield [...things.slice(0, from), ...things.slice(from + size)];
}

const optional = ['sessionKey', 'clientKey', 'agent', 'queue', 'ending', 'outcome', 'startedBy', 'aboutEventId', 'endedAt'] as const;
const lists = ['identifiers', 'contactLinks', 'issueKeys', 'intents'] as const;

function* smallerWorlds<Made extends World>(world: Made): Generator<Made> {
  for (const events of without(world.events)) if (events.length > 0) yield { ...world, events };
  for (const corrections of without(world.corrections)) yield { ...world, corrections };
  for (const decisions of without(world.decisions)) yield { ...world, decisions };
  for (const [index, event] of world.events.entries())
    for (const smaller of smallerEvents(event)) yield { ...world, events: world.events.with(index, smaller) };
}

function* smallerEvents(event: CanonicalEvent): Generator<CanonicalEvent> {
  for (const field of optional)
    if (event[field] !== undefined) {
      const { [field]: _left, ...rest } = event;
      yield rest as CanonicalEvent;
    }
  for (const field of lists) for (const shorter of without(event[field] as readonly unknown[])) yield { ...event, [field]: shorter };
  if (event.sourceSequence !== 0) yield { ...event, sourceSequence: 0 };
}
