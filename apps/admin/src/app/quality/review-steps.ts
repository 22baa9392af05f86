import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { texts } from '../../texts';
import { Card } from '../ui/card';
import { formatClock, formatMoment, formatSpan } from '../ui/format';
import { Ink } from '../ui/ink';
import { Level } from '../ui/level';
import type { Review } from './quality-api';

type Step = Review['steps'][number];

/** What the customer went through, step by step, with what was said where the reader may read it. */
@Component({
  selector: 'tl-review-steps',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Card, Ink, Level, RouterLink],
  template: `
    <tl-card [heading]="text.happened" [sub]="text.happenedSub">
      <tl-ink controls of="recorded" />
      <ol>
        @for (step of review().steps; track step.eventId) {
          <li>
            <tl-level of="transaction" [quiet]="true" />
            <div>
              <p>
                <strong>{{ text.system[step.system] ?? step.system }}</strong> {{ detailOf(step) }}
              </p>
              <p class="tl-small">{{ when(step) }}</p>
              @if (step.lines.length > 0) {
                <details>
                  <summary>{{ text.lines(step.lines.length) }}</summary>
                  @for (line of step.lines; track $index) {
                    <p [class.customer]="line.by === 'customer'">
                      <span class="tl-small">{{ text.speaker[line.by] }} {{ clock(line.at) }}</span
                      ><br />{{ line.text }}
                    </p>
                  }
                </details>
              }
            </div>
          </li>
        }
      </ol>
      <p foot class="tl-foot">
        <a class="tl-link" [routerLink]="['/customers', review().customerId]" [queryParams]="{ focus: 'eng_' + review().anchor }">{{ text.timeline }}</a>
      </p>
    </tl-card>
  `,
  styles: `
    ol {
      list-style: none;
      margin: 0;
      padding: 0;
      display: grid;
      gap: 12px;
    }

    li {
      display: flex;
      gap: 8px;
    }

    details p {
      padding: 4px 0 4px 12px;
      border-left: 2px solid var(--tl-line);
    }

    details .customer {
      border-color: var(--tl-voice);
    }
  `,
})
export class ReviewSteps {
  readonly review = input.required<Review>();
  protected readonly text = texts.quality;

  protected detailOf({ agent, live, visit }: Step): string {
    const name = agent === null ? null : (this.review().agents.find(({ id }) => id === agent)?.name ?? agent);
    return [name === null ? '' : this.text.with(name), visit === null ? '' : this.text.visits[visit], live ? '' : this.text.away]
      .filter((part) => part !== '')
      .join(', ');
  }

  protected when({ startAt, endAt }: Step): string {
    return endAt > startAt ? `${formatMoment(startAt)}, ${formatSpan(endAt - startAt)}` : formatMoment(startAt);
  }

  protected clock(at: number): string {
    return formatClock(at);
  }
}
