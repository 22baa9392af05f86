import type { Rig } from '../start/rig.mjs';
import type { Login } from './people.mjs';

export interface AppRig {
  readonly rig: Rig;
  /** Where the app is. */
  readonly address: string;
  /** By role. */
  readonly people: Record<string, Login>;
}
export const dana: { readonly phone: string; readonly email: string };
export function startAppRig(root: string, options?: { size?: 'XS' | 'S' | 'M' | null; build?: boolean }): Promise<AppRig>;
