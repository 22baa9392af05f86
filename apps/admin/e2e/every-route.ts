import { grantsOf, roles, type Role } from '@throughline/contracts';
import { pages } from '../src/app/pages';

export interface EveryRoute {
  readonly name: string;
  readonly route: string;
  /** Who may open it. */
  readonly role: Role;
}

/** Roles that see the most of a page first. */
const inOrder: readonly Role[] = ['analyst', 'supervisor', 'steward', 'developer', 'admin', ...roles];

const roleFor = (needs: readonly string[]): Role => {
  const role = inOrder.find((one) => needs.some((permission) => permission in grantsOf[one]));
  if (!role) throw new Error(`Nobody may open a page that needs ${needs.join(' or ')}`);
  return role;
};

/** What pages behind others are about, by id, where the installation has it. */
export interface Subjects {
  /** Of somebody with a past. */
  readonly customer: string;
  readonly segment: string;
  readonly plan: string;
  /** The anchor of an engagement that waits for its reviewer. */
  readonly review: string;
}

/** Every page of the rail in each of its parts, and the pages behind them that a list leads to. */
export function everyRoute(of?: Subjects): EveryRoute[] {
  const ofTheRail = pages.map(({ path, needs }) => ({ name: path, route: `/${path}`, role: roleFor(needs) }));
  const behind: EveryRoute[] = of
    ? [
        { name: 'customer', route: `/customers/${of.customer}`, role: 'analyst' },
        { name: 'customer-to-events', route: `/customers/${of.customer}?level=event`, role: 'steward' },
        { name: 'segment', route: `/segments/${of.segment}`, role: 'analyst' },
        { name: 'segment-people', route: `/segments/${of.segment}?tab=people`, role: 'analyst' },
        { name: 'segment-versions', route: `/segments/${of.segment}?tab=versions`, role: 'analyst' },
        { name: 'coaching-plan', route: `/coaching/plans/${of.plan}`, role: 'supervisor' },
        { name: 'quality-review', route: `/quality?review=${of.review}`, role: 'qa' },
      ]
    : [];
  const administration = ['?user=new', '?part=keys', '?part=keys&key=new', '?part=audit'].map((query) => ({
    name: `admin${query}`,
    route: `/admin${query}`,
    role: 'admin' as const,
  }));
  const numbers = [
    { name: 'kpi-definition', route: '/kpi?define=fcr.true', role: 'manager' as const },
    { name: 'kpi-menus', route: '/kpi/menus?node=entry&range=365d', role: 'manager' as const },
    { name: 'kpi-rows', route: '/kpi/rows?metric=contact.repeat', role: 'manager' as const },
  ];
  const parts = [
    { name: 'quality-gap', route: '/quality?part=gap', role: 'qa' as const },
    { name: 'surveys-cases', route: '/surveys?part=cases', role: 'manager' as const },
    { name: 'surveys-settings', route: '/surveys?part=settings', role: 'analyst' as const },
    { name: 'coaching-year', route: '/coaching?days=365', role: 'supervisor' as const },
    { name: 'coaching-plans', route: '/coaching?part=plans', role: 'supervisor' as const },
    { name: 'maturity-cell', route: '/maturity?cell=operations.distinctive', role: 'manager' as const },
    { name: 'sources-live', route: '/sources?part=live', role: 'developer' as const },
    { name: 'sources-quarantine', route: '/sources?part=quarantine', role: 'developer' as const },
  ];
  const refused = [
    { name: 'denied', route: '/denied', role: 'agent' as const },
    { name: 'not-found', route: '/no-such-page', role: 'analyst' as const },
  ];
  return [...ofTheRail, ...numbers, ...parts, ...behind, ...administration, ...refused];
}
