import { grantsOf, roles, type Role } from '@throughline/contracts';
import { pages } from '../src/app/pages';
import { dana } from '../../../tools/browser/app-rig.mjs';

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

/** Every page of the rail, and the pages behind them that a list leads to. `customerId`: of somebody with a past, where the installation has one. */
export function everyRoute(customerId: string | undefined): EveryRoute[] {
  const ofTheRail = pages.map(({ path, needs }) => ({ name: path, route: `/${path}`, role: roleFor(needs) }));
  const behind: EveryRoute[] = customerId
    ? [
        { name: 'customer', route: `/customers/${customerId}`, role: 'analyst' },
        { name: 'customer-to-events', route: `/customers/${customerId}?level=event`, role: 'steward' },
      ]
    : [];
  const administration = ['?user=new', '?part=keys', '?part=keys&key=new', '?part=audit'].map((query) => ({
    name: `admin${query}`,
    route: `/admin${query}`,
    role: 'admin' as const,
  }));
  const numbers = [
    { name: 'kpi-definition', route: '/kpi?define=fcr.true', role: 'manager' as const },
    { name: 'kpi-rows', route: '/kpi/rows?metric=contact.repeat', role: 'manager' as const },
  ];
  const parts = [
    { name: 'coaching-year', route: '/coaching?days=365', role: 'supervisor' as const },
    { name: 'coaching-plans', route: '/coaching?part=plans', role: 'supervisor' as const },
    { name: 'maturity-cell', route: '/maturity?cell=operations.distinctive', role: 'manager' as const },
    { name: 'sources-live', route: '/sources?part=live', role: 'developer' as const },
    { name: 'sources-quarantine', route: '/sources?part=quarantine', role: 'developer' as const },
  ];
  return [...ofTheRail, ...numbers, ...parts, ...behind, ...administration, { name: 'not-found', route: '/no-such-page', role: 'analyst' }];
}

/** The id of the named customer of the demo. */
export async function danaId(address: string, readToken: string): Promise<string> {
  const answer = await fetch(`${address}/v1/customers/lookup`, {
    method: 'POST',
    headers: { authorization: `Bearer ${readToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ identifier: dana.email, limit: 1 }),
  });
  const { customers } = (await answer.json()) as { customers: { customer: { id: string } }[] };
  return customers[0]!.customer.id;
}
