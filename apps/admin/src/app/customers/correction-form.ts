import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import type { Family } from '@throughline/contracts';
import { texts } from '../../texts';
import { formatMoment } from '../ui/format';
import type { NewCorrection } from './customers-api';
import { everyNode, type TimelineNode } from './timeline';
import { titleOf, wordOf } from './node-words';

const words = texts.customers.evidence;
const offered = 50;

/** Split, join, relabel: each is done at once and can be undone. */
@Component({
  selector: 'tl-correction-form',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (splitting() || others().length > 0 || labelled()) {
      <section>
        <h3>{{ text.correct }}</h3>
        <p class="tl-small">{{ working() ? text.working : text.correctHint }}</p>
        @if (splitting(); as level) {
          <div class="tl-row">
            <button class="tl-button" type="button" [disabled]="working()" (click)="split(level)">{{ text.split }} <kbd>S</kbd></button>
            <span class="tl-small">{{ text.splitHint(levelName(level)) }}</span>
          </div>
        }
        @if (others().length > 0) {
          <form class="tl-row" (submit)="join($event, target.value)">
            <label class="tl-field">
              <span>{{ text.join }}</span>
              <select #target class="tl-select compact" name="target">
                @for (other of others(); track other.key) {
                  <option [value]="other.eventId">{{ nameOf(other) }}</option>
                }
              </select>
            </label>
            <button class="tl-button end" type="submit" [disabled]="working()">{{ text.joinSubmit }}</button>
          </form>
        }
        @if (labelled()) {
          <form class="tl-row" (submit)="relabel($event, family.value)">
            <label class="tl-field">
              <span>{{ text.relabel }}</span>
              <select #family class="tl-select compact" name="family">
                @for (choice of families; track choice.family) {
                  <option [value]="choice.family" [selected]="choice.family === labelled()">{{ choice.name }}</option>
                }
              </select>
            </label>
            <button class="tl-button end" type="submit" [disabled]="working()">{{ text.relabelSubmit }}</button>
          </form>
        }
      </section>
    }
  `,
  styles: `
    section {
      display: grid;
      gap: 12px;
      border-top: 1px solid var(--tl-line-soft);
      padding-top: 16px;
    }

    form {
      flex-wrap: nowrap;
      align-items: end;
    }

    .tl-field {
      flex: 1;
    }

    select {
      width: 100%;
    }
  `,
})
export class CorrectionForm {
  readonly node = input.required<TimelineNode>();
  readonly all = input.required<readonly TimelineNode[]>();
  readonly working = input(false);
  readonly corrected = output<NewCorrection>();

  protected readonly text = words;
  protected readonly families = (Object.keys(texts.customers.families) as Family[]).map((family) => ({ family, name: texts.customers.families[family] }));
  protected readonly splitting = computed(() => splitLevelOf(this.node()));

  /** Of the same level, so that two become one: the nearest in time first. */
  protected readonly others = computed(() => {
    const node = this.node();
    if (node.level !== 'engagement' && node.level !== 'interaction') return [];
    if (node.level === 'engagement' && !node.branch) return [];
    const alike = [...everyNode(this.all())].filter((other) => other.level === node.level && other.id !== node.id && other.id !== 'loose');
    return alike.sort((a, b) => Math.abs(a.at - node.at) - Math.abs(b.at - node.at)).slice(0, offered);
  });

  protected readonly labelled = computed(() => {
    const node = this.node();
    return node.level === 'interaction' && node.branch.kind === 'contact' ? (node.branch.family ?? 'unknown') : undefined;
  });

  protected levelName(level: 'interaction' | 'engagement'): string {
    return texts.ui.level[level].toLowerCase();
  }

  protected nameOf(node: TimelineNode): string {
    return `${titleOf(node)}, ${formatMoment(node.at)}`;
  }

  protected split(level: 'interaction' | 'engagement'): void {
    this.corrected.emit({ kind: 'cut', level, eventId: this.node().eventId });
  }

  protected join(event: Event, toEventId: string): void {
    event.preventDefault();
    const { level, eventId } = this.node();
    if (level === 'interaction' || level === 'engagement') this.corrected.emit({ kind: 'join', level, eventId, toEventId });
  }

  protected relabel(event: Event, family: string): void {
    event.preventDefault();
    const transaction = this.node().children.find(({ level }) => level === 'transaction');
    this.corrected.emit({ kind: 'relabel', eventId: transaction?.eventId ?? this.node().eventId, family: family as Family });
  }

  protected readonly word = wordOf;
}

/** The level that a split before this node cuts: an interaction leaves its engagement, a transaction its interaction. The first of its fellows has nothing before it. */
export function splitLevelOf(node: TimelineNode): 'interaction' | 'engagement' | undefined {
  const { parent } = node;
  if (!parent || parent.id === 'loose' || parent.children[0] === node) return undefined;
  if (node.level === 'interaction' && parent.level === 'engagement') return 'engagement';
  return node.level === 'transaction' && parent.level === 'interaction' ? 'interaction' : undefined;
}
