import fc from 'fast-check';
import { inviteFor, type SurveyHistory } from './invite-for';
import { closed, day, hour, minute, noon, settings, stepOf } from './test-engagements';

const nothing: SurveyHistory = { invitations: [], foreign: [], optedOut: false, reachable: true };
const asOf = noon + minute;

it('asks once about an engagement that is over, an hour later', () => {
  expect(inviteFor(closed(), settings, nothing, asOf)).toEqual({ kind: 'invite', rule: 'afterEngagement', anchor: 'anchor', sendAt: noon + hour });
  const asked = { ...nothing, invitations: [{ rule: 'afterEngagement', anchor: 'anchor', at: noon - 300 * day }] };
  expect(inviteFor(closed(), settings, asked, asOf)).toEqual({ kind: 'no', reason: 'alreadyAsked' });
});

it('asks customers who gave up as well, and nobody whose outcome is not asked about', () => {
  expect(inviteFor(closed({ endedAs: 'abandoned' }), settings, nothing, asOf).kind).toBe('invite');
  expect(inviteFor(closed({ endedAs: 'lost' }), { ...settings, askAfter: ['resolved'] }, nothing, asOf)).toEqual({ kind: 'no', reason: 'outcomeNotAsked' });
});

it('asks neither before the end nor long after it', () => {
  expect(inviteFor(closed({ endedAt: asOf + 1 }), settings, nothing, asOf)).toEqual({ kind: 'no', reason: 'notOver' });
  expect(inviteFor(closed(), settings, nothing, noon + settings.notAfterMs).kind).toBe('invite');
  expect(inviteFor(closed(), settings, nothing, noon + settings.notAfterMs + 1)).toEqual({ kind: 'no', reason: 'tooLongAgo' });
});

it('asks nobody about an engagement in which the customer took no part', () => {
  const steps = [stepOf({ system: 'crm', channel: 'voice', live: false })];
  expect(inviteFor(closed({ steps }), settings, nothing, asOf)).toEqual({ kind: 'no', reason: 'nothingToAskAbout' });
});

it('asks nobody whom nothing reaches', () => {
  expect(inviteFor(closed(), settings, { ...nothing, reachable: false }, asOf)).toEqual({ kind: 'no', reason: 'noAddress' });
});

it('leaves a customer who does not want to be asked in peace', () => {
  expect(inviteFor(closed(), settings, { ...nothing, optedOut: true }, asOf)).toEqual({ kind: 'no', reason: 'optedOut' });
});

describe('the cap over all surveys of a customer', () => {
  const invitation = (at: number, rule = 'another') => ({ rule, anchor: `about ${at}`, at });

  it('counts invitations of every rule and of every other system alike', () => {
    const window = settings.fatigue.windowMs;
    expect(inviteFor(closed(), settings, { ...nothing, invitations: [invitation(noon - window + 2 * hour)] }, asOf)).toEqual({ kind: 'no', reason: 'fatigue' });
    expect(inviteFor(closed(), settings, { ...nothing, foreign: [noon - 3 * day] }, asOf)).toEqual({ kind: 'no', reason: 'fatigue' });
    expect(inviteFor(closed(), settings, { ...nothing, foreign: [noon - window] }, asOf).kind).toBe('invite');
  });

  it('counts one that waits for the morning', () => {
    expect(inviteFor(closed(), settings, { ...nothing, invitations: [invitation(noon + 20 * hour)] }, asOf)).toEqual({ kind: 'no', reason: 'fatigue' });
  });

  it('never lets more surveys into any window than it says, however engagements follow each other', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 200 * 24 }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 60 }),
        (hours, surveys, windowDays) => {
          const capped = { ...settings, fatigue: { surveys, windowMs: windowDays * day } };
          const invitations: { rule: string; anchor: string; at: number }[] = [];
          for (const [index, at] of hours.sort((a, b) => a - b).entries()) {
            const endedAt = noon + at * hour;
            const said = inviteFor(closed({ anchor: `a${index}`, endedAt }), capped, { ...nothing, invitations }, endedAt);
            if (said.kind === 'invite') invitations.push({ rule: said.rule, anchor: said.anchor, at: said.sendAt });
          }
          expect(invitations.length).toBeGreaterThan(0);
          for (const { at } of invitations)
            expect(invitations.filter((other) => other.at >= at && other.at < at + windowDays * day).length).toBeLessThanOrEqual(surveys);
        },
      ),
    );
  });
});

describe('the sample', () => {
  const chosen = (samplePerMille: number): string[] =>
    Array.from({ length: 4000 }, (_, index) => `0197a3c2-5a10-7cc4-8a50-${index.toString(16).padStart(12, '0')}`).filter(
      (anchor) => inviteFor(closed({ anchor }), { ...settings, samplePerMille }, nothing, asOf).kind === 'invite',
    );

  it('is the share that was asked for, within three standard deviations', () => {
    for (const perMille of [0, 50, 200, 500, 1000]) {
      const share = perMille / 1000;
      expect(Math.abs(chosen(perMille).length - 4000 * share)).toBeLessThanOrEqual(3 * Math.sqrt(4000 * share * (1 - share)));
    }
  });

  it('grows by adding: who is in a small sample is in a larger one', () => {
    const [few, more] = [chosen(100), new Set(chosen(300))];
    expect(few.every((anchor) => more.has(anchor))).toBe(true);
    expect(chosen(100)).toEqual(few);
  });
});
