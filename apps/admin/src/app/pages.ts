import type { Routes } from '@angular/router';
import type { Permission } from '@throughline/contracts';
import { texts } from '../texts';

export type PageGroup = keyof typeof texts.shell.groups;

/** A page that the rail, the palette and `g` + letter lead to. */
export interface Page {
  readonly path: string;
  readonly group: PageGroup;
  readonly label: string;
  /** Outline of its sign in the rail, drawn on 16 by 16. */
  readonly icon: string;
  /** Second key after `g`. */
  readonly key: string;
  /** One of these permissions is enough; who has none does not see the page at all. */
  readonly needs: readonly Permission[];
  readonly load: () => Promise<Routes>;
}

const { pages: label } = texts.shell;

/** Every page of the app, in the order of the rail. A page that does not exist does not stand here. */
export const pages: readonly Page[] = [
  {
    path: 'kpi',
    group: 'understand',
    label: label.overview,
    icon: 'M2.5 13.5h11M4.5 11V8M8 11V3.5M11.5 11V6',
    key: 'k',
    needs: ['kpi.read'],
    load: () => import('./kpis/kpis.routes').then(({ routes }) => routes),
  },
  {
    path: 'customers',
    group: 'understand',
    label: label.customers,
    icon: 'M8 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM3 13.5c.5-2.7 2.5-4 5-4s4.5 1.300 5 4',
    key: 'c',
    needs: ['customer.read'],
    load: () => import('./customers/customers.routes').then(({ routes }) => routes),
  },
  {
    path: 'segments',
    group: 'understand',
    label: label.segments,
    icon: 'M6 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM10 13a4 4 0 1 0 0-8 4 4 0 0 0 0 8z',
    key: 's',
    needs: ['segment.read'],
    load: () => import('./segments/segments.routes').then(({ routes }) => routes),
  },
  {
    path: 'quality',
    group: 'people',
    label: label.quality,
    icon: 'M3.5 3.5h9v10h-9zM6 2h4v1.5H6zM5.8 8.8l1.600 1.600 2.900-3.400',
    key: 'q',
    needs: ['review.read'],
    load: () => import('./quality/quality.routes').then(({ routes }) => routes),
  },
  {
    path: 'surveys',
    group: 'act',
    label: label.surveys,
    icon: 'M2.5 3h11v7.5h-6l-3 2.5v-2.5h-2zM5 5.8h6M5 8h3.5',
    key: 'v',
    needs: ['survey.read'],
    load: () => import('./surveys/surveys.routes').then(({ routes }) => routes),
  },
  {
    path: 'coaching',
    group: 'people',
    label: label.coaching,
    icon: 'm2.5 12 3.5-4 2.5 2.5L13.5 4.5M10 4.5h3.5V8',
    key: 'p',
    needs: ['coaching.read'],
    load: () => import('./coaching/coaching.routes').then(({ routes }) => routes),
  },
  {
    path: 'maturity',
    group: 'company',
    label: label.maturity,
    icon: 'M2 13.5h3v-3.5h3.5V6.5H12V3h2',
    key: 'm',
    needs: ['maturity.read'],
    load: () => import('./maturity/maturity.routes').then(({ routes }) => routes),
  },
  {
    path: 'sources',
    group: 'data',
    label: label.sources,
    icon: 'M2.5 4h3.5l3 4H14M2.5 12H6l3-4M2.5 8H9M11.5 5.5 14 8l-2.5 2.5',
    key: 'i',
    needs: ['source.read'],
    load: () => import('./sources/sources.routes').then(({ routes }) => routes),
  },
  {
    path: 'admin',
    group: 'company',
    label: label.administration,
    icon: 'M8 2l5 1.8v3.700c0 3-2 5.200-5 6.5-3-1.300-5-3.5-5-6.5V3.8z',
    key: 'a',
    needs: ['user.edit', 'key.edit', 'audit.read'],
    load: () => import('./administration/administration.routes').then(({ routes }) => routes),
  },
];
