import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import type { MetricOverview } from '../../api/schema';
import { texts } from '../../texts';
import { formatClock, formatDay, formatNumber } from '../ui/format';
import { Toasts } from '../ui/toasts';
import { compares, KpiAddress, presets, type Chosen } from './kpi-address';
import { namesOfValues, type ChosenNames } from './kpi-figures';
import type { SegmentName } from './kpis-api';

const custom = 'custom';

/** Period, comparison and zone; how fresh the numbers are; a link to exactly these days. Everything it sets stands in the address. */
@Component({
  selector: 'tl-kpi-controls',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <select class="tl-select compact" [attr.aria-label]="text.range" (change)="chooseRange($any($event.target).value)">
      @for (preset of presets; track preset) {
        <option [value]="preset" [selected]="preset === address.range() && !choosing()">{{ text.ranges[preset] }}</option>
      }
      <option [value]="custom" [selected]="choosing() || isCustom()">{{ text.customRange }}</option>
    </select>
    @if (choosing() || isCustom()) {
      <form class="days" (submit)="apply($event, first.value, last.value)">
        <input #first class="tl-input date" type="date" [attr.aria-label]="text.from" [value]="days().first" required />
        <input #last class="tl-input date" type="date" [attr.aria-label]="text.until" [value]="days().last" required />
        <button class="tl-button" type="submit">{{ text.apply }}</button>
      </form>
    }
    @if (comparing()) {
      <select class="tl-select compact" [attr.aria-label]="text.compare" (change)="address.compare.set($any($event.target).value)">
        @for (choice of compares; track choice) {
          <option [value]="choice" [selected]="choice === address.compare()">{{ text.against(text.compares[choice]) }}</option>
        }
      </select>
    }
    <select class="tl-select compact zone" [attr.aria-label]="text.zone" (change)="address.zone.set($any($event.target).value)">
      @for (zone of zones(); track zone) {
        <option [value]="zone" [selected]="zone === address.zone()">{{ zone }}</option>
      }
    </select>
    @if (segments().length > 0) {
      <select class="tl-select compact segment" [attr.aria-label]="text.segment" (change)="chooseSegment($any($event.target).value)">
        <option value="" [selected]="chosen() === ''">{{ text.everyone }}</option>
        @for (segment of offered(); track segment.id) {
          <option [value]="segment.id" [selected]="segment.id === chosen()">{{ segment.name }}</option>
        }
      </select>
    }
    @if (asked()) {
      <button class="tl-button tl-wider" type="button" (click)="copyLink()">{{ text.copyLink }}</button>
      <span class="fresh" [title]="behind()"><span class="dot" aria-hidden="true" [class.late]="behind()"></span>{{ fresh() }}</span>
    }
  `,
  styles: `
    :host {
      display: flex;
      align-items: center;
      flex-wrap: wrap;
      gap: 8px;
    }

    .days {
      display: flex;
      gap: 4px;
    }

    .date {
      min-height: var(--tl-control);
      padding: 2px 6px;
      font-size: 13px;
      width: auto;
    }

    .zone,
    .segment {
      max-width: 150px;
    }

    .fresh {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      font-size: 12px;
      color: var(--tl-mute);
      white-space: nowrap;
    }

    .dot {
      width: 8px;
      height: 8px;
      border-radius: 50%;
      background: var(--tl-good);
    }

    .dot.late {
      background: none;
      border: 1.5px solid var(--tl-warn);
    }
  `,
})
export class KpiControls {
  protected readonly address = inject(KpiAddress);
  private readonly toasts = inject(Toasts);
  readonly overview = input<Pick<MetricOverview, 'asked' | 'freshness'> | undefined>();
  /** Whether what is shown can be compared with other days. */
  readonly comparing = input(true);
  /** Those in force. */
  readonly segments = input<readonly SegmentName[]>([]);

  protected readonly text = texts.kpis;
  protected readonly presets = presets;
  protected readonly compares = compares;
  protected readonly custom = custom;
  /** The person is choosing days, and has not applied them yet. */
  protected readonly choosing = signal(false);
  protected readonly asked = computed(() => this.overview()?.asked);
  protected readonly isCustom = computed(() => !(presets as readonly string[]).includes(this.address.range()));
  protected readonly days = computed(() => ({ first: this.asked()?.period.firstDay ?? '', last: this.asked()?.period.lastDay ?? '' }));
  /** What stands in the address as one text; empty for everybody. */
  protected readonly chosen = computed(
    () =>
      this.address
        .filters()
        .find(({ dimension }) => dimension === 'segment')
        ?.values.join(',') ?? '',
  );
  /** What a link has chosen may be no segment in force, or several. */
  protected readonly offered = computed(() => {
    const [chosen, segments] = [this.chosen(), this.segments()];
    if (chosen === '' || segments.some(({ id }) => id === chosen)) return segments;
    return [...segments, { id: chosen, name: namesOfValues('segment', chosen.split(','), this.asked()?.names) }];
  });
  protected readonly zones = computed(() => [...new Set([this.address.zone(), 'UTC', ...Intl.supportedValuesOf('timeZone')])]);
  protected readonly fresh = computed(() => {
    const freshness = this.overview()?.freshness;
    if (!freshness) return '';
    const zone = this.address.zone();
    const clock = formatClock(freshness.completeThrough, zone);
    const isToday = formatDay(freshness.completeThrough, zone) === formatDay(Date.now(), zone);
    return this.text.fresh(isToday ? clock : `${formatDay(freshness.completeThrough, zone)} ${clock}`);
  });
  protected readonly behind = computed(() => {
    const behind = this.overview()?.freshness.behind ?? 0;
    return behind > 0 ? this.text.behind(formatNumber(behind)) : '';
  });

  protected chooseRange(choice: string): void {
    this.choosing.set(choice === custom);
    if (choice !== custom) this.address.range.set(choice);
  }

  protected chooseSegment(id: string): void {
    if (id === '') this.address.remove('segment');
    else if (id !== this.chosen()) this.address.add('segment', id);
  }

  protected apply(event: Event, first: string, last: string): void {
    event.preventDefault();
    if (first === '' || last === '') return;
    const [from, until] = first <= last ? [first, last] : [last, first];
    this.address.range.set(`${from}..${until}`);
    this.address.until.set('');
    this.choosing.set(false);
  }

  /** The days as they are now, not "the last 28" of whoever opens it later. */
  protected async copyLink(): Promise<void> {
    const period = this.asked()?.period;
    if (!period) return;
    const link = new URL(location.href);
    link.searchParams.delete('until');
    link.searchParams.set('range', `${period.firstDay}..${period.lastDay}`);
    link.searchParams.set('zone', this.address.zone());
    await navigator.clipboard.writeText(link.href);
    this.toasts.show(this.text.linkCopied);
  }
}

/** The filters there are, each with a way to take it away. */
@Component({
  selector: 'tl-kpi-filters',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @for (filter of address.filters(); track filter.dimension) {
      <button class="tl-chip" type="button" [attr.aria-label]="text.removeFilter(words(filter))" (click)="address.remove(filter.dimension)">
        {{ words(filter) }} <span aria-hidden="true">×</span>
      </button>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }

    .tl-chip {
      min-height: 24px;
      font: 400 12px/1.5 var(--tl-font);
      color: var(--tl-act);
      background: var(--tl-act-soft);
      cursor: pointer;
    }
  `,
})
export class KpiFilters {
  protected readonly address = inject(KpiAddress);
  /** What the server calls the chosen values, as far as it has answered. */
  readonly names = input<ChosenNames | undefined>();
  protected readonly text = texts.kpis;

  protected words({ dimension, values }: Chosen): string {
    return this.text.filterOf(this.text.dimension[dimension], namesOfValues(dimension, values, this.names()));
  }
}
