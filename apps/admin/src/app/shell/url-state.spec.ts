import { Component, inject } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { UrlState } from './url-state';

@Component({ template: '' })
class Page {
  readonly url = inject(UrlState);
  readonly range = this.url.choice('range', ['28d', '7d'], '28d');
  readonly queue = this.url.list('f.queue', ['billing']);
  readonly page = this.url.number('page', 1);
}

async function opened(address: string): Promise<{ page: Page; router: Router; settled: () => Promise<void> }> {
  TestBed.configureTestingModule({ providers: [provideRouter([{ path: '**', component: Page }])] });
  const router = TestBed.inject(Router);
  await router.navigateByUrl(address);
  const { componentInstance: page } = TestBed.createComponent(Page);
  return { page, router, settled: () => new Promise((resolve) => setTimeout(resolve, 20)) };
}

describe('what stands in the address', () => {
  it('is read with what was not said at its initial value', async () => {
    const { page } = await opened('/kpi?page=3');
    expect([page.range(), page.queue(), page.page()]).toEqual(['28d', ['billing'], 3]);
  });

  it('leaves out what equals its initial value, and says an empty choice aloud, so that a reload does not bring the default back', async () => {
    const { page, router, settled } = await opened('/kpi?page=3');
    page.queue.set([]);
    page.page.set(1);
    await settled();
    expect(router.url).toBe('/kpi?f.queue=~');
    expect(page.queue()).toEqual([]);
  });

  it('takes several changes as one step', async () => {
    const { page, router, settled } = await opened('/kpi');
    page.range.set('7d');
    page.queue.set(['a,b', 'c']);
    expect(page.range()).toBe('7d');
    await settled();
    expect(page.queue()).toEqual(['a,b', 'c']);
    expect(router.parseUrl(router.url).queryParams['range']).toBe('7d');
  });

  it('ignores a value that is none, and leaves what it does not know alone', async () => {
    const { page, router, settled } = await opened('/kpi?range=forever&other=x');
    expect(page.range()).toBe('28d');
    page.page.set(2);
    await settled();
    expect(router.parseUrl(router.url).queryParams).toMatchObject({ other: 'x', page: '2' });
  });

  it('goes with its page', async () => {
    const { page, router } = await opened('/kpi?page=3');
    await router.navigateByUrl('/customers');
    expect(page.page()).toBe(1);
  });
});
