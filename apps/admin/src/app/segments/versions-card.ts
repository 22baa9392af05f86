import { ChangeDetectionStrategy, Component, effect, inject, output, signal, untracked } from '@angular/core';
import { ApiProblem } from '../../api/api-problem';
import { texts } from '../../texts';
import { Card } from '../ui/card';
import { formatMoment, formatNumber } from '../ui/format';
import { State } from '../ui/state';
import { SegmentRights } from './segment-rights';
import { SegmentStore } from './segment-store';
import { SegmentsApi, type Version } from './segments-api';

/** Every version with its reason and what it changed; each can be the draft again. */
@Component({
  selector: 'tl-versions-card',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Card, State],
  template: `
    <tl-card [heading]="text.title">
      @if (versions(); as versions) {
        @if (versions.length === 0) {
          <tl-state state="empty" [sentence]="text.empty" [detail]="text.emptyDetail" />
        }
        <ol>
          @for (version of versions; track version.version) {
            <li>
              <div class="tl-row">
                <h3>{{ text.version(version.version) }}</h3>
                @if (version.version === store.segment()?.version) {
                  <span class="tl-chip good">{{ text.inForce }}</span>
                }
                <span class="tl-small">{{ text.by(version.publishedBy, moment(version.publishedAt)) }}</span>
                @if (version.approvedBy; as by) {
                  <span class="tl-small">{{ text.agreed(by) }}</span>
                }
                <span class="tl-small">{{ text.size(number(version.sizeBefore), number(version.sizeAfter)) }}</span>
                @if (mayEdit() && !store.segment()?.retiredAt) {
                  <button class="tl-button tl-push" type="button" [disabled]="store.working()" (click)="restored.emit(version.version)">
                    {{ text.restore }}
                  </button>
                }
              </div>
              <p>{{ version.note }}</p>
              @for (change of version.changes; track $index) {
                <p class="tl-small">{{ change }}</p>
              } @empty {
                <p class="tl-small">{{ text.first }}: {{ version.sentence }}</p>
              }
            </li>
          }
        </ol>
      } @else {
        <tl-state [state]="problem() ? 'error' : 'loading'" [problem]="problem()" [rows]="6" (acted)="load()" />
      }
    </tl-card>
  `,
  styles: `
    ol {
      display: grid;
      gap: 16px;
      margin-top: 8px;
    }

    li {
      display: grid;
      gap: 4px;
      padding-top: 12px;
      border-top: 1px solid var(--tl-line-soft);
    }

    p {
      overflow-wrap: anywhere;
    }
  `,
})
export class VersionsCard {
  protected readonly store = inject(SegmentStore);
  private readonly api = inject(SegmentsApi);
  readonly restored = output<number>();
  protected readonly mayEdit = inject(SegmentRights).edit;

  protected readonly text = texts.segments.versions;
  protected readonly versions = signal<readonly Version[] | undefined>(undefined);
  protected readonly problem = signal<ApiProblem | undefined>(undefined);
  protected readonly moment = (at: number): string => formatMoment(at);
  protected readonly number = (value: number): string => formatNumber(value);

  constructor() {
    effect(() => {
      // Read again when a version was published.
      if (this.store.segment()?.version !== undefined) untracked(() => void this.load());
    });
  }

  protected async load(): Promise<void> {
    const id = this.store.segment()?.id;
    if (!id) return;
    try {
      this.versions.set(await this.api.versions(id));
      this.problem.set(undefined);
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    }
  }
}
