import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { texts } from '../../texts';
import { Session } from '../shell/session';
import { UrlState } from '../shell/url-state';
import { PageHead } from '../ui/page-head';
import { CoachingApi } from './coaching-api';
import { OpportunitiesPart } from './opportunities-part';
import { PlansPart } from './plans-part';

const parts = ['opportunities', 'plans'] as const;

/** Who needs which skill, and the plans. The coached agent sees their own plans alone. */
@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [OpportunitiesPart, PageHead, PlansPart],
  providers: [CoachingApi],
  template: `
    <tl-page-head [heading]="text.title">
      <span sub>{{ text.question }}</span>
      @if (!own) {
        <div class="tl-parts" role="group" [attr.aria-label]="text.partsLabel">
          @for (name of parts; track name) {
            <button class="tl-button" type="button" [attr.aria-pressed]="name === part()" (click)="part.set(name)">{{ text.parts[name] }}</button>
          }
        </div>
      }
    </tl-page-head>
    <div class="tl-page">
      @if (own || part() === 'plans') {
        <tl-coaching-plans [own]="own" />
      } @else {
        <tl-opportunities />
      }
    </div>
  `,
})
export class CoachingPage {
  private readonly session = inject(Session);
  protected readonly text = texts.coaching;
  protected readonly parts = parts;
  protected readonly part = inject(UrlState).choice('part', parts, 'opportunities');
  protected readonly own = this.session.can('coaching.do') && !this.session.can('coaching.edit');
}
