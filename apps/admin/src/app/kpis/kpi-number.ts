import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { texts } from '../../texts';
import { formatNumber } from '../ui/format';
import { KpiAddress } from './kpi-address';
import { halfOf, unitOf, valueText } from './kpi-figures';
import type { Definition, Figure } from './kpis-api';

/** The choice among all numbers of the registry, of which the tiles are eight; with what the chosen one is and a way to its rows. */
@Component({
  selector: 'tl-kpi-number',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [RouterLink],
  host: { class: 'tl-row' },
  template: `
    <div class="tl-row">
      <span class="tl-small" aria-hidden="true">{{ text.label }}</span>
      <select class="tl-select compact" [attr.aria-label]="text.label" (change)="address.metric.set($any($event.target).value)">
        @for (one of definitions(); track one.id) {
          <option [value]="one.id" [selected]="one.id === definition().id">{{ one.title }}</option>
        }
      </select>
    </div>
    @if (words(); as words) {
      <span>{{ words }}</span>
    }
    <a class="tl-button" [routerLink]="rows().commands" [queryParams]="rows().queryParams">{{ text.rows }}</a>
    <button class="tl-button" type="button" (click)="address.defined.set(definition().id)">{{ text.define }}</button>
  `,
})
export class KpiNumber {
  protected readonly address = inject(KpiAddress);
  readonly definitions = input.required<readonly Definition[]>();
  readonly definition = input.required<Definition>();
  /** What it is, as far as that is known and no tile says it. */
  readonly figure = input<Figure | undefined>();
  protected readonly text = texts.kpis.number;
  protected readonly rows = computed(() => this.address.linkToRows(this.definition().id));
  protected readonly words = computed(() => {
    const [figure, definition] = [this.figure(), this.definition()];
    if (!figure) return undefined;
    if (figure.value === null) return figure.absent;
    const half = halfOf(figure);
    const interval = half === null ? undefined : formatNumber(half, { digits: figure.decimals });
    return this.text.words(valueText(definition, figure), unitOf(definition), interval, formatNumber(figure.n));
  });
}
