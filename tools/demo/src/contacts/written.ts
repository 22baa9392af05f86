import type { Instant, IssueKey } from '@throughline/contracts';
import { key, link, type Life } from '../life';
import { hour, second } from '../local-time';
import { subject } from '../person';

/** A chat; `fails` breaks off before anybody could help. Returns its end. */
export function chat(life: Life, fails: boolean): { readonly end: Instant; readonly lastEvent: string } {
  const { random, person } = life;
  const conversation = life.id('chat');
  const session = { sessionKey: conversation, contactLinks: [link('conversation', 'chat', conversation)] };
  const device = life.device();
  const signsIn = person.signsIn > 0 && random.chance(0.7 + 0.3 * Number(person.sharesBrowser || person.sharesEmail));
  const identifiers = signsIn ? life.signedIn() : person.emails[0] !== undefined ? [subject('email', person.emails[0])] : [];
  let at = life.now;
  life.say('chat', 'chat', 'started', 'chat', at, { ...session, clientKey: device, identifiers: [...identifiers, subject('cookie', device)] });
  const turns = fails ? random.between(1, 2) : random.between(3, 8);
  for (let turn = 0; turn < turns; turn++) {
    at += random.logNormal(35 * second, 0.7);
    const intents = turn === 0 && random.chance(0.85) ? { intents: life.intent('text', random.between(560, 880)) } : {};
    life.say('chat', 'chat', 'messageReceived', 'chat', at, { ...session, ...intents, textRef: life.id('text') });
    if (fails && turn === turns - 1) break;
    at += random.logNormal(40 * second, 0.6);
    life.say('chat', 'chat', 'messageSent', 'chat', at, {
      ...session,
      initiator: 'agent',
      presence: 'away',
      agent: `ag-chat-${String(random.below(30)).padStart(2, '0')}`,
    });
  }
  at += random.logNormal(20 * second, 0.5);
  const lastEvent = life.say('chat', 'chat', 'ended', 'chat', at, {
    ...session,
    initiator: fails ? 'system' : 'customer',
    ending: fails ? 'technical' : 'completed',
    issueKeys: life.keys.slice(-1),
    ...(fails ? {} : { intents: life.intent('disposition', random.between(800, 950)) }),
  });
  return { end: at, lastEvent };
}

/** One e-mail of the customer, and after some hours the answer of the company, if any. Returns when each was sent. */
export function mail(life: Life, thread: IssueKey, answered: boolean): { readonly sent: Instant; readonly answered: Instant } {
  const { random, person } = life;
  const address = person.emails.length > 1 && random.chance(0.2) ? person.emails[1] : person.emails[0];
  const identifiers = [subject('email', address as string)];
  // From a mailbox of two people, the number in the subject line says who writes.
  if (person.number !== null && (person.sharesEmail || random.chance(0.3))) identifiers.push(subject('customerNumber', person.number));
  const intents = random.chance(0.9) ? { intents: life.intent('text', random.between(600, 900)) } : {};
  life.say('mail', 'email', 'messageReceived', 'email', life.now, { identifiers, issueKeys: [thread], ...intents, textRef: life.id('text') });
  const reply = life.now + random.logNormal(6 * hour, 0.8);
  if (answered)
    life.note('mail', 'email', 'messageSent', 'email', reply, {
      initiator: 'agent',
      agent: `ag-mail-${String(random.below(20)).padStart(2, '0')}`,
      identifiers,
      issueKeys: [thread],
    });
  return { sent: life.now, answered: answered ? reply : life.now };
}

export const newThread = (life: Life): IssueKey => key('thread', life.id('th'));
