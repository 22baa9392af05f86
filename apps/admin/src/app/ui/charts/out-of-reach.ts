import { afterNextRender, DestroyRef, Directive, ElementRef, inject } from '@angular/core';

/** A picture whose content also stands in a table: hidden from assistive technology, and nothing in it is a tab stop, whatever the chart library draws later. */
@Directive({ selector: '[tlOutOfReach]', host: { 'aria-hidden': 'true' } })
export class OutOfReach {
  constructor() {
    const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    const clear = (): void => {
      for (const stop of host.querySelectorAll('[tabindex]:not([tabindex="-1"]), a[href]')) stop.setAttribute('tabindex', '-1');
    };
    const watch = new MutationObserver(clear);
    afterNextRender(() => {
      clear();
      watch.observe(host, { subtree: true, childList: true, attributes: true, attributeFilter: ['tabindex', 'href'] });
    });
    inject(DestroyRef).onDestroy(() => watch.disconnect());
  }
}
