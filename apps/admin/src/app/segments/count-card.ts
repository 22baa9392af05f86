import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { allNodes, nodeWords } from '@throughline/domain-segments';
import { texts } from '../../texts';
import { Card } from '../ui/card';
import { formatNumber, formatShare } from '../ui/format';
import { State } from '../ui/state';
import { LiveCount } from './live-count';
import { SegmentStore } from './segment-store';

/** How many the rule on the screen would hold: about, then exactly; and which rule leaves nobody. */
@Component({
  selector: 'tl-count-card',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Card, State],
  template: `
    <tl-card [heading]="text.title" [sub]="text.sub">
      <div class="figure" [class.busy]="live.busy() || live.incomplete()" aria-live="polite" [attr.aria-busy]="live.busy()">
        @if (live.everybody()) {
          <p class="tl-mute">{{ words.sentence.everybody }}</p>
        } @else if (live.count(); as count) {
          <p class="value">
            @if (!count.isExact) {
              <span aria-hidden="true">≈ </span>
            }
            {{ number(count.size) }}
            @if (!count.isExact) {
              <span class="side">{{ half() }}</span>
            }
          </p>
          <p class="tl-small">{{ text.share(share(), number(count.of)) }}</p>
          <p class="tl-small">
            {{ count.isExact ? text.exact : text.about(number(count.low), number(count.high)) + ', ' + text.estimated(number(count.sample)) }}
          </p>
          @if (segment()?.version; as version) {
            <p class="tl-small">{{ text.now(number(segment()!.size), version) }}</p>
          }
        } @else if (live.problem(); as problem) {
          <tl-state state="error" [sentence]="text.failed" [detail]="problem.detail ?? problem.title" (acted)="live.again()" />
        } @else if (!live.incomplete()) {
          <p class="value tl-mute">{{ text.counting }}</p>
        }
        @if (live.incomplete()) {
          <p class="tl-small">{{ text.incomplete }}</p>
        }
        @if (live.waiting(); as seconds) {
          <p class="tl-small">{{ text.waiting(seconds) }}</p>
        }
      </div>
      @if (emptied().length > 0) {
        <p class="tl-small">{{ text.emptied }}</p>
        <ul>
          @for (rule of emptied(); track rule.id) {
            <li>
              <button class="tl-link" type="button" (click)="store.choose(rule.id)">{{ rule.words }}</button>
            </li>
          }
        </ul>
      }
    </tl-card>
  `,
  styles: `
    .figure {
      display: grid;
      gap: 2px;
      margin-top: 8px;
      min-height: 92px;
      align-content: start;
    }

    .figure.busy .value {
      opacity: 0.55;
    }

    .value {
      font-size: 28px;
      font-weight: 600;
      line-height: 1.2;
      letter-spacing: -0.02em;
    }

    .side {
      font-size: 13px;
      font-weight: 400;
      color: var(--tl-mute);
      letter-spacing: 0;
    }

    ul {
      display: grid;
      gap: 4px;
      margin-top: 4px;
      font-size: 13px;
    }
  `,
})
export class CountCard {
  protected readonly live = inject(LiveCount);
  protected readonly store = inject(SegmentStore);
  protected readonly words = texts.segments;
  protected readonly text = texts.segments.count;
  protected readonly segment = this.store.segment;
  protected readonly number = (value: number): string => formatNumber(value);
  protected readonly share = computed(() => {
    const count = this.live.count();
    return count && count.of > 0 ? formatShare(count.size / count.of, 1) : formatShare(0);
  });
  /** Half of the interval, of the size where there is one: `± 6 %`. */
  protected readonly half = computed(() => {
    const count = this.live.count();
    if (!count) return '';
    const half = (count.high - count.low) / 2;
    return count.size > 0 ? `± ${formatShare(half / count.size)}` : `± ${formatNumber(half)}`;
  });
  /** Rules that hold for nobody, where the whole does not either. */
  protected readonly emptied = computed(() => {
    const [count, rule] = [this.live.count(), this.store.rule()];
    if (!count || !rule || count.size > 0) return [];
    const none = new Set(count.leaves.filter(({ held }) => held === 0).map(({ id }) => id));
    return allNodes(rule.root).flatMap((node) => (none.has(node.id) ? [{ id: node.id, words: nodeWords(node, this.store.wording()) }] : []));
  });
}
