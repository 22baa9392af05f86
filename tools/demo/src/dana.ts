import type { Instant, SurveyAnswer } from '@throughline/contracts';
import type { Emit, SourceName } from './demo-event';
import { link, key } from './life';
import { plantedEmpathy } from './planted-fact';
import { day, hour, minute, second, startOfDay } from './local-time';
import { subject } from './person';
import { danaEmail, danaPhone } from './reserved';

type Told = Omit<Parameters<Emit>[0], 'source' | 'system' | 'type' | 'channel' | 'sourceEventId' | 'sourceSequence' | 'occurredAt' | 'revision'>;

/** What the hierarchy of Dana must be: the sixth story of the rules. */
export const danaExpected = {
  person: 'dana',
  name: 'Dana Miller',
  phone: danaPhone,
  email: danaEmail,
  customerNumber: 'C99001',
  contactTransactions: 11,
  otherTransactions: 5,
  interactions: 7,
  engagements: 1,
  reopened: 1,
} as const;

/** The first Monday of the story: the last one that lies three weeks before the period ends. */
export function danaStartsAt(until: Instant): Instant {
  const latest = startOfDay(until) - 21 * day;
  return latest - ((new Date(latest).getUTCDay() + 6) % 7) * day;
}

/**
 * Dana's internet is down. An appointment booked on the web to which nobody comes; a call; the visit. Down again a week later: the menu books a second appointment, two hours
 * later an agent opens a ticket with a technician of its own, who comes early and mends it. The next day another technician rings about the appointment of the menu. A survey.
 */
