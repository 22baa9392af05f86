import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { texts } from '../../texts';
import { PageHead } from '../ui/page-head';

/** Stands where a page cannot be shown: there is none, or not for this person. */
@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [PageHead, RouterLink],
  template: `
    <tl-page-head [heading]="words().title" />
    <div class="tl-page">
      <p class="tl-mute">{{ words().detail }}</p>
      <p>
        <a routerLink="/">{{ home }}</a>
      </p>
    </div>
  `,
})
export class RefusalPage {
  /** From the route. */
  readonly kind = input.required<'denied' | 'notFound'>();
  protected readonly words = computed(() => texts.shell[this.kind()]);
  protected readonly home = texts.shell.denied.home;
}
