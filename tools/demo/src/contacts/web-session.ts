import type { Identifier, Instant } from '@throughline/contracts';
import { link, type Life } from '../life';
import { second } from '../local-time';
import { subject } from '../person';

export interface WebPlan {
  /** How many pages, about. */
  readonly pages: number;
  /** Pages about the matter show what it is, with this confidence at most. */
  readonly confidence: number;
  /** Ends in a form: the person names an address and a number. */
  readonly form?: boolean;
  readonly device?: string;
}

/** A visit to the site. Returns its end and the link that a purchase made in it carries. */
export function webSession(life: Life, plan: WebPlan): { readonly end: Instant; readonly sessionLink: ReturnType<typeof link>; readonly device: string } {
  const { random, person } = life;
  // Now and then on a neighbour's browser, where nobody forgets to sign in.
  const lent = plan.device === undefined && person.login !== null && person.signsIn > 0 && random.chance(0.004);
  const device = lent ? `ck-${(person.index ^ 1).toString(36)}-0` : (plan.device ?? life.device());
  const sessionKey = life.id('ws');
  const session = { sessionKey, clientKey: device };
  const cookie = subject('cookie', device);
  const sessionLink = link('related', 'web', sessionKey);
  const pages = Math.max(1, Math.round(plan.pages * (0.5 + random.next())));
  // Where others use the browser too, the shop asks to sign in first.
  const signsInAt = lent ? 0 : random.chance(person.signsIn) && person.login !== null ? (person.sharesBrowser ? 0 : random.below(pages)) : -1;
  let at = life.now;
  for (let page = 0; page < pages; page++) {
    if (page > 0) at += random.logNormal(38 * second, 0.9);
    if (page === signsInAt) {
      const identifiers: Identifier[] = [cookie, ...life.signedIn()];
      if (person.number !== null) identifiers.push(subject('customerNumber', person.number, true));
      life.say('web', 'web', 'identified', 'web', at, { ...session, identifiers });
      at += random.between(2 * second, 8 * second);
    }
    const about = random.chance(0.7) ? { intents: life.intent('page', random.between(plan.confidence - 250, plan.confidence)) } : {};
    life.say('web', 'web', 'pageViewed', 'web', at, { ...session, identifiers: [cookie], ...about });
  }
  if (plan.form) {
    at += random.logNormal(60 * second, 0.5);
    const identifiers = [cookie];
    if (person.number !== null && (person.sharesPhone || person.sharesEmail || random.chance(0.5))) identifiers.push(subject('customerNumber', person.number));
    if (person.emails[0] !== undefined) identifiers.push(subject('email', person.emails[0]));
    if (person.phones[0] !== undefined && person.kind !== 'reusedPhone') identifiers.push(subject('phone', person.phones[0]));
    life.say('web', 'web', 'formSent', 'web', at, {
      ...session,
      identifiers,
      contactLinks: [sessionLink],
      intents: life.intent('statement', random.between(700, 900)),
    });
  }
  return { end: at, sessionLink, device };
}

/** A look into the mobile app, where everybody is signed in and the vendor sends no session. Returns its end. */
export function appVisit(life: Life, confidence: number): Instant {
  const { random, person } = life;
  const device = `app-${person.index.toString(36)}`;
  const identifiers = [subject('device', device), ...life.signedIn()];
  let at = life.now;
  for (let screen = random.between(2, 6); screen > 0; screen--) {
    const about = random.chance(0.6) ? { intents: life.intent('page', random.between(confidence - 250, confidence)) } : {};
    life.say('app', 'web', 'pageViewed', 'app', at, { clientKey: device, identifiers, ...about });
    at += random.logNormal(25 * second, 0.8);
  }
  return at;
}
