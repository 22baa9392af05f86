export interface Login {
  readonly email: string;
  readonly password: string;
  readonly name: string;
}
export const roles: readonly string[];
export function makePeople(address: string, options: { token: string; agentId?: string | null; agents?: readonly string[] }): Promise<Record<string, Login>>;
