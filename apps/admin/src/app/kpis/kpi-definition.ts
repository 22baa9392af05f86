import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { texts } from '../../texts';
import { formatNumber } from '../ui/format';
import { Ink } from '../ui/ink';
import { KpiAddress } from './kpi-address';
import type { Definition, Tile } from './kpis-api';

/** What a number means, exactly: the same definition that the server counts by. */
@Component({
  selector: 'tl-kpi-definition',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [RouterLink, Ink],
  template: `
    <tl-ink [of]="definition().ink" />
    <p>{{ definition().formula }}</p>
    <dl>
      <dt>{{ text.numerator }}</dt>
      <dd>{{ definition().numerator }}</dd>
      <dt>{{ text.denominator }}</dt>
      <dd>{{ definition().denominator }}</dd>
      @if (definition().exclusions.length > 0) {
        <dt>{{ text.left }}</dt>
        @for (exclusion of definition().exclusions; track exclusion) {
          <dd>{{ exclusion }}</dd>
        }
      }
      <dt>{{ text.version }}</dt>
      <dd class="tl-mono">{{ definition().id }} v{{ definition().version }}</dd>
    </dl>
    <p class="tl-small">{{ text.better[definition().better] }}. {{ text.interval }}</p>
    @if (tile(); as tile) {
      <p>n {{ count(tile.now.n) }} · {{ count(tile.now.customers) }} {{ text.customers }}</p>
      @let link = address.linkToRows(definition().id);
      <a class="tl-button" [routerLink]="link.commands" [queryParams]="link.queryParams">{{ text.open }}</a>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 12px;
      justify-items: start;
      font-size: 13px;
    }

    dl {
      display: grid;
      gap: 2px;
    }

    dt {
      font-weight: 500;
      color: var(--tl-mute);
      margin-top: 8px;
    }
  `,
})
export class KpiDefinition {
  protected readonly address = inject(KpiAddress);
  readonly definition = input.required<Definition>();
  readonly tile = input<Tile | undefined>();
  protected readonly text = texts.kpis.definition;
  protected readonly count = (n: number): string => formatNumber(n);
}
