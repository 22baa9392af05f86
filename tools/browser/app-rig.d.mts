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
  /** What was planted in the demo, or null where there is none. */
  readonly planted: { readonly loop: object } | null;
}
export const dana: { readonly phone: string; readonly email: string; readonly account: string };
export function startAppRig(root: string, options?: { size?: 'XS' | 'S' | 'M' | null; end?: string; build?: boolean }): Promise<AppRig>;
export function letThemWork(root: string, app: Pick<AppRig, 'address' | 'people' | 'planted'>): Promise<Record<string, number>>;
