import { survey } from '../contacts/after-work';
import { reachByPhone } from '../contacts/call';
import { appVisit, webSession } from '../contacts/web-session';
import { chat, mail, newThread } from '../contacts/written';
import { key, type Life, type Script } from '../life';
import { day, hour } from '../local-time';
import { secondMatter } from './issue';

/** A wrong invoice: seen on the web, disputed by chat, e-mail or telephone, and settled after one talk or several. */
export function* billing(life: Life): Script {
  const { random, person } = life;
  const start = random.next();
  if (start < 0.25) {
    const { end } = webSession(life, { pages: 3, confidence: 760 });
    yield* life.comeBack(end, 0.5, { medianMs: 15 * hour, sigma: 0.8 });
  } else if (start < 0.35) {
    yield* life.comeBack(appVisit(life, 740), 0.5);
  } else if (start < 0.55 && person.emails.length > 0) {
    // The chat breaks off, the customer writes, the answer does not help, the customer calls.
    chat(life, true);
    life.newBlock();
    yield* life.waitUntil(life.now + random.logNormal(18 * hour, 0.6));
    const written = mail(life, newThread(life), random.chance(0.8));
    life.newBlock();
    yield* life.waitUntil(life.whenOpen(Math.max(written.answered, written.sent) + random.logNormal(20 * hour, 0.7)));
  } else if (start < 0.65) {
    const { end, lastEvent } = chat(life, false);
    if (random.chance(0.2)) survey(life, end, 'chat', lastEvent);
    if (random.chance(0.4)) return;
    yield* life.comeBack(end, 0.2, { medianMs: 2 * day, sigma: 0.6 });
  }
  yield* life.waitForOpening();
  const opensCase = random.chance(0.35);
  const number = life.id('CS');
  const open = opensCase ? { opens: key('case', number, 'opened') } : {};
  const talks = 1 + random.weighted([0.62, 0.26, 0.12]);
  for (let talk = 1; ; talk++) {
    const done = talk === talks;
    const second = talk === 1 ? secondMatter(life) : undefined;
    const result = yield* reachByPhone(life, {
      queue: 'billing',
      outcome: done ? 'resolved' : 'unresolved',
      ...(talk === 1 ? open : {}),
      ...(second ? { second } : {}),
    });
    if (!done) {
      life.newBlock();
      yield* life.waitUntil(life.whenOpen(result.end + random.logNormal(4 * day, 0.9)));
      continue;
    }
    if (opensCase)
      life.note('crm', 'crm', 'ticketClosed', 'voice', result.end + random.logNormal(5 * hour, 0.7), {
        identifiers: life.known(),
        issueKeys: [key('case', number, 'closed')],
        outcome: 'resolved',
      });
    if (result.agentEvent && random.chance(0.25)) survey(life, result.end, 'agent-desktop', result.agentEvent);
    return;
  }
}
