import type { Instant } from '@throughline/contracts';
import { danaExpected, danaStartsAt } from './dana';
import { CoachedDesk } from './coached-desk';
import { Disorder, clockSkewMs, type Delivery } from './disorder';
import { clockChanges, day, hour } from './local-time';
import { personOf } from './person';
import { isSettledAtFirst, optOutReasons, plantedEmpathy, type OptOutReason, type PlantedFact } from './planted-fact';
import { live, outageDays } from './simulate';
import { silentFrom, silentSource, periodOf, townOf, usualEnd, type Size } from './sizes';
import type { PlantedFacts, TruthPerson, TruthRow } from './truth';

export interface WorldOptions {
  readonly size: Size;
  readonly seed: number;
  /** When the world ends; the same people live the same lives up to it, moved by whole days. Without it the end is `usualEnd`. */
  readonly end?: Instant;
  /** Ends the world earlier than its size says: for looks at the beginning of a big one. */
  readonly days?: number;
  /** False delivers every event once, right and in time. */
  readonly disorder?: boolean;
  /** Hears each planted fact of a call or an issue when it is made; nobody keeps them otherwise. */
  readonly onFact?: (fact: PlantedFact) => void;
}

export interface World {
  /** In the order in which they reach the platform, an hour at a time; may be run through once. */
  readonly deliveries: Iterable<readonly Delivery[]>;
  /** Of a delivery: its row of the truth, once for every event. */
  truthOf(delivery: Delivery): TruthRow | null;
  persons(): Iterable<TruthPerson>;
  /** Complete when `deliveries` has been run through. */
  planted(): PlantedFacts;
}

const slotMs = hour;

/** The simulated contact centre of a size and seed: the same bytes every time, however much of it is read at once. */
export function generateWorld(options: WorldOptions): World {
  const { size, seed } = options;
  const { people } = townOf[size];
  const { from, until: end } = periodOf(size, options.end);
  const until = options.days === undefined ? end : Math.min(end, from + options.days * day);
  const usual = periodOf(size, usualEnd);
  let unsent = 0;
  const optOuts = Object.fromEntries(optOutReasons.map((reason) => [reason, 0])) as Record<OptOutReason, number>;
  const issues = { ended: 0, settledAtFirst: 0 };
  const plant = (fact: PlantedFact): void => {
    if (fact.kind === 'optOut') optOuts[fact.reason] += 1;
    else {
      issues.ended += 1;
      if (isSettledAtFirst(fact)) issues.settledAtFirst += 1;
    }
    options.onFact?.(fact);
  };
  const desk = new CoachedDesk(seed, until, from - usual.from);
  const slots = new Map<number, Delivery[]>();
  const disorder = new Disorder(seed, options.disorder ?? true, (delivery) => {
    const slot = Math.floor((delivery.at - from) / slotMs);
    const list = slots.get(slot);
    if (list) list.push(delivery);
    else slots.set(slot, [delivery]);
  });

  function* deliveries(): Generator<readonly Delivery[], void, void> {
    let slot = 0;
    const hear = disorder.hear.bind(disorder);
    for (const told of live({ seed, people, from, until, lives: usual.from / day, onSilenced: () => unsent++, desk }, hear, plant)) {
      const end = Math.floor((told - from) / slotMs);
      for (; slot < end; slot++) yield* inOrder(slots, slot);
    }
    for (const rest of [...slots.keys()].sort((a, b) => a - b)) yield* inOrder(slots, rest);
  }

  function* persons(): Generator<TruthPerson, void, void> {
    for (let index = 0; index < people; index++) {
      const { id, kind, suffices, household, organisation, sharesPhone } = personOf(seed, index);
      yield { person: id, kind, suffices, household, organisation, sharesPhone };
    }
    yield { person: danaExpected.person, kind: 'named', suffices: true, household: null, organisation: null, sharesPhone: false };
  }

  const planted = (): PlantedFacts => {
    const { counts } = disorder;
    const events = counts.event + counts.late + counts.superseded;
    const phones = new Set<string>();
    const households = new Set<string>();
    const personKinds: Record<string, number> = {};
    let sufficing = 0;
    for (let index = 0; index < people; index++) {
      const person = personOf(seed, index);
      if (person.sharesPhone && person.phones[0] !== undefined) phones.add(person.phones[0]);
      if (person.household !== null) households.add(person.household);
      personKinds[person.kind] = (personKinds[person.kind] ?? 0) + 1;
      if (person.suffices) sufficing++;
    }
    const iso = (at: Instant): string => new Date(at).toISOString();
    const years = [...new Set([new Date(from).getUTCFullYear(), new Date(until - 1).getUTCFullYear()])];
    const { person, name, phone, email, customerNumber, contactTransactions, otherTransactions, interactions, engagements, reopened } = danaExpected;
    return {
      size,
      seed,
      from: iso(from),
      until: iso(until),
      people,
      events,
      deliveries: Object.values(counts).reduce((sum, count) => sum + count, 0),
      late: counts.late,
      duplicates: counts.duplicate,
      corrections: counts.correction,
      malformed: {
        unknownType: counts.unknownType,
        negativeSpan: counts.negativeSpan,
        impossibleTime: counts.impossibleTime,
        tooDeep: counts.tooDeep,
        idConflict: counts.idConflict,
      },
      silentSource: { source: silentSource, from: iso(silentFrom(from)), unsent },
      skewedClocks: [
        { source: 'acd', skewMs: clockSkewMs.acd },
        { source: 'field', skewMs: clockSkewMs.fieldTablet },
      ],
      outages: outageDays.map((dayNumber) => iso(from + dayNumber * day)),
      clockChanges: years
        .flatMap((year) => clockChanges(year))
        .filter((at) => at >= from && at < until)
        .map(iso),
      sharedPhones: phones.size,
      households: households.size,
      personKinds,
      personsWhoseIdentifiersSuffice: sufficing,
      loop: { issues: issues.ended, settledAtFirst: issues.settledAtFirst, optOuts, empathy: plantedEmpathy, coaching: desk.planted() },
      dana: {
        person,
        name,
        phone,
        email,
        customerNumber,
        startsAt: iso(danaStartsAt(until)),
        contactTransactions,
        otherTransactions,
        interactions,
        engagements,
        reopened,
      },
    };
  };

  return {
    deliveries: { [Symbol.iterator]: deliveries },
    truthOf: ({ truth, kind, source, sourceEventId, event }) =>
      truth === null || kind === 'correction'
        ? null
        : {
            source,
            sourceEventId,
            person: truth.person,
            interaction: truth.interaction,
            engagements: truth.engagements,
            occurredAt: event.occurredAt as Instant,
          },
    persons,
    planted,
  };
}

function* inOrder(slots: Map<number, Delivery[]>, slot: number): Generator<readonly Delivery[], void, void> {
  const list = slots.get(slot);
  if (!list) return;
  slots.delete(slot);
  // The sort is stable: what is delivered in one millisecond keeps the order in which it was made.
  yield list.sort((a, b) => a.at - b.at);
}