export function tellDana(until: Instant, emit: Emit): void {
  const monday = danaStartsAt(until);
  const at = (days: number, hours: number, minutes = 0, seconds = 0): Instant => monday + days * day + hours * hour + minutes * minute + seconds * second;
  const phone = subject('phone', danaPhone);
  const number = subject('customerNumber', danaExpected.customerNumber, true);
  const email = subject('email', danaEmail);
  const cookie = subject('cookie', 'ck-dana');
  const r1 = 'R1-dana';
  const r2 = 'R2-dana';
  const k3 = 'K3-dana';
  const intents = (by: 'page' | 'menu' | 'disposition', confidence: number) => [{ intent: 'internet down', family: 'fault' as const, confidence, by }];
  let told = 0;
  let block: string | null = null;
  const say = (
    source: SourceName,
    system: Parameters<Emit>[0]['system'],
    type: Parameters<Emit>[0]['type'],
    channel: Parameters<Emit>[0]['channel'],
    when: Instant,
    more: Partial<Told>,
  ): string => {
    const sourceEventId = `${source}-dana-${told}`;
    const event = {
      revision: 0,
      source,
      sourceEventId,
      sourceSequence: told++,
      occurredAt: when,
      system,
      type,
      channel,
      initiator: 'customer' as const,
      presence: 'live' as const,
      purpose: 'service' as const,
      identifiers: [],
      contactLinks: [],
      issueKeys: [],
      intents: [],
      attributes: {},
      ...more,
    };
    emit(event, { person: 'dana', interaction: block, engagements: ['dana.1/fault'] }, more.endedAt ?? when);
    return sourceEventId;
  };
  const callFrom = (start: Instant, name: string, agent: string, apologises: string, opens: boolean): void => {
    const call = { sessionKey: name, contactLinks: [link('call', 'pbx', name)] };
    say('ivr-pbx', 'ivr', 'entered', 'voice', start, { ...call, identifiers: [phone] });
    say('ivr-pbx', 'ivr', 'nodeEntered', 'voice', start + 12 * second, { ...call, intents: intents('menu', 700), attributes: { node: 'main.fault' } });
    say('ivr-pbx', 'ivr', 'left', 'voice', start + 20 * second, call);
    const acd = { ...call, queue: 'technical', initiator: 'system' as const };
    say('acd', 'acd', 'enqueued', 'voice', start + 20 * second + 200, { ...acd, identifiers: [phone] });
    say('acd', 'acd', 'dequeued', 'voice', start + 4 * minute, acd);
    const leg = { ...call, agent, queue: 'technical', site: 'raleigh' };
    say('agent-desktop', 'agent', 'connected', 'voice', start + 4 * minute + second, { ...leg, identifiers: [number, phone] });
    if (opens)
      say('crm', 'crm', 'ticketOpened', 'voice', start + 8 * minute, {
        initiator: 'agent',
        presence: 'away',
        agent,
        identifiers: [number],
        issueKeys: [key('ticket', k3, 'opened')],
      });
    const keys = opens ? [key('ticket', k3)] : [key('appointment', r1)];
    say('agent-desktop', 'agent', 'disposed', 'voice', start + 9 * minute, {
      ...leg,
      initiator: 'agent',
      intents: intents('disposition', 900),
      issueKeys: keys,
      outcome: 'unresolved',
      attributes: { style: apologises },
    });
    say('agent-desktop', 'agent', 'ended', 'voice', start + 9 * minute + 10 * second, { ...leg, ending: 'completed' });
  };
  const visit = (start: Instant, name: string, technician: string, appointment: ReturnType<typeof key>): string => {
    const leg = { sessionKey: name, agent: technician, initiator: 'agent' as const, identifiers: [number] };
    say('field', 'field', 'arrived', 'field', start, { ...leg, issueKeys: [key(appointment.kind, appointment.value)] });
    return say('field', 'field', 'completed', 'field', start + 40 * minute, {
      ...leg,
      issueKeys: [appointment],
      intents: intents('disposition', 900),
      outcome: 'resolved',
    });
  };

  // Monday: the web books R1 for Tuesday.
  block = 'dana.1.b1';
  const session = { sessionKey: 'ws-dana', clientKey: 'ck-dana' };
  say('web', 'web', 'pageViewed', 'web', at(0, 19, 2), { ...session, identifiers: [cookie], intents: intents('page', 650) });
  say('web', 'web', 'identified', 'web', at(0, 19, 4), { ...session, identifiers: [cookie, number, email] });
  say('web', 'web', 'formSent', 'web', at(0, 19, 8), {
    ...session,
    identifiers: [cookie, email, phone],
    contactLinks: [link('related', 'web', 'ws-dana')],
    intents: intents('page', 800),
  });
  say('field', 'field', 'booked', 'field', at(0, 19, 8, 5), {
    initiator: 'system',
    presence: 'away',
    identifiers: [number],
    contactLinks: [link('related', 'web', 'ws-dana')],
    issueKeys: [key('appointment', r1, 'opened')],
  });
  // Tuesday: nobody comes; Dana calls and is told Wednesday.
  block = 'dana.1.b2';
  callFrom(at(1, 18), 'call-dana-1', 'ag-technical-07', 'apologises without hearing', false);
  // Wednesday: the visit.
  block = 'dana.1.b3';
  visit(at(2, 15), 'visit-dana-1', 'tech-11', key('appointment', r1, 'closed'));
  // Monday: down again; the menu books R2 for Thursday.
  block = 'dana.1.b4';
  const menu = { sessionKey: 'call-dana-2', contactLinks: [link('call', 'pbx', 'call-dana-2')] };
  say('ivr-pbx', 'ivr', 'entered', 'voice', at(7, 13), { ...menu, identifiers: [phone] });
  say('ivr-pbx', 'ivr', 'nodeEntered', 'voice', at(7, 13, 0, 15), { ...menu, intents: intents('menu', 720), attributes: { node: 'main.fault' } });
  say('ivr-pbx', 'ivr', 'selfServed', 'voice', at(7, 13, 2), { ...menu, issueKeys: [key('appointment', r2)] });
  say('ivr-pbx', 'ivr', 'left', 'voice', at(7, 13, 2, 10), menu);
  say('field', 'field', 'booked', 'field', at(7, 13, 2, 5), {
    initiator: 'system',
    presence: 'away',
    identifiers: [number],
    contactLinks: menu.contactLinks,
    issueKeys: [key('appointment', r2, 'opened')],
  });
  // Two hours later an agent, who cannot see R2, opens K3 for Wednesday.
  block = 'dana.1.b5';
  callFrom(at(7, 15), 'call-dana-3', 'ag-technical-22', 'hears and acts', true);
  // Wednesday: the technician of K3 comes two hours early and mends it.
  block = 'dana.1.b6';
  const mended = visit(at(9, 14), 'visit-dana-2', 'tech-31', key('ticket', k3, 'closed'));
  // Thursday: another technician rings about R2.
  block = 'dana.1.b7';
  const ring = { sessionKey: 'call-dana-4', contactLinks: [link('call', 'pbx', 'call-dana-4')], agent: 'tech-11', initiator: 'agent' as const };
  say('agent-desktop', 'agent', 'connected', 'voice', at(10, 14), { ...ring, identifiers: [number, phone], issueKeys: [key('appointment', r2)] });
  say('agent-desktop', 'agent', 'ended', 'voice', at(10, 14, 2), { ...ring, issueKeys: [key('appointment', r2)], ending: 'completed' });
  say('crm', 'crm', 'ticketChanged', 'voice', at(10, 14, 3), {
    initiator: 'agent',
    presence: 'away',
    agent: 'tech-11',
    identifiers: [number],
    issueKeys: [key('appointment', r2, 'cancelled')],
  });
  // The survey of the evening is answered in the morning.
  block = null;
  const survey = { sessionKey: 'sv-dana', purpose: 'feedback' as const, identifiers: [email], about: { source: 'field' as const, sourceEventId: mended } };
  say('survey', 'survey', 'sent', 'email', at(10, 22), { ...survey, initiator: 'system', presence: 'away' });
  const answers: readonly SurveyAnswer[] = [
    { question: 'csat', value: 2, cause: 'process' },
    { question: 'nps', value: 3 },
    { question: 'effort', value: 2 },
    { question: 'solved', value: 1 },
    { question: 'empathy', value: 1, touch: { kind: 'agent', name: plantedEmpathy.scripted.agent } },
    { question: 'empathy', value: 5, touch: { kind: 'agent', name: plantedEmpathy.empathic.agent } },
  ];
  say('survey', 'survey', 'answered', 'email', at(11, 12), { ...survey, attributes: { answers } });
}
