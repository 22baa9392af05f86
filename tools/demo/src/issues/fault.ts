import { chat } from '../contacts/written';
import { closeTicket, nightlyChange, survey, visit } from '../contacts/after-work';
import { reachByPhone } from '../contacts/call';
import { appVisit, webSession } from '../contacts/web-session';
import { key, type Life, type Script } from '../life';
import { day, hour, minute } from '../local-time';
import { secondMatter } from './issue';

/** The line is down or slow: a look at the help pages, a call, a ticket, often a technician, and sometimes it fails again. */
export function* fault(life: Life): Script {
  const { random } = life;
  const start = random.next();
  if (start < 0.25) {
    const { end } = webSession(life, { pages: 4, confidence: 780 });
    yield* life.comeBack(end, 0.6, { medianMs: 7 * hour, sigma: 0.7 });
  } else if (start < 0.35) {
    const { end } = chat(life, true);
    yield* life.comeBack(end, 0.7);
  } else if (start < 0.45) {
    const end = appVisit(life, 760);
    yield* life.comeBack(end, 0.6, { medianMs: 7 * hour, sigma: 0.7 });
  }
  yield* life.waitForOpening();
  if (!random.chance(0.65)) {
    const second = secondMatter(life);
    const solved = yield* reachByPhone(life, { queue: 'technical', outcome: 'resolved', ...(second ? { second } : {}) });
    if (solved.agentEvent && random.chance(0.25)) survey(life, solved.end, 'agent-desktop', solved.agentEvent);
    if (!random.chance(0.12)) return;
    // It was not: the "solved in one call" of the reports comes back.
    life.newBlock();
    yield* life.waitUntil(life.whenOpen(solved.end + random.logNormal(36 * hour, 0.9)));
  }
  const ticket = life.id('TK');
  let last = yield* reachByPhone(life, { queue: 'technical', outcome: 'unresolved', opens: key('ticket', ticket, 'opened') });
  nightlyChange(life, key('ticket', ticket), last.end);
  if (random.chance(0.3)) {
    life.newBlock();
    yield* life.waitUntil(life.whenOpen(last.end + random.logNormal(22 * hour, 0.6)));
    last = yield* reachByPhone(life, { queue: 'technical', outcome: 'unresolved' });
  }
  let end = last.end;
  if (random.chance(0.6)) {
    const appointment = life.id('AP');
    life.say('field', 'field', 'booked', 'field', end - 20_000, {
      initiator: 'agent',
      presence: 'away',
      ...(last.agent === null ? {} : { agent: last.agent }),
      identifiers: life.known(),
      issueKeys: [key('appointment', appointment, 'opened'), key('ticket', ticket)],
    });
    let comes = life.whenOpen(end + random.logNormal(40 * hour, 0.5));
    if (random.chance(0.08)) {
      // Nobody comes: the customer calls.
      yield* life.waitUntil(comes);
      life.hardship += 1.5;
      life.note('field', 'field', 'missed', 'field', comes, { identifiers: life.known(), issueKeys: [key('appointment', appointment)] });
      life.newBlock();
      yield* life.waitUntil(life.whenOpen(comes + random.logNormal(3 * hour, 0.5)));
      const angry = yield* reachByPhone(life, { queue: 'technical', outcome: 'unresolved' });
      comes = life.whenOpen(angry.end + random.logNormal(26 * hour, 0.4));
    }
    life.newBlock();
    yield* life.waitUntil(comes - 30 * minute);
    const came = visit(life, key('appointment', appointment), [key('ticket', ticket)], comes, true);
    end = closeTicket(life, key('ticket', ticket), came.end + random.logNormal(50 * minute, 0.6));
    if (random.chance(0.3)) survey(life, end, 'field', came.event);
  } else {
    end = closeTicket(life, key('ticket', ticket), end + random.logNormal(30 * hour, 0.6));
  }
  if (!random.chance(0.1)) return;
  // It fails again within days, and for the customer that is the same fault.
  life.newBlock();
  yield* life.waitUntil(life.whenOpen(end + random.logNormal(3 * day, 0.8)));
  const again = yield* reachByPhone(life, { queue: 'technical', outcome: 'resolved' });
  life.note('crm', 'crm', 'ticketReopened', 'voice', again.end, { identifiers: life.known(), issueKeys: [key('ticket', ticket, 'reopened')] });
  closeTicket(life, key('ticket', ticket), again.end + random.logNormal(4 * hour, 0.5));
}
