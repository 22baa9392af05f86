import { afterNextRender, ApplicationRef, ChangeDetectionStrategy, Component, computed, ElementRef, inject, Injector, input, output } from '@angular/core';
import { texts } from '../../texts';
import { ChannelIcon, hueOf } from '../ui/channel';
import { formatClock, formatDay, formatMoment, formatSpan } from '../ui/format';
import { Level } from '../ui/level';
import { EngagementLane } from './engagement-lane';
import { channelOf, rowsOf, transactionsOf, type TimelineNode, type TimelineRow } from './timeline';
import { answersOf, detailOf, percentOf, scoreOf, stateOf, titleOf, wordOf } from './node-words';

/**
 * The five levels as one tree. → opens and goes in, ← closes and goes out, ↑ ↓ Home End walk, Enter chooses, * opens the neighbours. One tab stop: the line that was walked to last.
 */
@Component({
  selector: 'tl-timeline-tree',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Level, ChannelIcon, EngagementLane],
  template: `
    <div class="tree" role="tree" [attr.aria-label]="text.tree.label">
      @for (row of rows(); track row.node.key) {
        @let node = row.node;
        <div
          role="treeitem"
          class="row {{ node.level }}"
          [class.on]="node.key === chosen()"
          [class.open]="row.open"
          [class.first]="row.place === 1"
          [attr.aria-level]="row.depth"
          [attr.aria-posinset]="row.place"
          [attr.aria-setsize]="row.of"
          [attr.aria-expanded]="row.open"
          [attr.aria-selected]="node.key === chosen()"
          [attr.data-key]="node.key"
          [tabindex]="node.key === stop() ? 0 : -1"
          (keydown)="walk($event, row)"
          (click)="press(row)"
        >
          <span class="tl-hidden">{{ names[node.level] }}</span>
          @if (node.level === 'engagement') {
            <span class="twist" aria-hidden="true">{{ row.open ? '▾' : '▸' }}</span>
            <span class="what">
              <span class="name"
                ><tl-level of="engagement" [quiet]="true" /><span>{{ title(node) }}</span></span
              >
              <span class="detail">{{ detail(node) }}</span>
            </span>
            <span class="side">
              @if (node.branch?.repeatOf) {
                <span class="tl-chip guess" [title]="text.tree.repeatDetail">{{ text.tree.repeat }}</span>
              }
              @if (state(node); as state) {
                <span class="tl-chip" [class.good]="state === 'resolved' || state === 'sold'" [class.warn]="state === 'open'" [class.bad]="state === 'lost'">{{
                  word(state)
                }}</span>
              }
              <span class="span">{{ span(node) }}</span>
            </span>
            @if (row.open && node.branch) {
              <tl-engagement-lane class="lane" [engagement]="node" [chosen]="chosen()" aria-hidden="true" />
            }
          } @else {
            <span class="time">{{ time(node) }}</span>
            <span class="twist" aria-hidden="true">{{ row.open === undefined ? '' : row.open ? '▾' : '▸' }}</span>
            <span class="sign">
              @if (node.level === 'interaction') {
                <tl-channel [of]="channel(node)" [quiet]="true" />
              } @else {
                <tl-level [of]="node.level" [quiet]="true" />
              }
            </span>
            <span class="what">
              <span class="name">{{ title(node) }}</span>
              @if (detail(node); as words) {
                <span class="detail">{{ words }}</span>
              }
              @if (!row.open && answers(node); as said) {
                @if (said.length > 0) {
                  <span class="answers">
                    @for (answer of said; track $index) {
                      <span class="tl-chip voice">{{ answer }}</span>
                    }
                  </span>
                }
              }
              @if (node.level === 'interaction' && !row.open) {
                <span class="bars" aria-hidden="true" [style.width.%]="length(node)">
                  @for (bar of bars(node); track $index) {
                    <i [style.width.%]="bar.share" [style.background]="bar.hue"></i>
                  }
                </span>
              }
            </span>
            <span class="side">
              @if (node.level === 'interaction' && node.branch.share < 1000) {
                <span class="tl-chip guess">{{ share(node.branch.share) }}</span>
              }
              @if (node.link && node.link.confidence < 1000) {
                <span class="tl-chip guess">{{ percent(node.link.confidence) }}</span>
              }
              <span class="span">{{ lasted(node) }}</span>
              @if (score(node); as score) {
                <span class="score"
                  ><span class="tl-hidden">{{ text.frustration.title }} </span>{{ score.frustration }}</span
                >
              }
            </span>
          }
        </div>
        @if (node.level === 'transaction' && row.open && node.branch.moreEvents; as more) {
          <p class="more" role="none">{{ text.tree.moreEvents(more) }}</p>
        }
      }
    </div>
  `,
  styleUrl: './timeline-tree.css',
})
export class TimelineTree {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly injector = inject(Injector);
  private readonly app = inject(ApplicationRef);
  protected readonly text = texts.customers;

