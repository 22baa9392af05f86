/** Why a value belongs to its customer: seen with another of theirs on one event or in one session, a person said so, or `alone`: it is the only one of its customer. */
export const identifierLinkRules = ['sameEvent', 'sameSession', 'person', 'alone'] as const;
export type IdentifierLinkRule = (typeof identifierLinkRules)[number];
