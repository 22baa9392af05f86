import type { Principal } from './principal';

/** Who stands as author of a fact: the person who is signed in; of what a script sends, whom it names. */
export const authorOf = (who: Principal, named: string): string => (who.kind === 'person' ? who.name : named);
