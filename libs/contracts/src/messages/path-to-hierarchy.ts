/**
 * The consumers through which every event goes until it stands in the hierarchy, by service. What is derived from the hierarchy gives way to them.
 */
export const pathToHierarchy = { identity: 'identity--event-accepted', sessionization: 'sessionization--customer-changed' } as const;
