import { computed, inject, Injectable } from '@angular/core';
import { Session } from '../shell/session';
import { SegmentStore } from './segment-store';

/** What the person may do with the segment on the screen. Provided by the page. */
@Injectable()
export class SegmentRights {
  private readonly session = inject(Session);
  private readonly store = inject(SegmentStore);
  private readonly inUse = computed(() => this.store.segment()?.retiredAt === null);

  readonly edit = computed(() => this.inUse() && this.session.can('segment.edit'));
  readonly publish = computed(() => this.inUse() && this.session.can('segment.publish'));
  readonly retire = computed(() => this.session.can('segment.publish'));
  /** Counts of the whole house, as those who write and publish see them. */
  readonly count = computed(() => this.session.can('segment.edit') || this.session.can('segment.publish'));
  readonly exportRows = computed(() => this.session.can('rows.export'));
  readonly customers = computed(() => this.session.can('customer.read'));
}
