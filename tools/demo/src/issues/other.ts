import { survey } from '../contacts/after-work';
import { reachByPhone } from '../contacts/call';
import { appVisit, webSession } from '../contacts/web-session';
import { chat, mail, newThread } from '../contacts/written';
import { key, type Life, type Script } from '../life';
import { day, hour } from '../local-time';

/** A new address, a new card: by form, chat or telephone. */
export function* accountChange(life: Life): Script {
  const { random } = life;
  const start = random.next();
  if (start < 0.3) {
    webSession(life, { pages: 4, confidence: 780, form: true });
    return;
  }
  if (start < 0.45) {
    chat(life, false);
    return;
  }
  if (start < 0.6) yield* life.comeBack(webSession(life, { pages: 3, confidence: 760 }).end, 0.6);
  yield* life.waitForOpening();
  const result = yield* reachByPhone(life, { queue: 'general', outcome: 'resolved' });
  if (result.agentEvent && random.chance(0.2)) survey(life, result.end, 'agent-desktop', result.agentEvent);
}

/** A question, answered where it was asked, or asked again elsewhere. */
export function* information(life: Life): Script {
  const { random, person } = life;
  const start = random.next();
  if (person.kind === 'anonymousWeb' || start < 0.35) {
    webSession(life, { pages: 4, confidence: 760 });
    return;
  }
  if (start < 0.55) {
    appVisit(life, 760);
    return;
  }
  if (start < 0.7) yield* life.comeBack(webSession(life, { pages: 3, confidence: 760 }).end, 0.8);
  else if (start < 0.8) {
    chat(life, false);
    return;
  }
  yield* life.waitForOpening();
  yield* reachByPhone(life, { queue: 'general', outcome: 'resolved' });
}

/** A complaint in writing or by telephone, with a case, called back by somebody who can decide. */
export function* complaint(life: Life): Script {
  const { random, person } = life;
  const number = life.id('CS');
  if (random.chance(0.5) && person.emails.length > 0) {
    const thread = newThread(life);
    const written = mail(life, thread, true);
    life.note('crm', 'crm', 'ticketOpened', 'email', written.sent + random.logNormal(2 * hour, 0.5), {
      identifiers: life.known(),
      issueKeys: [key('case', number, 'opened'), thread],
      intents: life.intent('person', 900),
    });
    life.keys.push(key('case', number));
    life.newBlock();
    yield* life.waitUntil(life.whenOpen(written.answered + random.logNormal(1.5 * day, 0.5)));
  } else {
    yield* life.waitForOpening();
    const told = yield* reachByPhone(life, { queue: 'expert', outcome: 'unresolved', opens: key('case', number, 'opened') });
    life.newBlock();
    yield* life.waitUntil(life.whenOpen(told.end + random.logNormal(2 * day, 0.5)));
  }
  const answered = yield* reachByPhone(life, { queue: 'expert', outcome: 'resolved', outbound: random.chance(0.5) });
  life.note('crm', 'crm', 'ticketClosed', 'voice', answered.end + random.logNormal(3 * hour, 0.7), {
    identifiers: life.known(),
    issueKeys: [key('case', number, 'closed')],
    outcome: 'resolved',
  });
  if (answered.agentEvent && random.chance(0.4)) survey(life, answered.end, 'agent-desktop', answered.agentEvent);
}

/** The customer wants to leave: lost, or kept by a good agent. */
export function* cancellation(life: Life): Script {
  const { random } = life;
  if (random.chance(0.4)) yield* life.comeBack(webSession(life, { pages: 4, confidence: 780 }).end, 0.4);
  yield* life.waitForOpening();
  if (random.chance(0.3)) {
    const first = yield* reachByPhone(life, { queue: 'retention', outcome: 'unresolved' });
    life.newBlock();
    yield* life.waitUntil(life.whenOpen(first.end + random.logNormal(3 * day, 0.5)));
  }
  const result = yield* reachByPhone(life, { queue: 'retention', outcome: random.chance(0.3) ? 'resolved' : 'lost' });
  if (result.agentEvent && random.chance(0.3)) survey(life, result.end, 'agent-desktop', result.agentEvent);
}
