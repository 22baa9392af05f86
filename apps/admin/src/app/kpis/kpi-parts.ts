import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { texts } from '../../texts';
import { KpiAddress } from './kpi-address';

const exactly = { paths: 'exact', queryParams: 'ignored', matrixParams: 'ignored', fragment: 'ignored' } as const;

/** The parts of the overview, each of the same days, zone and filters. */
@Component({
  selector: 'tl-kpi-parts',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [RouterLink, RouterLinkActive],
  template: `
    <nav class="tl-parts" [attr.aria-label]="text.partsLabel">
      @for (part of parts; track part.path) {
        <a
          class="tl-button"
          [routerLink]="part.path"
          [queryParams]="address.question()"
          routerLinkActive
          [routerLinkActiveOptions]="exactly"
          ariaCurrentWhenActive="page"
          >{{ part.words }}</a
        >
      }
    </nav>
  `,
})
export class KpiParts {
  protected readonly address = inject(KpiAddress);
  protected readonly text = texts.menus;
  protected readonly exactly = exactly;
  protected readonly parts = [
    { path: '/kpi', words: texts.menus.parts.numbers },
    { path: '/kpi/menus', words: texts.menus.parts.menus },
  ];
}
