import { computed, inject, Injectable, signal } from '@angular/core';
import { ApiProblem } from '../../api/api-problem';
import type { Segments } from '../../api/schema';
import type { StateKind } from '../ui/state';
import { SegmentsApi } from './segments-api';

/** All segments. Provided by the page. */
@Injectable()
export class SegmentsStore {
  private readonly api = inject(SegmentsApi);
  private readonly loaded = signal<Segments | undefined>(undefined);
  private readonly failed = signal<ApiProblem | undefined>(undefined);

  readonly problem = this.failed.asReadonly();
  readonly segments = computed(() => this.loaded()?.segments ?? []);
  /** Known customers. */
  readonly customers = computed(() => this.loaded()?.customers ?? 0);
  readonly state = computed<StateKind | undefined>(() => {
    const loaded = this.loaded();
    if (!loaded) return this.failed() ? 'error' : 'loading';
    return loaded.segments.length === 0 ? 'empty' : undefined;
  });

  async load(retired: boolean): Promise<void> {
    try {
      this.loaded.set(await this.api.list(retired));
      this.failed.set(undefined);
    } catch (error) {
      this.loaded.set(undefined);
      this.failed.set(ApiProblem.from(error));
    }
  }

  /** A new segment with an empty rule; gives its id. */
  create(name: string): Promise<string> {
    return this.api.create({ name, description: '', rule: { version: 1, root: { id: 'root', kind: 'group', join: 'all', of: [] } } });
  }
}
