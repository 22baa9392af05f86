import type { Routes } from '@angular/router';
import { routes } from '../src/app/app.routes';
import { everyRoute } from './every-route';

/** The addresses at which the router shows a page, those that are loaded later as well. */
async function addressesOf(table: Routes, before = ''): Promise<string[]> {
  const found = await Promise.all(
    table.map(async ({ path = '', component, loadComponent, children = [], loadChildren }) => {
      const address = path === '' ? before : `${before}/${path}`;
      const inside = [...children, ...(loadChildren ? ((await loadChildren()) as Routes) : [])];
      if (inside.length > 0) return addressesOf(inside, address);
      return component || loadComponent ? [address] : [];
    }),
  );
  return found.flat();
}

/** It stands outside the frame and is looked at by itself. */
const alone = '/sign-in';

it('every address of the router is among the pages that are looked at', async () => {
  const named = { customer: 'a-customer', segment: 'a-segment', plan: 'a-plan', review: 'a-review' };
  const looked = everyRoute(named).map(({ route }) => route.split('?')[0]!);
  const addresses = await addressesOf(routes);
  expect(addresses).toEqual(expect.arrayContaining([alone, '/segments/:id', '/coaching/plans/:id']));
  const missed = addresses.filter((address) => {
    const isIt = new RegExp(`^${address.replace('**', '[^/]+').replace(/:[^/]+/g, '[^/]+')}$`);
    return address !== alone && !looked.some((route) => isIt.test(route));
  });
  expect(missed).toEqual([]);
});
