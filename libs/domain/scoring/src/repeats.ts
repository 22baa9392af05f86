import type { Instant } from '@throughline/contracts';
import { mainPart, type ContactReading, type PartReading } from './readings';
import { isAboutIt, isSameMatter } from './same-matter';
import { dayMs } from './scoring-input';

/** What came after a contact, no later than the look-ahead. */
export interface Repeats {
  /** The customer's next contact about it, on any channel. */
  readonly repeatAt: Instant | null;
  /** The customer's next contact on the same channel. */
  readonly channelRepeatAt: Instant | null;
}

/** Contacts after the one at `place`, within reach. `contacts` are in order. */
function* following(contacts: readonly ContactReading[], place: number, lookAheadDays: number): Generator<ContactReading> {
  const until = contacts[place]!.endedAt + lookAheadDays * dayMs;
  for (let next = place + 1; next < contacts.length && contacts[next]!.at <= until; next += 1) yield contacts[next]!;
}

/** The repeats of the contact at `place`. */
export function repeatsOf(contacts: readonly ContactReading[], place: number, lookAheadDays: number): Repeats {
  const contact = contacts[place]!;
  let repeatAt: Instant | null = null;
  let channelRepeatAt: Instant | null = null;
  for (const next of following(contacts, place, lookAheadDays)) {
    if (next.startedBy !== 'customer') continue;
    if (repeatAt === null && isAboutIt(contact, next)) repeatAt = next.at;
    if (channelRepeatAt === null && next.channel === contact.channel) channelRepeatAt = next.at;
    if (repeatAt !== null && channelRepeatAt !== null) break;
  }
  return { repeatAt, channelRepeatAt };
}

/** The next contact about the same matter as one part, whoever started it; a promised callback belongs to what promised it. */
export function nextAbout(contacts: readonly ContactReading[], place: number, part: PartReading, lookAheadDays: number): Instant | null {
  for (const next of following(contacts, place, lookAheadDays))
    if (next.startedBy !== 'callback' && next.parts.some((other) => isSameMatter(part, other))) return next.at;
  return null;
}

/** Contacts before the one at `place` about the same matter that ended within the look-back, in order. */
export function earlierAbout(contacts: readonly ContactReading[], place: number, lookBackDays: number): ContactReading[] {
  const contact = contacts[place]!;
  const from = contact.at - lookBackDays * dayMs;
  return contacts.slice(0, place).filter((earlier) => earlier.endedAt >= from && isAboutIt(contact, earlier));
}

export const hasFailed = (contact: ContactReading): boolean => mainPart(contact).failed !== null;
