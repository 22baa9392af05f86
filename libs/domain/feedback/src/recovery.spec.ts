import fc from 'fast-check';
import { advanceCase, caseClock, caseSteps, foldCase, openCase, recoveryRate, type CaseStep, type CaseStepKind } from './recovery-case';
import { recoveryNeed } from './recovery-need';
import { day, hour, noon, settings } from './test-engagements';

const step = (kind: CaseStepKind, at = noon + hour, more: Partial<CaseStep> = {}): CaseStep => ({
  kind,
  at,
  by: 'ana',
  ...(kind === 'assigned' && { owner: 'bo' }),
  ...more,
});
const stateAfter = (...kinds: CaseStepKind[]): string =>
  foldCase(
    noon,
    kinds.map((kind, index) => step(kind, noon + index * hour)),
  ).state;

describe('a low rating', () => {
  const content = { csat: 5, nps: 9, solved: 1 as const, callBack: false, touches: [{ empathy: 5 }] };

  it('needs a person, and says by what', () => {
    expect(recoveryNeed(content, settings.recovery)).toEqual([]);
    expect(recoveryNeed({ ...content, csat: 2 }, settings.recovery)).toEqual(['lowCsat']);
    expect(recoveryNeed({ ...content, nps: 3, touches: [{ empathy: 5 }, { empathy: 1 }] }, settings.recovery)).toEqual(['lowNps', 'lowEmpathy']);
    expect(recoveryNeed({ ...content, callBack: true }, settings.recovery)).toEqual(['askedForCall']);
  });

  it('is "not solved" only where the customer does not say that it was fine', () => {
    expect(recoveryNeed({ ...content, solved: 0, csat: 4 }, settings.recovery)).toEqual([]);
    expect(recoveryNeed({ ...content, solved: 0, csat: null }, settings.recovery)).toEqual(['notSolved']);
  });

  it('is never a question that was left out', () => {
    expect(recoveryNeed({ csat: null, nps: null, solved: null, callBack: false, touches: [{ empathy: null }] }, settings.recovery)).toEqual([]);
  });
});

describe('a recovery case', () => {
  it('is won after somebody took it and spoke with the customer', () => {
    expect(stateAfter('assigned')).toBe('owned');
    expect(stateAfter('assigned', 'tried')).toBe('owned');
    expect(stateAfter('assigned', 'contacted', 'gesture')).toBe('contacted');
    expect(stateAfter('assigned', 'contacted', 'askedAgain')).toBe('askedAgain');
    expect(stateAfter('assigned', 'contacted', 'askedAgain', 'recovered')).toBe('recovered');
  });

  it('is not won without a conversation, but may be given up at any time', () => {
    const owned = foldCase(noon, [step('assigned')]);
    expect(advanceCase(owned, step('recovered'))).toEqual({ kind: 'refused', reason: 'Nobody has spoken with the customer yet.' });
    expect(advanceCase(openCase(noon), step('contacted'))).toEqual({ kind: 'refused', reason: 'Nobody has taken the case yet. Assign it first.' });
    expect(stateAfter('notRecovered')).toBe('notRecovered');
  });

  it('takes no step when it is over, until it is opened again where it was', () => {
    const over = foldCase(noon, [step('assigned'), step('contacted'), step('notRecovered')]);
    expect(advanceCase(over, step('contacted')).kind).toBe('refused');
    expect(stateAfter('assigned', 'contacted', 'notRecovered', 'reopened')).toBe('contacted');
    expect(stateAfter('notRecovered', 'reopened')).toBe('open');
    expect(advanceCase(openCase(noon), step('reopened')).kind).toBe('refused');
  });

  it('has a clock for the first conversation, then one for the end', () => {
    const limits = settings.recovery;
    const open = openCase(noon);
    expect(caseClock(open, limits, noon + day)).toEqual({ next: 'firstContact', dueAt: noon + day, late: false });
    expect(caseClock(open, limits, noon + day + 1)).toEqual({ next: 'firstContact', dueAt: noon + day, late: true });
    const spoken = foldCase(noon, [step('assigned'), step('contacted')]);
    expect(caseClock(spoken, limits, noon + 2 * day)).toEqual({ next: 'end', dueAt: noon + 5 * day, late: false });
    expect(caseClock(foldCase(noon, [step('notRecovered')]), limits, noon + 90 * day)).toEqual({ next: null, dueAt: null, late: false });
  });

  it('holds its promises after any steps: an owner before a conversation, a conversation before a win, an end only when over', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...caseSteps), { maxLength: 30 }), (kinds) => {
        const one = foldCase(
          noon,
          kinds.map((kind, index) => step(kind, noon + index)),
        );
        const over = one.state === 'recovered' || one.state === 'notRecovered';
        expect(one.endedAt !== null).toBe(over);
        if (one.firstContactAt !== null) expect(one.owner).not.toBeNull();
        if (one.state === 'recovered' || one.state === 'askedAgain' || one.state === 'contacted') expect(one.firstContactAt).not.toBeNull();
        if (one.state === 'open') expect(one.owner).toBeNull();
      }),
    );
  });

  it('counts in the rate of recovery once it is over', () => {
    const states = ['recovered', 'recovered', 'notRecovered', 'open', 'contacted', 'askedAgain'] as const;
    expect(recoveryRate(states.map((state) => ({ state })))).toEqual({ recovered: 2, of: 3 });
    expect(recoveryRate([])).toEqual({ recovered: 0, of: 0 });
  });
});
