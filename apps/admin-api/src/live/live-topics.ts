import type { Permission } from '@throughline/contracts';

/** What an open page may listen to, and the permission it takes. A topic is its name here, with `:<id>` where it is about one thing. */
export const liveTopics = {
  /** `journey:<customerId>`: the hierarchy or the scores of this customer changed. */
  journey: 'customer.read',
  /** Some customer's scores changed: numbers may have moved. Told once a second at most. */
  scores: 'kpi.read',
} as const satisfies Record<string, Permission>;

export const permissionOf = (topic: string): Permission | undefined => (liveTopics as Readonly<Record<string, Permission>>)[topic.split(':')[0]!];
