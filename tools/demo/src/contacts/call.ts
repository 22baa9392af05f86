import type { Instant, IssueKey, Outcome } from '@throughline/contracts';
import { deskPlace } from '../coached-desk';
import { siteOfAgent } from '../directory';
import { link, type Life, type Script, type Want } from '../life';
import { minute, second } from '../local-time';
import { subject } from '../person';
import { plantedEmpathy } from '../planted-fact';
import { rateCoachedDesk } from './rate-coached-desk';
import { empathyAnswer, rated } from './rating';
import { walkMenu } from './voice-menu';

export interface CallPlan {
  /** Opened by the agent in the talk. */
  readonly opens?: IssueKey;
  readonly outcome: Outcome;
  /** A second matter that comes up in the talk; the name of its issue. */
  readonly second?: { readonly want: Want; readonly issue: string };
  /** The company calls: no menu and no queue. */
  readonly outbound?: boolean;
  readonly queue: string;
}

export interface CallResult {
  readonly end: Instant;
  readonly failed: 'abandoned' | 'technical' | null;
  /** The agent's last event, where there was an agent. */
  readonly agentEvent: string | null;
  readonly agent: string | null;
}

const agentsPerQueue = 40;
function agentOf(life: Life, queue: string): string {
  const usual = `ag-${queue}-${String(deskPlace(queue, life.random.below(agentsPerQueue))).padStart(2, '0')}`;
  // Two of the technical desk take more calls than the others: of them enough is heard to tell them apart.
  return queue === 'technical' && life.side.chance(0.12) ? (life.side.chance(0.5) ? plantedEmpathy.empathic.agent : plantedEmpathy.scripted.agent) : usual;
}

/** One call, whole: menu, queue, talk, after-call work, and the agent's note. */
function call(life: Life, plan: CallPlan, fate: 'talk' | 'abandoned' | 'technical' | 'callback'): CallResult & { readonly callId: string } {
  const { random, person } = life;
  const callId = life.id('call');
  const links = [link('call', 'pbx', callId)];
  const caller = life.callerId(life.now);
  const shows = person.number !== null && random.chance(person.identifiesInCall);
  const saysNumber = shows && (person.sharesPhone || person.phones.length === 0 || random.chance(0.25));
  let at = life.now;
  if (!plan.outbound) {
    const ivr = { sessionKey: callId, contactLinks: links };
    const entered = at;
    const menuEvent = life.say('ivr-pbx', 'ivr', 'entered', 'voice', at, { ...ivr, identifiers: caller });
    at += random.between(5 * second, 14 * second);
    if (saysNumber) {
      const identifiers = [subject('customerNumber', person.number as string, true), ...caller.filter(({ value }) => value !== 'anonymous')];
      life.say('ivr-pbx', 'ivr', 'said', 'voice', at, { ...ivr, identifiers });
      at += random.between(3 * second, 9 * second);
    }
    if (random.chance(0.12)) {
      life.say('ivr-pbx', 'ivr', 'invalidInput', 'voice', at, ivr);
      at += random.between(4 * second, 12 * second);
    }
    if (random.chance(0.5)) {
      life.say('ivr-pbx', 'ivr', 'keyPressed', 'voice', at, { ...ivr, attributes: { node: 'main', key: String(1 + random.below(6)) } });
      at += random.between(400, 1_500);
    }
    const lacksIt = !random.chance(0.85);
    const { left, reason } = walkMenu(life, at, { lacksIt, dwellMs: random.between(4 * second, 25 * second), session: ivr, inMenuMs: at - entered });
    life.plantOptOut('ivr-pbx', menuEvent, reason);
    at = left;
    life.say('ivr-pbx', 'ivr', 'left', 'voice', at, ivr);
    at += random.between(40, 400);
    const acd = { sessionKey: callId, queue: plan.queue, contactLinks: links, initiator: 'system' as const };
    life.say('acd', 'acd', 'enqueued', 'voice', at, { ...acd, identifiers: caller });
    const wait = Math.min(random.logNormal(70 * second, 0.9), 25 * minute);
    life.hardship += wait / (8 * minute);
    if (fate === 'abandoned') {
      life.hardship += 1;
      at += Math.max(wait, 15 * second);
      life.say('acd', 'acd', 'abandoned', 'voice', at, { ...acd, initiator: 'customer', ending: 'abandoned' });
      return { end: at, failed: 'abandoned', agentEvent: null, agent: null, callId };
    }
    if (fate === 'callback') {
      at += Math.max(wait, 30 * second);
      life.say('acd', 'acd', 'callbackAccepted', 'voice', at, {
        ...acd,
        initiator: 'customer',
        issueKeys: [{ kind: 'callback', namespace: 'pbx', value: callId }],
      });
      return { end: at, failed: null, agentEvent: null, agent: null, callId };
    }
    if (random.chance(0.5)) life.say('acd', 'acd', 'routed', 'voice', at + Math.round(wait * 0.6), acd);
    at += wait;
    life.say('acd', 'acd', 'dequeued', 'voice', at, acd);
    at += random.between(50, 900);
  }
  const talked = talk(life, plan, at, callId, links, shows, fate === 'technical', false);
  return { ...talked, callId };
}

