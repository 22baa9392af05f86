import { inject, Injectable, signal } from '@angular/core';
import type { Field, Thing } from '@throughline/domain-segments';
import { SegmentRights } from './segment-rights';
import { SegmentsApi } from './segments-api';
import type { Choice } from './pick';

/** Values that fields have in the data, read once a page. Provided by the page. */
@Injectable()
export class KnownValues {
  private readonly api = inject(SegmentsApi);
  private readonly rights = inject(SegmentRights);
  private readonly read = signal<ReadonlyMap<string, readonly Choice[]>>(new Map());
  private readonly asked = new Set<string>();

  /** What may be picked; asks the server where the list is not closed. */
  of(thing: Thing | 'customer', name: string, field: Field): readonly Choice[] {
    if (field.words) return field.words.map((word) => ({ key: word, label: word }));
    const key = `${thing}.${name}`;
    if (this.rights.count() && !this.asked.has(key)) {
      this.asked.add(key);
      void this.ask(thing, name, key);
    }
    return this.read().get(key) ?? [];
  }

  private async ask(thing: Thing | 'customer', name: string, key: string): Promise<void> {
    try {
      const values = await this.api.values(thing, name);
      this.read.update((read) =>
        new Map(read).set(
          key,
          values.map(({ value, count }) => ({ key: value, label: value, detail: String(count) })),
        ),
      );
    } catch {
      // Values can be typed; the next page asks again.
    }
  }
}
