import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { texts } from '../../texts';
import { Card } from '../ui/card';
import { formatMoment, formatNumber } from '../ui/format';
import { Ink } from '../ui/ink';
import type { Review } from './quality-api';

const words = texts.quality;

/** The customer's own word, before anything else: ratings and what was written; then what the score says of the same. */
@Component({
  selector: 'tl-customer-word',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Card, Ink],
  template: `
    <tl-card [heading]="text.said">
      <tl-ink controls of="said" />
      @if (review().said.length === 0) {
        <p class="tl-mute">{{ text.nothingSaid }}</p>
      } @else {
        <dl class="tl-facts">
          @for (line of lines(); track $index) {
            <dt>{{ line.question }}</dt>
            <dd>
              <strong>{{ line.value }}</strong> {{ line.about }}
              <span class="tl-small">{{ line.at }}</span>
            </dd>
          }
        </dl>
      }
      @for (comment of review().comments ?? []; track $index) {
        <blockquote class="tl-quote">
          {{ comment.text }}
          @if (comment.about) {
            <footer class="tl-small">{{ text.about(nameOf(comment.about)) }}</footer>
          }
        </blockquote>
      }
      @if (review().comments === null) {
        <p class="tl-small">{{ text.notShown }}</p>
      }
      <p foot class="tl-foot">
        <tl-ink of="inferred" /> <span>{{ score() }}</span>
      </p>
    </tl-card>
  `,
  styles: `
    .tl-quote {
      margin-top: 12px;
    }

    .tl-foot {
      display: flex;
      gap: 8px;
      align-items: center;
    }
  `,
})
export class CustomerWord {
  readonly review = input.required<Review>();
  protected readonly text = words;
  protected readonly lines = computed(() =>
    this.review().said.map(({ question, value, agent, system, cause, at }) => ({
      question: words.question[question as keyof typeof words.question] ?? question,
      value: question === 'solved' ? (value === 1 ? words.yes : words.no) : words.of(formatNumber(value), words.scale[question as keyof typeof words.scale]),
      about: [
        question === 'empathy' && (system ?? agent) !== null ? words.about(this.nameOf(system ?? agent!)) : '',
        cause === null ? '' : words.saidCause(words.causes[cause as keyof typeof words.causes]),
      ]
        .filter((part) => part !== '')
        .join(', '),
      at: formatMoment(at),
    })),
  );
  protected readonly score = computed(() => {
    const { frustration } = this.review();
    return frustration === null ? words.noScore : words.score(formatNumber(frustration));
  });

  protected nameOf(name: string): string {
    return words.systems[name] ?? this.review().agents.find(({ id }) => id === name)?.name ?? name;
  }
}
