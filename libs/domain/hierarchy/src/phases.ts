import type { Instant } from '@throughline/contracts';
import type { Component } from './components';
import { compareRefs } from './event-order';
import type { ClosingState, Phase } from './hierarchy';
import { isClosed } from './runs';

type Step = { readonly at: Instant } & (
  { readonly run: number; readonly closed: boolean } | { readonly keys: number; readonly word: ClosingState | 'cancelledKey' | null }
);

/** Rules §2.6, "State": what the facts say from when on. An engagement with parts is closed while the last run of every family in it is. */
export function phasesOf(component: Component): Phase[] {
  const runs = [...component.runs.values()];
  const from = phasesFrom(component);
  // With the last runs unchanged since the seal, and nothing merged, the sealed phases still hold.
  const kept = component.sealed.length === 1 && runs.every((run) => run.sealed?.startAt === run.startAt) ? component.sealed[0]!.phases : [];
  const closed = runs.map((run) => (run.sealed && run.sealed.startAt === run.startAt ? isClosed(run.sealed) : false));
  let openKeys = component.sealed.reduce((sum, past) => sum + past.openKeys, 0);
  let keyClosed = component.sealed.some((past) => past.keyClosed);
  let word: ClosingState | null = null;
  let wordAt = -Infinity;
  for (const { closing } of component.sealed)
    if (closing && closing.at.occurredAt >= wordAt && closing.word !== 'cancelledKey') {
      word = closing.word;
      wordAt = closing.at.occurredAt;
    }
  const phases: Phase[] = [...kept];
  const note = (at: Instant): void => {
    const allClosed = runs.length > 0 ? closed.every(Boolean) : keyClosed && openKeys === 0;
    const closedAs = allClosed ? (word ?? 'cancelled') : null;
    const last = phases[phases.length - 1];
    if ((last?.closedAs ?? null) === closedAs && (last?.keyOpen ?? false) === openKeys > 0) return;
    phases.push({ from: at, closedAs, keyOpen: openKeys > 0 });
  };
  const steps = stepsOf(component);
  let next = 0;
  const applyTo = (at: Instant): void => {
    for (let step = steps[next]; step && step.at <= at; step = steps[(next += 1)]) {
      if ('run' in step) closed[step.run] = step.closed;
      else {
        openKeys += step.keys;
        if (step.word) keyClosed = true;
        if (step.word && step.word !== 'cancelledKey') word = step.word;
      }
    }
  };
  applyTo(from);
  note(from);
  while (next < steps.length) {
    const { at } = steps[next]!;
    applyTo(at);
    note(at);
  }
  return phases;
}

function phasesFrom({ runs, firstAt }: Component): Instant {
  return runs.size > 0 ? Math.max(...[...runs.values()].map((run) => run.startAt)) : firstAt;
}

/** Whether its phases begin before the seal and are not known: of several sealed components that became one each told only its own. */
export function lacksPhases(component: Component, boundaryAt: Instant): boolean {
  return component.sealed.length > 1 && phasesFrom(component) < boundaryAt;
}

/** In order of time; words of one instant in the order of their events, an event's outcome before the key it closes. */
function stepsOf(component: Component): Step[] {
  const steps: Step[] = [];
  [...component.runs.values()].forEach((run, place) => {
    for (const { at, closed } of run.steps) steps.push({ at, run: place, closed });
  });
  for (const episode of component.episodes)
    for (const { at, open, wasOpen } of episode.transitions) steps.push({ at: at.occurredAt, keys: Number(open) - Number(wasOpen), word: null });
  for (const { at, word } of component.closings.toSorted((a, b) => compareRefs(a.at, b.at))) steps.push({ at: at.occurredAt, keys: 0, word });
  return steps.sort((a, b) => a.at - b.at);
}