function talk(
  life: Life,
  plan: CallPlan,
  start: Instant,
  callId: string,
  links: readonly ReturnType<typeof link>[],
  shows: boolean,
  breaks: boolean,
  isCallback: boolean,
): CallResult {
  const { random, person } = life;
  const { queue } = plan;
  let at = start;
  let agent = agentOf(life, queue);
  const knows = shows || person.number === null;
  const caller = life.callerId(at).filter(({ value }) => value !== 'anonymous');
  const asked = person.number === null && person.emails[0] !== undefined && random.chance(person.identifiesInCall) ? [subject('email', person.emails[0])] : [];
  const who = shows ? [subject('customerNumber', person.number as string, true), ...caller, ...life.actingFor()] : [...asked, ...caller];
  const started = isCallback ? { startedBy: 'callback' as const } : {};
  const leg = (name: string) => ({ sessionKey: callId, contactLinks: links, agent: name, site: siteOfAgent(name), queue, ...started });
  life.met.push(agent);
  life.say('agent-desktop', 'agent', 'connected', 'voice', at, {
    ...leg(agent),
    identifiers: who,
    initiator: plan.outbound || isCallback ? 'agent' : 'customer',
  });
  if (random.chance(0.03)) {
    const supervisor = `sup-${queue}-${random.below(4)}`;
    life.say('agent-desktop', 'agent', 'monitored', 'voice', at + random.between(20 * second, 60 * second), {
      ...leg(supervisor),
      initiator: 'agent',
      presence: 'observer',
    });
  }
  if (breaks) {
    life.hardship += 1;
    at += random.logNormal(70 * second, 0.6);
    const agentEvent = life.say('agent-desktop', 'agent', 'ended', 'voice', at, { ...leg(agent), initiator: 'system', ending: 'technical' });
    return { end: at, failed: 'technical', agentEvent, agent };
  }
  if (!plan.outbound && random.chance(0.13)) {
    at += random.logNormal(110 * second, 0.5);
    life.say('agent-desktop', 'agent', 'transferred', 'voice', at, { ...leg(agent), initiator: 'agent', ending: 'transferred' });
    const next = queue === 'expert' ? 'general' : 'expert';
    const acd = { sessionKey: callId, queue: next, contactLinks: links, initiator: 'system' as const };
    at += random.between(100, 900);
    life.say('acd', 'acd', 'enqueued', 'voice', at, acd);
    at += Math.min(random.logNormal(60 * second, 0.8), 15 * minute);
    life.say('acd', 'acd', 'dequeued', 'voice', at, acd);
    at += random.between(50, 900);
    agent = agentOf(life, next);
    life.hardship += 0.6;
    life.met.push(agent);
    life.say('agent-desktop', 'agent', 'connected', 'voice', at, { ...leg(agent), queue: next, identifiers: who, initiator: 'agent' });
  }
  const length = Math.min(random.logNormal(5 * minute, 0.6), 50 * minute);
  const end = at + Math.max(length, 40 * second);
  if (random.chance(0.3)) {
    const held = at + Math.round((end - at) * 0.4);
    life.say('agent-desktop', 'agent', 'held', 'voice', held, { ...leg(agent), initiator: 'agent' });
    life.say('agent-desktop', 'agent', 'resumed', 'voice', held + Math.round((end - at) * 0.15), { ...leg(agent), initiator: 'agent' });
  }
  if (random.chance(0.025)) {
    const joined = at + Math.round((end - at) * 0.6);
    const colleague = agentOf(life, queue === 'expert' ? 'general' : 'expert');
    life.say('agent-desktop', 'agent', 'conferenced', 'voice', joined, { ...leg(agent), initiator: 'agent' });
    if (colleague !== agent) {
      life.say('agent-desktop', 'agent', 'connected', 'voice', joined + 2 * second, { ...leg(colleague), initiator: 'agent' });
      life.say('agent-desktop', 'agent', 'ended', 'voice', end, { ...leg(colleague), initiator: 'agent', ending: 'completed' });
    }
  }
  const keys = plan.opens ? [...life.keys.slice(-1), { kind: plan.opens.kind, namespace: plan.opens.namespace, value: plan.opens.value }] : life.keys.slice(-1);
  if (plan.opens) {
    life.say('crm', 'crm', plan.opens.kind === 'ticket' ? 'ticketOpened' : 'ticketChanged', 'voice', end - Math.min(30 * second, Math.round((end - at) / 3)), {
      initiator: 'agent',
      presence: 'away',
      agent,
      identifiers: knows ? life.known() : caller,
      contactLinks: knows ? [] : links,
      issueKeys: [plan.opens, ...life.keys.slice(-1)],
      intents: life.intent('person', 900),
    });
    life.keys.push({ kind: plan.opens.kind, namespace: plan.opens.namespace, value: plan.opens.value });
  }
  if (plan.outcome === 'resolved') life.settle();
  const disposed = { initiator: 'agent' as const, intents: life.intent('disposition', random.between(820, 980)), outcome: plan.outcome };
  if (plan.second) {
    life.say('agent-desktop', 'agent', 'disposed', 'voice', at + Math.round((end - at) * 0.7), { ...leg(agent), ...disposed, issueKeys: keys });
    life.say('agent-desktop', 'agent', 'disposed', 'voice', end - second, {
      ...leg(agent),
      initiator: 'agent',
      intents: life.intent('disposition', 900, plan.second.want),
      outcome: 'resolved',
    });
  } else if (random.chance(0.93)) {
    // Some agents go to the next call without writing down what this one was.
    life.say('agent-desktop', 'agent', 'disposed', 'voice', end - random.between(200, 900), { ...leg(agent), ...disposed, issueKeys: keys });
  }
  const agentEvent = life.say('agent-desktop', 'agent', 'ended', 'voice', end, {
    ...leg(agent),
    initiator: random.chance(0.6) ? 'customer' : 'agent',
    ending: 'completed',
  });
  rateCoachedDesk(life, { queue, agent, end, callId, agentEvent, links });
  // Who stays on the line is asked by a machine how it was: feedback within the same call.
  const isAsked = random.chance(0.04);
  if (isAsked || (queue === 'technical' && life.side.chance(0.15))) {
    const asked = end + random.between(3 * second, 25 * second);
    const leg = {
      purpose: 'feedback' as const,
      sessionKey: `${callId}-rating`,
      contactLinks: links,
      about: { source: 'agent-desktop' as const, sourceEventId: agentEvent },
    };
    life.say('survey', 'survey', 'sent', 'voice', asked, { ...leg, initiator: 'system', presence: 'away', identifiers: who });
    if (random.chance(0.6))
      life.say('survey', 'survey', 'answered', 'voice', asked + random.between(5 * second, 40 * second), {
        ...leg,
        attributes: { answers: [{ question: 'csat', value: rated(life, 1 + random.below(5)) }, empathyAnswer(life, agent)] },
      });
  }
  const wrapUp = random.logNormal(50 * second, 0.5);
  life.say('agent-desktop', 'agent', 'wrappedUp', 'voice', end, { ...leg(agent), initiator: 'agent', presence: 'away', endedAt: end + wrapUp });
  if (knows && random.chance(0.45))
    life.say('crm', 'crm', 'noteWritten', 'voice', end + random.logNormal(110 * second, 0.7), {
      initiator: 'agent',
      presence: 'away',
      agent,
      identifiers: life.known(),
      textRef: life.id('text'),
    });
  return { end, failed: null, agentEvent, agent };
}

