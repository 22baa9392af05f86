import type { Rig } from '../start/rig.mjs';

export interface Login {
  readonly role: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

export interface AppRig {
  readonly rig: Rig;
  /** Where the app is. */
  readonly address: string;
  /** By role. */
  readonly people: Record<string, Login>;
}
export const dana: { readonly phone: string; readonly email: string };
export function startAppRig(root: string, options?: { size?: 'XS' | 'S' | 'M' | null; build?: boolean }): Promise<AppRig>;