  readonly nodes = input.required<readonly TimelineNode[]>();
  /** Keys of the open ones. */
  readonly open = input.required<ReadonlySet<string>>();
  /** Key of the one whose evidence is shown. */
  readonly chosen = input<string>();
  /** The line that Tab reaches. */
  readonly at = input<string>();
  readonly opened = output<{ readonly key: string; readonly open: boolean }>();
  readonly openedAll = output<readonly string[]>();
  readonly walked = output<string>();
  readonly chose = output<TimelineNode>();

  protected readonly rows = computed(() => rowsOf(this.nodes(), this.open()));
  protected readonly stop = computed(() => {
    const keys = this.rows().map(({ node }) => node.key);
    return [this.at(), this.chosen()].find((key) => key !== undefined && keys.includes(key)) ?? keys[0];
  });

  protected readonly names = texts.ui.level;
  protected readonly title = titleOf;
  protected readonly detail = detailOf;
  protected readonly state = stateOf;
  protected readonly channel = channelOf;
  protected readonly percent = percentOf;
  protected readonly answers = answersOf;
  protected readonly score = scoreOf;
  protected readonly share = (thousandths: number): string => this.text.tree.share(percentOf(thousandths));
  protected readonly word = (state: string): string => wordOf(this.text.states, state);

  /** At once where the line is there, so that the next key finds it however fast it comes; else when it is drawn. */
  focus(key: string): void {
    const reach = (): boolean => {
      const row = this.host.nativeElement.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
      row?.focus({ preventScroll: true });
      row?.scrollIntoView({ block: 'nearest' });
      return row !== null;
    };
    if (!reach()) afterNextRender(reach, { injector: this.injector });
  }

  /** `Mon 2 Mar – Thu 12 Mar`, or one day. */
  protected span({ at, endAt }: TimelineNode): string {
    const [from, to] = [formatDay(at), formatDay(endAt)];
    return from === to ? from : `${from} – ${to}`;
  }

  protected time(node: TimelineNode): string {
    if (node.level === 'interaction' || node.parent?.level === 'engagement') return formatMoment(node.at);
    return formatClock(node.at, undefined, true);
  }

  protected lasted(node: TimelineNode): string {
    return node.endAt - node.at >= 1_000 ? formatSpan(node.endAt - node.at) : '';
  }

  /** The customer's time in it, channel by channel. */
  protected bars(node: TimelineNode): readonly { readonly share: number; readonly hue: string }[] {
    const contacts = transactionsOf(node).filter(({ branch }) => branch.kind === 'contact');
    const all = contacts.reduce((sum, { at, endAt }) => sum + endAt - at, 0);
    return contacts.filter(({ at, endAt }) => endAt > at).map(({ at, endAt, branch }) => ({ share: ((endAt - at) / all) * 100, hue: hueOf(branch.channel) }));
  }

  /** Of the bars: the square root of the time, so that a visit of an hour leaves a call of a minute to be seen. */
  protected length(node: TimelineNode): number {
    const longest = Math.max(1, ...(node.parent?.children ?? []).filter(({ level }) => level === 'interaction').map(({ at, endAt }) => endAt - at));
    return Math.max(3, Math.sqrt((node.endAt - node.at) / longest) * 100);
  }

  protected press({ node, open }: TimelineRow): void {
    this.walked.emit(node.key);
    if (node.level === 'engagement' && open !== undefined) this.opened.emit({ key: node.key, open: !open });
    else if (node.key === this.chosen() && open !== undefined) this.opened.emit({ key: node.key, open: !open });
    this.chose.emit(node);
  }

  /** What a key did is drawn before the next key comes, however fast: a line that was opened is walked into at once. */
  protected walk(event: KeyboardEvent, row: TimelineRow): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const deed = this.deedOf(event.key, row);
    if (!deed) return;
    event.preventDefault();
    event.stopPropagation();
    deed();
    this.app.tick();
  }

  private deedOf(key: string, row: TimelineRow): (() => void) | undefined {
    const rows = this.rows();
    const i = rows.findIndex(({ node: other }) => other.key === row.node.key);
    const to = (target: TimelineRow | undefined): (() => void) | undefined => (target ? () => this.go(target.node) : undefined);
    const { node, open } = row;
    const turn = (wanted: boolean): void => this.opened.emit({ key: node.key, open: wanted });
    switch (key) {
      case 'ArrowDown':
      case 'j':
        return to(rows[i + 1]);
      case 'ArrowUp':
      case 'k':
        return to(rows[i - 1]);
      case 'Home':
        return to(rows[0]);
      case 'End':
        return to(rows.at(-1));
      case 'ArrowRight':
        return open === undefined ? () => undefined : open ? to(rows[i + 1]) : () => turn(true);
      case 'ArrowLeft':
        return open ? () => turn(false) : (to(rows.find((other) => other.node === node.parent)) ?? (() => undefined));
      case 'Enter':
      case ' ':
        return () => this.chose.emit(node);
      case '*':
        return () => this.openedAll.emit((node.parent?.children ?? this.nodes()).map((sibling) => sibling.key));
      default:
        return undefined;
    }
  }

  private go(node: TimelineNode): void {
    this.walked.emit(node.key);
    this.focus(node.key);
  }
}
