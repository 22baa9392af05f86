import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { texts } from '../../texts';
import { Session } from '../shell/session';
import { UrlState } from '../shell/url-state';
import { PageHead } from '../ui/page-head';
import { LivePart } from './live-part';
import { OverviewPart } from './overview-part';
import { QuarantinePart } from './quarantine-part';
import { SourcesApi } from './sources-api';

const parts = ['overview', 'live', 'quarantine'] as const;
const needs = { overview: 'source.read', live: 'event.read', quarantine: 'quarantine.read' } as const;

/** Is everything arriving, complete, on time? What is broken, exactly, and how is it run again? */
@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [LivePart, OverviewPart, PageHead, QuarantinePart],
  providers: [SourcesApi],
  template: `
    <tl-page-head [heading]="text.title">
      <span sub>{{ text.question }}</span>
      <div class="tl-parts" role="group" [attr.aria-label]="text.partsLabel">
        @for (name of open(); track name) {
          <button class="tl-button" type="button" [attr.aria-pressed]="name === part()" (click)="part.set(name)">{{ text.parts[name] }}</button>
        }
      </div>
    </tl-page-head>
    <div class="tl-page">
      @switch (part()) {
        @case ('overview') {
          <tl-sources-overview />
        }
        @case ('live') {
          <tl-live-events />
        }
        @case ('quarantine') {
          <tl-quarantine />
        }
      }
    </div>
  `,
})
export class SourcesPage {
  private readonly session = inject(Session);
  protected readonly text = texts.sources;
  private readonly asked = inject(UrlState).choice('part', parts, 'overview');
  protected readonly open = computed(() => parts.filter((name) => this.session.can(needs[name])));
  protected readonly part = Object.assign(
    computed(() => (this.open().includes(this.asked()) ? this.asked() : 'overview')),
    { set: this.asked.set },
  );
}
