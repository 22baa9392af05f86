export class Rig {
  /** Starts everything, empty; with `build` the programs are bundled first. */
  static build(root: string, options?: { settings?: Record<string, Record<string, string>>; build?: boolean }): Promise<Rig>;
  readonly api: string;
  readonly adminApi: string;
  readonly databaseUrl: string;
  readonly folder: string;
  readonly secrets: { readonly writeKey: string; readonly readToken: string; readonly adminToken: string; readonly passwords: Record<string, string> };
  kill(service: string, options?: { hold?: boolean; signal?: NodeJS.Signals }): void;
  untilReady(services?: string[], patienceMs?: number): Promise<void>;
  query(text: string, values?: readonly unknown[]): Promise<unknown[]>;
  logs(): { name: string; text: string }[];
  destroy(): Promise<void>;
}
