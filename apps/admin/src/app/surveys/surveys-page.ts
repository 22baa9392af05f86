import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { texts } from '../../texts';
import { Session } from '../shell/session';
import { UrlState } from '../shell/url-state';
import { PageHead } from '../ui/page-head';
import { CasesPart } from './cases-part';
import { ResultsPart } from './results-part';
import { SettingsPart } from './settings-part';
import { SurveysApi } from './surveys-api';

const parts = ['results', 'cases', 'settings'] as const;

/** What customers are asked, what they answer, and what is done about it. */
@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [CasesPart, PageHead, ResultsPart, SettingsPart],
  providers: [SurveysApi],
  template: `
    <tl-page-head [heading]="text.title">
      <div class="tl-parts" role="group" [attr.aria-label]="text.partsLabel">
        @for (name of parts; track name) {
          <button class="tl-button" type="button" [attr.aria-pressed]="name === part()" (click)="part.set(name)">{{ text.parts[name] }}</button>
        }
      </div>
    </tl-page-head>
    <div class="tl-page">
      @switch (part()) {
        @case ('results') {
          <tl-results-part />
        }
        @case ('cases') {
          <tl-cases-part />
        }
        @case ('settings') {
          <tl-survey-settings />
        }
      }
    </div>
  `,
})
export class SurveysPage {
  private readonly session = inject(Session);
  protected readonly text = texts.surveys;
  protected readonly parts = parts.filter((name) => name !== 'cases' || this.session.can('case.read'));
  protected readonly part = inject(UrlState).choice('part', parts, 'results');
}
