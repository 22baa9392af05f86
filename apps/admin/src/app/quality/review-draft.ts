import { computed, signal } from '@angular/core';
import type { Deed, Review } from './quality-api';

export type Cause = 'people' | 'process' | 'technology';

export interface DraftFinding {
  readonly key: number;
  readonly cause: Cause;
  /** Of a people finding. */
  readonly agent: string | null;
  readonly note: string;
}

/** What a reviewer has written so far about one engagement. */
export class ReviewDraft {
  private readonly listed = signal<readonly DraftFinding[]>([]);
  private readonly marks = signal<ReadonlyMap<string, number>>(new Map());
  private last = 0;
  readonly findings = this.listed.asReadonly();
  readonly note = signal('');
  readonly touched = computed(() => this.listed().length > 0 || this.marks().size > 0 || this.note() !== '');

  /** About whom the reviewer speaks. */
  readonly agents: Review['agents'];

  constructor(readonly review: Pick<Review, 'agents' | 'findings' | 'empathy' | 'note'>) {
    this.agents = review.agents.filter(({ inScope }) => inScope);
    this.listed.set(review.findings.map(({ cause, agent, note }) => ({ key: (this.last += 1), cause, agent, note: note ?? '' })));
    this.marks.set(new Map(review.empathy.map(({ agent, value }) => [agent, value])));
    this.note.set(review.note ?? '');
  }

  /** A finding about people is about somebody: with one agent it is that one. */
  add(cause: Cause): number {
    const key = (this.last += 1);
    const agent = cause === 'people' && this.agents.length === 1 ? this.agents[0]!.id : null;
    this.listed.update((findings) => [...findings, { key, cause, agent, note: '' }]);
    return key;
  }

  change(key: number, change: Partial<Pick<DraftFinding, 'agent' | 'note'>>): void {
    this.listed.update((findings) => findings.map((finding) => (finding.key === key ? { ...finding, ...change } : finding)));
  }

  remove(key: number): void {
    this.listed.update((findings) => findings.filter((finding) => finding.key !== key));
  }

  markOf(agent: string): number | null {
    return this.marks().get(agent) ?? null;
  }

  mark(agent: string, value: number | null): void {
    this.marks.update((marks) => {
      const next = new Map(marks);
      if (value === null) next.delete(agent);
      else next.set(agent, value);
      return next;
    });
  }

  /** As the server takes it. */
  deed(): Deed {
    return {
      kind: 'finish',
      note: this.note().trim() || null,
      findings: this.listed().map(({ cause, agent, note }) => ({ cause, agent: cause === 'people' ? agent : null, eventId: null, note: note.trim() || null })),
      empathy: [...this.marks()].map(([agent, value]) => ({ agent, value })),
    };
  }
}
