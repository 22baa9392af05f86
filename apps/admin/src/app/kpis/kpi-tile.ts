import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import { texts } from '../../texts';
import { Sparkline } from '../ui/charts/sparkline';
import { Delta } from '../ui/delta';
import { formatNumber } from '../ui/format';
import { Ink } from '../ui/ink';
import { directionOf, halfOf, shortChange, unitOf, valueText } from './kpi-figures';
import type { RowsLink } from './kpi-address';
import type { Definition, Tile } from './kpis-api';

/** One number: its value leads to the rows behind it, its name chooses what stands below. True first-time resolution shows beside it what channels count. */
@Component({
  selector: 'tl-kpi-tile',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [RouterLink, Sparkline, Delta, Ink],
  host: { '[class.on]': 'on()', '[class.hollow]': 'tile().now.isSmall', role: 'group', '[attr.aria-label]': 'definition().title' },
  template: `
    <div class="top">
      <button class="name" type="button" [attr.aria-pressed]="on()" [title]="text.choose(definition().title)" (click)="chosen.emit()">
        {{ definition().title }}
      </button>
      <button class="ink" type="button" [title]="text.define(definition().title)" (click)="defined.emit()">
        <tl-ink [of]="definition().ink" /><span class="tl-hidden">: {{ text.define(definition().title) }}</span>
      </button>
    </div>
    <div class="number">
      @if (tile().now.value === null) {
        <span class="value" aria-hidden="true">–</span><span class="side">{{ tile().now.absent }}</span>
      } @else {
        <a class="value" [routerLink]="rows().commands" [queryParams]="rows().queryParams" [title]="text.rows(definition().title)">
          {{ value() }}
          @if (unit()) {
            <span class="unit">{{ unit() }}</span>
          }
          <span class="tl-hidden">{{ spoken() }}</span>
        </a>
        @if (half(); as half) {
          <span class="side" aria-hidden="true">± {{ half }}</span>
        }
        <span class="side n">n {{ count() }}{{ tile().now.isSmall ? ', ' + text.small : '' }}</span>
      }
    </div>
    @if (naive(); as naive) {
      <div class="bars" aria-hidden="true">
        <span class="bar counted" [style.width.%]="naive.now.value ?? 0"></span>
        <span class="bar" [style.width.%]="tile().now.value ?? 0"></span>
      </div>
    } @else {
      <tl-sparkline [points]="tile().spark.points" [ink]="definition().ink" />
    }
    <div class="words">
      @if (tile().change; as change) {
        <tl-delta [is]="direction()" [words]="short()" [title]="change.words" />
      }
      @if (naive(); as naive) {
        @if (naive.now.value !== null) {
          @if (tile().change) {
            <span class="tl-mute" aria-hidden="true">·</span>
          }
          @if (naiveRows(); as link) {
            <a class="channels" [routerLink]="link.commands" [queryParams]="link.queryParams" [title]="text.rows(naiveTitle())">
              {{ text.channels(naiveValue()) }}<span class="tl-hidden">. {{ text.rows(naiveTitle()) }}</span>
            </a>
          }
        }
      }
    </div>
  `,
  styleUrl: './kpi-tile.css',
})
export class KpiTile {
  readonly definition = input.required<Definition>();
  readonly tile = input.required<Tile>();
  /** The companion of a tile: what channels count. */
  readonly naive = input<Tile | undefined>();
  readonly naiveDefinition = input<Definition | undefined>();
  readonly naiveRows = input<RowsLink | undefined>();
  readonly than = input<string | undefined>();
  readonly on = input(false);
  readonly rows = input.required<RowsLink>();
  readonly chosen = output();
  readonly defined = output();

  protected readonly text = texts.kpis.tile;
  protected readonly value = computed(() => valueText(this.definition(), this.tile().now));
  protected readonly unit = computed(() => unitOf(this.definition()));
  protected readonly count = computed(() => formatNumber(this.tile().now.n));
  protected readonly half = computed(() => {
    const { now } = this.tile();
    const half = halfOf(now);
    return half === null ? undefined : formatNumber(half, { digits: now.decimals });
  });
  protected readonly spoken = computed(() => {
    const half = this.half();
    const interval = half ? `, ${texts.ui.number.interval(half)}` : '';
    return `${interval}, n ${this.count()}. ${this.text.rows(this.definition().title)}`;
  });
  protected readonly naiveValue = computed(() => {
    const [naive, definition] = [this.naive(), this.naiveDefinition()];
    return naive && definition ? valueText(definition, naive.now) : '';
  });
  protected readonly naiveTitle = computed(() => this.naiveDefinition()?.title ?? '');
  protected readonly direction = computed(() => {
    const { change } = this.tile();
    return change ? directionOf(change) : 'none';
  });
  protected readonly short = computed(() => {
    const { change } = this.tile();
    return change ? shortChange(change, this.than()) : '';
  });
}