/**
 * The customer calls until somebody helps: calls break off, are given up in the queue and tried again, or turn into callbacks, which come within minutes while the customer
 * waits by the telephone, or hours later.
 */
export function* reachByPhone(life: Life, plan: CallPlan): Script<CallResult> {
  const { random } = life;
  for (let attempt = 0; attempt < 3; attempt++) {
    yield* life.waitForOpening();
    if (plan.second) life.alsoServes(plan.second.issue);
    const u = random.next();
    if (u < 0.07 && !plan.outbound && !plan.second) {
      const { end } = call(life, plan, 'abandoned');
      yield* life.comeBack(end, 0.7);
    } else if (u < 0.1 && !plan.second) {
      const { end } = call(life, plan, 'technical');
      yield* life.comeBack(end, 0.85);
    } else if (u < 0.15 && !plan.outbound && !plan.second) {
      const asked = call(life, plan, 'callback');
      if (random.chance(0.6)) {
        yield* life.waitUntil(asked.end + random.logNormal(8 * minute, 0.45));
      } else {
        life.newBlock();
        yield* life.waitUntil(life.whenOpen(asked.end + random.logNormal(180 * minute, 0.5)));
      }
      return talk(
        life,
        plan,
        life.now,
        asked.callId,
        [link('call', 'pbx', asked.callId)],
        life.person.number !== null && random.chance(life.person.identifiesInCall),
        false,
        true,
      );
    } else return call(life, plan, 'talk');
  }
  return call(life, plan, 'talk');
}
