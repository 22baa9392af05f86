import { inject, Injectable, signal } from '@angular/core';
import { Loaded } from '../ui/loaded';
import { SourcesApi, type KeptGroup } from './sources-api';

const atOnce = 50;

export interface ReplayProgress {
  readonly group: string;
  readonly done: number;
  readonly all: number;
  readonly replayed: number;
}

export const groupKey = ({ source, reason }: Pick<KeptGroup, 'source' | 'reason'>): string => `${reason}.${source}`;

/** What was kept aside, by cause, and the replay of a group: fifty at a time, in order, each tried once, with a stop. */
@Injectable()
export class QuarantineStore {
  private readonly api = inject(SourcesApi);
  readonly groups = new Loaded<readonly KeptGroup[]>();
  private readonly running = signal<ReplayProgress | undefined>(undefined);
  readonly progress = this.running.asReadonly();
  private stopped = false;

  load(): Promise<void> {
    return this.groups.load((abort) => this.api.groups(abort));
  }

  stop(): void {
    this.stopped = true;
  }

  /** Gives how many were let in, and how many were tried and stayed. Throws what the server says. */
  async replay(group: KeptGroup): Promise<{ readonly replayed: number; readonly left: number }> {
    this.stopped = false;
    let cursor: string | undefined;
    let done = 0;
    let replayed = 0;
    this.running.set({ group: groupKey(group), done, all: group.count, replayed });
    try {
      do {
        const { items, cursor: next } = await this.api.items(group, cursor, atOnce);
        if (items.length === 0) break;
        const answer = await this.api.replay({ ids: items.map(({ id }) => id) });
        done += answer.tried;
        replayed += answer.replayed;
        cursor = next ?? undefined;
        this.running.set({ group: groupKey(group), done, all: group.count, replayed });
      } while (cursor !== undefined && !this.stopped);
      return { replayed, left: done - replayed };
    } finally {
      this.running.set(undefined);
      await this.load();
    }
  }
}
