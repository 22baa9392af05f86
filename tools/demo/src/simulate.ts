import type { Instant } from '@throughline/contracts';
import type { CoachedDesk } from './coached-desk';
import { tellDana, danaStartsAt } from './dana';
import type { DemoEvent, Emit, EventTruth } from './demo-event';
import { issueKinds, looksOnly, onlyLooks } from './issues/issue-kinds';
import { Life, type Script } from './life';
import { day, hour } from './local-time';
import type { PlantedFact } from './planted-fact';
import { peoplePerOrganisation, organisationNumber, personOf, subject, type Person } from './person';
import { Random } from './random';
import { silentFrom, silentSource } from './sizes';

export interface TownOptions {
  readonly seed: number;
  readonly people: number;
  readonly from: Instant;
  /** Nothing that happens later is told; Infinity never ends. */
  readonly until: Instant;
  /** Which lives the people lead: the same number, the same chances. Without it the day on which the telling begins. */
  readonly lives?: number;
  /** Put before every id, so that two runs over the same people never make the same id. */
  readonly idPrefix?: string;
  /** 1 = as people are. */
  readonly haste?: number;
  /** Dana, the nightly imports, the mail blasts, the outage and the source that falls silent; off for the bench and the live trickle. */
  readonly staged?: boolean;
  readonly onSilenced?: () => void;
  /** Where coaching is planted. */
  readonly desk?: CoachedDesk;
}

/** Hears an event in the moment it is made, with the time at which its source could first have sent it. */
export type Hear = (event: DemoEvent, truth: EventTruth, trueAt: Instant) => void;

const slotMs = hour;
const windowsMs: Readonly<Record<string, number>> = {
  fault: 14,
  billing: 30,
  complaint: 60,
  cancellation: 30,
  purchase: 30,
  return: 30,
  accountChange: 7,
  information: 7,
};

interface Waiting {
  readonly script: Script;
  readonly life: Life;
  readonly kind: number;
}

/**
 * Lets a town live, hour by hour, in time order: whoever has something to do in the hour does it. What is kept is a few numbers a person and the issues that are under way,
 * so a town of a million needs no more than what is going on in it. Yields the end of each hour after everything that begins before it has been told.
 */
export function* live(options: TownOptions, hear: Hear, plant: (fact: PlantedFact) => void = () => undefined): Generator<Instant, void, void> {
  const { seed, people, from, until, staged = true } = options;
  const haste = options.haste ?? 1;
  const prefix = options.idPrefix ?? '';
  const lives = options.lives ?? from / day;
  const phoneMovesAt = from + Math.min(until - from, 92 * day) / 2;
  const quietFrom = staged ? silentFrom(from) : Infinity;
  const slots = (at: Instant): number => Math.floor((at - from) / slotMs);

  const nextStart = new Float64Array(people);
  const issues = new Uint16Array(people);
  const lastEnd = new Float32Array(people * issueKinds.length).fill(-1e9);
  /** Whose next issue begins in which hour: the first person of the hour, and after each the next. */
  const firstOf = new Map<number, number>();
  const following = new Int32Array(people).fill(-1);
  const waiting = new Map<number, Waiting[]>();

  const emit: Emit = (event, truth, trueAt) => {
    if (event.occurredAt >= until) return;
    if (event.source === silentSource && event.occurredAt >= quietFrom) {
      options.onSilenced?.();
      return;
    }
    hear(event, truth, trueAt);
  };

  const plan = (index: number, at: Instant, now: number): void => {
    nextStart[index] = at;
    const slot = Math.max(slots(at), now);
    following[index] = firstOf.get(slot) ?? -1;
    firstOf.set(slot, index);
  };
  // Troubles come in pairs now and then: the next one the same day.
  const pause = (person: Person, random: Random): number =>
    random.chance(0.05) ? random.logNormal(7 * hour, 1) : Math.max(random.logNormal(34 * day, 0.75) / person.activity / haste, hour);

  for (let index = 0; index < people; index++) {
    const random = new Random(seed, 102, index, lives);
    const person = personOf(seed, index);
    plan(index, Math.round(from + (random.next() * 45 * day) / person.activity / haste), 0);
  }
  if (staged && Number.isFinite(until) && danaStartsAt(until) > from) tellDana(until, emit);

  const begin = (index: number): Waiting => {
    const person = personOf(seed, index);
    const count = (issues[index] as number) + 1;
    issues[index] = count;
    const at = nextStart[index] as number;
    const random = new Random(seed, 103, index, count, lives);
    const sinceDays = (at - from) / day;
    const outage = staged && isOutage(from, at);
    const weights = issueKinds.map((kind, k) => {
      if (looksOnly(person.kind) && !onlyLooks.has(kind.name)) return 0;
      // People seldom have two different matters of one sort at a time.
      const recent = sinceDays - (lastEnd[index * issueKinds.length + k] as number) < 1.2 * (windowsMs[kind.family] as number);
      return kind.weight * (recent ? 0.12 : 1) * (outage && kind.name === 'fault' ? 20 : 1);
    });
    const kind = random.weighted(weights);
    const { family, intents, run } = issueKinds[kind] as (typeof issueKinds)[number];
    const life = new Life(
      person,
      random,
      `${prefix}${index.toString(36)}.${count}`,
      { family, intent: random.pick(intents) },
      at,
      phoneMovesAt,
      emit,
      new Random(seed, 107, index, count, lives),
      plant,
      options.desk,
    );
    return { life, kind, script: run(life) };
  };

  /** Lets an issue go on until it waits for a later hour; its person's next issue is planned when it is over. */
  const goOn = (issue: Waiting, slot: number): void => {
    for (;;) {
      const step = issue.script.next();
      if (!step.done) {
        const due = slots(step.value);
        if (step.value >= until) return;
        if (due > slot) {
          const list = waiting.get(due);
          if (list) list.push(issue);
          else waiting.set(due, [issue]);
          return;
        }
        continue;
      }
      const { life, kind } = issue;
      const { person } = life;
      life.end();
      lastEnd[person.index * issueKinds.length + kind] = (life.now - from) / day;
      // Never back into an hour that is told already.
      const next = Math.max(life.now + pause(person, life.random), from + (slot + 1) * slotMs + life.random.below(hour));
      if (next < until) plan(person.index, Math.round(next), slot + 1);
      return;
    }
  };

  const last = Number.isFinite(until) ? slots(until - 1) : Infinity;
  for (let slot = 0; slot <= last; slot++) {
    if (staged) stage(options, slot, emit);
    const due = waiting.get(slot);
    if (due) {
      waiting.delete(slot);
      for (const issue of due) goOn(issue, slot);
    }
    let index = firstOf.get(slot) ?? -1;
    firstOf.delete(slot);
    while (index >= 0) {
      const next = following[index] as number;
      following[index] = -1;
      goOn(begin(index), slot);
      index = next;
    }
    yield from + (slot + 1) * slotMs;
  }
}

