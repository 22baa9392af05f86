import type { Visitor } from './visitor';

const aims = [
  { dimension: 'integration', claimed: 'distinctive', target: 'distinctive' },
  { dimension: 'insights', claimed: 'foundational', target: 'advanced' },
  { dimension: 'operations', claimed: 'advanced', target: 'advanced' },
] as const;

/** The manager says how they see themselves and what only people can know, and keeps the state of the day. */
export async function sayMaturity(manager: Visitor): Promise<void> {
  const { snapshots } = await manager.read<{ snapshots: readonly unknown[] }>('/v1/maturity/snapshots');
  if (snapshots.length > 0) return;
  for (const aim of aims) await manager.do('/v1/maturity/aims', aim);
  await manager.do('/v1/maturity/attestations', {
    criterion: 'management-use',
    holds: true,
    comment: 'True first-contact resolution is on the agenda of every month.',
  });
  await manager.do('/v1/maturity/snapshots', {});
}
