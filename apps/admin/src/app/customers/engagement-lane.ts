import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { hueOf } from '../ui/channel';
import { formatDay } from '../ui/format';
import { scoreOf } from './node-words';
import { channelOf, eventsOf, type EngagementNode } from './timeline';

const [left, right, line] = [12, 548, 78];

/** One engagement at a glance: the journey's line, the thread over it, a block for each interaction in the hue of its channel, a dot where the customer answered. The tree below says it all in words. */
@Component({
  selector: 'tl-engagement-lane',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <svg viewBox="0 0 560 104">
      <path [attr.d]="'M' + left + ' ' + line + 'H' + right" stroke="var(--tl-trace)" stroke-width="2" />
      <path [attr.d]="thread()" fill="none" stroke="var(--tl-act)" stroke-width="2" />
      @for (day of days(); track $index) {
        <text [attr.x]="day.x" y="98" [attr.text-anchor]="day.anchor">{{ day.words }}</text>
      }
      @for (block of blocks(); track block.key) {
        <path [attr.d]="'M' + block.x + ' 60V' + line" stroke="var(--tl-line)" />
        @if (block.score) {
          <rect
            [attr.x]="block.x - 4.5"
            [attr.y]="40 - block.score * 0.34"
            width="9"
            [attr.height]="block.score * 0.34"
            rx="1"
            fill="var(--tl-guess-soft)"
            stroke="var(--tl-guess)"
            stroke-dasharray="3 1.5"
          />
        }
        <rect
          [attr.x]="block.x - 9"
          y="44"
          width="18"
          height="16"
          rx="3"
          fill="var(--tl-card)"
          [attr.stroke]="block.hue"
          [attr.stroke-width]="block.on ? 3 : 2"
        />
      }
      @for (answer of answers(); track $index) {
        <circle [attr.cx]="answer" cy="8" r="5" fill="var(--tl-voice)" />
      }
    </svg>
  `,
  styles: `
    :host {
      display: block;
    }

    svg {
      width: 100%;
      max-width: 760px;
    }

    text {
      font:
        11px Inter,
        system-ui,
        sans-serif;
      fill: var(--tl-mute);
    }
  `,
})
export class EngagementLane {
  readonly engagement = input.required<EngagementNode>();
  readonly chosen = input<string>();
  protected readonly left = left;
  protected readonly right = right;
  protected readonly line = line;

  private readonly scale = computed(() => {
    const { at, endAt, children } = this.engagement();
    const end = Math.max(endAt, ...children.map((child) => child.at));
    return (instant: number): number => (end === at ? (left + right) / 2 : left + 24 + ((instant - at) / (end - at)) * (right - left - 48));
  });

  protected readonly blocks = computed(() => {
    const x = this.scale();
    let last = -Infinity;
    return this.engagement()
      .children.filter(({ level }) => level === 'interaction')
      .map((node) => {
        // Close ones stand side by side: their order is what counts.
        last = Math.min(right - 12, Math.max(x(node.at), last + 21));
        return {
          key: node.key,
          x: last,
          hue: hueOf(channelOf(node)),
          score: scoreOf(node)?.frustration ?? 0,
          on: this.chosen()?.startsWith(node.key) ?? false,
        };
      });
  });

  protected readonly thread = computed(() => {
    const blocks = this.blocks();
    const [first, end] = [blocks[0]?.x, blocks.at(-1)?.x];
    if (first === undefined || end === undefined || first === end) return '';
    const third = (end - first) / 3;
    return `M${first} 44C${first + third} 26 ${end - third} 26 ${end} 44`;
  });

  protected readonly answers = computed(() => {
    const x = this.scale();
    return eventsOf(this.engagement())
      .filter(({ type }) => type === 'answered')
      .map(({ occurredAt }) => x(occurredAt));
  });

  protected readonly days = computed(() => {
    const { at, endAt } = this.engagement();
    const [from, to] = [formatDay(at).replace(/^\w+ /, ''), formatDay(endAt).replace(/^\w+ /, '')];
    if (from === to) return [{ words: from, x: (left + right) / 2, anchor: 'middle' }];
    return [
      { words: from, x: left, anchor: 'start' },
      { words: to, x: right, anchor: 'end' },
    ];
  });
}
