import { reachByPhone } from '../contacts/call';
import { webSession } from '../contacts/web-session';
import { key, type Life, type Script } from '../life';
import { day, hour, minute, second } from '../local-time';

/** Looking around, asking, ordering, paying, and the parcel; some only look. */
export function* purchase(life: Life): Script {
  const { random, person } = life;
  const visits = 1 + random.weighted([0.5, 0.35, 0.15]);
  const buys = person.kind !== 'anonymousWeb' && random.chance(0.6);
  const device = life.device();
  for (let count = 1; count < visits; count++) {
    const { end } = webSession(life, { pages: 6, confidence: 800, device });
    yield* life.comeBack(end, 0.08, { medianMs: 3 * day, sigma: 1.1 });
  }
  const { end, sessionLink } = webSession(life, { pages: 7, confidence: 800, device, form: buys });
  if (!buys) return;
  const order = life.id('OR');
  const items = { identifiers: life.known(), presence: 'away' as const };
  life.say('orders', 'order', 'placed', 'web', end + random.between(second, 20 * second), {
    ...items,
    contactLinks: [sessionLink],
    issueKeys: [key('order', order, 'opened')],
    outcome: 'sold',
    amount: { minorUnits: random.between(1500, 45_000), currency: 'USD' },
  });
  life.keys.push(key('order', order));
  life.note('orders', 'order', 'paid', 'web', end + random.logNormal(2 * hour, 0.4), { identifiers: items.identifiers, issueKeys: [key('order', order)] });
  const shipped = end + random.logNormal(26 * hour, 0.4);
  const delivered = Math.max(shipped + random.logNormal(45 * hour, 0.5), shipped + 6 * hour);
  life.note('orders', 'order', 'shipped', 'web', shipped, { identifiers: items.identifiers, issueKeys: [key('order', order)] });
  if (random.chance(0.25)) {
    // Where is my parcel?
    const asks = life.whenOpen(shipped + Math.round((delivered - shipped) * random.next()));
    if (asks < delivered - 3 * hour) {
      life.newBlock();
      life.topic = { family: 'delivery', intent: 'where is my parcel' };
      yield* life.waitUntil(asks);
      if (random.chance(0.4)) {
        const visited = webSession(life, { pages: 2, confidence: 700, device });
        yield* life.comeBack(visited.end, 0.95);
      }
      yield* reachByPhone(life, { queue: 'general', outcome: 'unresolved' });
    }
  }
  yield* life.waitUntil(Math.max(delivered, life.now + 10 * minute));
  life.note('orders', 'order', 'delivered', 'web', life.now, { identifiers: items.identifiers, issueKeys: [key('order', order, 'closed')] });
}

/** The parcel is not what it should be: asked on the web or by telephone, sent back, refunded. A matter of its own. */
export function* returning(life: Life): Script {
  const { random } = life;
  if (random.chance(0.5)) {
    const { end } = webSession(life, { pages: 3, confidence: 800 });
    yield* life.comeBack(end, 0.6);
  }
  yield* life.waitForOpening();
  const claim = life.id('RM');
  const asked = yield* reachByPhone(life, { queue: 'general', outcome: 'unresolved', opens: key('claim', claim, 'opened') });
  life.note('orders', 'order', 'returnRequested', 'web', asked.end + random.logNormal(20 * minute, 0.5), {
    identifiers: life.known(),
    issueKeys: [key('claim', claim)],
  });
  const refunded = asked.end + random.logNormal(6 * day, 0.4);
  if (random.chance(0.25)) {
    const asks = life.whenOpen(asked.end + random.logNormal(3 * day, 0.4));
    if (asks < refunded - 3 * hour) {
      life.newBlock();
      yield* life.waitUntil(asks);
      yield* reachByPhone(life, { queue: 'general', outcome: 'unresolved' });
    }
  }
  yield* life.waitUntil(Math.max(refunded, life.now + 10 * minute));
  life.note('orders', 'order', 'refunded', 'web', life.now, { identifiers: life.known(), issueKeys: [key('claim', claim, 'closed')], outcome: 'resolved' });
}