/** Two days of every quarter have an outage in one part of the town. */
export const outageDays = [40, 41] as const;
function isOutage(from: Instant, at: Instant): boolean {
  const dayNumber = Math.floor((at - from) / day) % 91;
  return dayNumber === outageDays[0] || dayNumber === outageDays[1];
}

/** Every fourth week the marketing department writes to everybody with a mailbox: in a big town on several days. */
const blastEvery = 28;
const blastDay = 8;

/** What happens by the calendar: the CRM's nightly import of its customers, its organisations, and the mail blasts. */
function stage({ seed, people, from }: TownOptions, slot: number, emit: Emit): void {
  const dayNumber = Math.floor((slot * slotMs) / day);
  const hourOfDay = slot - dayNumber * 24;
  const start = from + slot * slotMs;
  const bare = { revision: 0, sourceSequence: 0, contactLinks: [], issueKeys: [], intents: [], initiator: 'system', presence: 'away' } as const;
  // The import runs in as many nights as it needs, four hours each, the organisations at its end.
  const nights = Math.ceil(people / 50_000);
  if (dayNumber < nights && hourOfDay >= 5 && hourOfDay < 9) {
    const step = (dayNumber * 4 + hourOfDay - 5) / (nights * 4);
    const low = Math.floor(people * step);
    const high = Math.floor(people * (step + 1 / (nights * 4)));
    for (let index = low; index < high; index++) {
      const person = personOf(seed, index);
      const at = start + Math.floor(((index - low) / (high - low)) * slotMs);
      if (person.number !== null)
        emit(
          {
            ...bare,
            source: 'crm',
            sourceEventId: `crm-import-${index.toString(36)}`,
            occurredAt: at,
            system: 'crm',
            type: 'profileChanged',
            channel: 'web',
            purpose: 'service',
            identifiers: [
              subject('customerNumber', person.number, true),
              subject('crmContact', person.crmContact as string, true),
              ...(person.login === null ? [] : [subject('login', person.login, true)]),
              ...person.knownEmails.map((email) => subject('email', email, true)),
              ...person.knownPhones.map((phone) => subject('phone', phone)),
            ],
            attributes: { import: 'nightly', name: person.name },
          },
          { person: person.id, interaction: null, engagements: [] },
          at,
        );
      if (index % peoplePerOrganisation === 2)
        emit(
          {
            ...bare,
            source: 'crm',
            sourceEventId: `crm-organisation-${index.toString(36)}`,
            occurredAt: at,
            system: 'crm',
            type: 'profileChanged',
            channel: 'web',
            purpose: 'service',
            identifiers: [subject('customerNumber', organisationNumber(Math.floor(index / peoplePerOrganisation)), true)],
            attributes: { import: 'nightly', organisation: true },
          },
          { person: `o${Math.floor(index / peoplePerOrganisation)}`, interaction: null, engagements: [] },
          at,
        );
    }
  }
  const blastDayNumber = (dayNumber % blastEvery) - blastDay;
  if (blastDayNumber >= 0 && blastDayNumber < nights && hourOfDay >= 14 && hourOfDay < 18) {
    const step = (blastDayNumber * 4 + hourOfDay - 14) / (nights * 4);
    const low = Math.floor(people * step);
    const high = Math.floor(people * (step + 1 / (nights * 4)));
    for (let index = low; index < high; index++) {
      const person = personOf(seed, index);
      if (person.emails[0] === undefined || person.sharesEmail || person.number === null) continue;
      const at = start + Math.floor(((index - low) / (high - low)) * slotMs);
      emit(
        {
          ...bare,
          source: 'campaign',
          sourceEventId: `campaign-${dayNumber}-${index.toString(36)}`,
          occurredAt: at,
          system: 'campaign',
          type: 'sent',
          channel: 'email',
          purpose: 'marketing',
          identifiers: [subject('email', person.emails[0])],
          attributes: { campaign: `letter-${dayNumber}` },
        },
        { person: person.id, interaction: null, engagements: [] },
        at,
      );
    }
  }
}
