import type { Instant, IssueKey } from '@throughline/contracts';
import type { SourceName } from '../demo-event';
import type { Life } from '../life';
import { day, hour, minute, wallOffsetMs } from '../local-time';
import { subject } from '../person';
import { answersOf } from './rating';

/** The nightly run of the CRM that moves a ticket on, alone. */
export function nightlyChange(life: Life, ticket: IssueKey, at: Instant): void {
  const night = at + day - ((at + wallOffsetMs(at)) % day) + 2 * hour + life.random.below(20 * minute);
  life.note('crm', 'crm', 'ticketChanged', 'voice', night, { identifiers: life.known(), issueKeys: [ticket], attributes: { status: 'pending' } });
}

/** A back office closes the ticket after the work is done. */
export function closeTicket(life: Life, ticket: IssueKey, at: Instant): Instant {
  life.note('crm', 'crm', 'ticketClosed', 'voice', at, { identifiers: life.known(), issueKeys: [{ ...ticket, state: 'closed' }], outcome: 'resolved' });
  return at;
}

/** The invitation to rate what happened, and sometimes the answer. Feedback is about an event and is no contact. */
export function survey(life: Life, after: Instant, aboutSource: SourceName, about: string): void {
  const { random } = life;
  const sent = after + random.logNormal(5 * hour, 0.6);
  const identifiers = life.known();
  const key = life.id('sv');
  const common = { sessionKey: key, identifiers, about: { source: aboutSource, sourceEventId: about } };
  life.ask('survey', 'sent', 'email', sent, common);
  if (random.chance(0.35)) {
    const answered = sent + Math.min(random.logNormal(2 * hour, 1), 20 * hour);
    life.ask('survey', 'answered', 'email', answered, {
      ...common,
      initiator: 'customer',
      presence: 'live',
      attributes: { answers: answersOf(life, random.weighted([1, 1, 2, 4, 5]) + 1, true) },
    });
  }
}

/** A technician comes. Returns the end of the visit. */
export function visit(
  life: Life,
  appointment: IssueKey,
  others: readonly IssueKey[],
  at: Instant,
  done: boolean,
): { readonly end: Instant; readonly event: string } {
  const { random, person } = life;
  const session = { sessionKey: life.id('visit'), agent: `tech-${String(random.below(60)).padStart(2, '0')}`, initiator: 'agent' as const };
  const identifiers = person.number === null ? life.known() : [subject('customerNumber', person.number, true)];
  const end = at + Math.min(Math.max(random.logNormal(45 * minute, 0.5), 5 * minute), 4 * hour);
  life.met.push(session.agent);
  life.say('field', 'field', 'travelling', 'field', at - random.between(10 * minute, 25 * minute), {
    ...session,
    presence: 'away',
    identifiers,
    issueKeys: [appointment],
  });
  life.say('field', 'field', 'arrived', 'field', at, { ...session, identifiers, issueKeys: [appointment, ...others] });
  const event = life.say('field', 'field', 'completed', 'field', end, {
    ...session,
    identifiers,
    issueKeys: [done ? { ...appointment, state: 'closed' } : appointment],
    intents: life.intent('disposition', 900),
    outcome: done ? 'resolved' : 'unresolved',
  });
  return { end, event };
}
