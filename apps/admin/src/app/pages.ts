import type { Routes } from '@angular/router';
import type { Permission } from '@throughline/contracts';
import { texts } from '../texts';

export type PageGroup = keyof typeof texts.shell.groups;

/** A page that the rail, the palette and `g` + letter lead to. */
export interface Page {
  readonly path: string;
  readonly group: PageGroup;
  readonly label: string;
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
    key: 'k',
    needs: ['kpi.read'],
    load: () => import('./kpis/kpis.routes').then(({ routes }) => routes),
  },
  {
    path: 'customers',
    group: 'understand',
    label: label.customers,
    key: 'c',
    needs: ['customer.read'],
    load: () => import('./customers/customers.routes').then(({ routes }) => routes),
  },
  {
    path: 'segments',
    group: 'understand',
    label: label.segments,
    key: 's',
    needs: ['segment.read'],
    load: () => import('./segments/segments.routes').then(({ routes }) => routes),
  },
  {
    path: 'quality',
    group: 'people',
    label: label.quality,
    key: 'q',
    needs: ['review.read'],
    load: () => import('./quality/quality.routes').then(({ routes }) => routes),
  },
  {
    path: 'surveys',
    group: 'act',
    label: label.surveys,
    key: 'v',
    needs: ['survey.read'],
    load: () => import('./surveys/surveys.routes').then(({ routes }) => routes),
  },
  {
    path: 'coaching',
    group: 'people',
    label: label.coaching,
    key: 'p',
    needs: ['coaching.read'],
    load: () => import('./coaching/coaching.routes').then(({ routes }) => routes),
  },
  {
    path: 'maturity',
    group: 'company',
    label: label.maturity,
    key: 'm',
    needs: ['maturity.read'],
    load: () => import('./maturity/maturity.routes').then(({ routes }) => routes),
  },
  {
    path: 'sources',
    group: 'data',
    label: label.sources,
    key: 'i',
    needs: ['source.read'],
    load: () => import('./sources/sources.routes').then(({ routes }) => routes),
  },
  {
    path: 'admin',
    group: 'company',
    label: label.administration,
    key: 'a',
    needs: ['user.edit', 'key.edit', 'audit.read'],
    load: () => import('./administration/administration.routes').then(({ routes }) => routes),
  },
];
