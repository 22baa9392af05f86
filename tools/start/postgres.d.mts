export interface PostgresServer {
  readonly pid: number;
  readonly port: number;
  /** As the superuser `postgres`, password included. */
  readonly url: string;
  /** Settles when the server ends, for whatever reason. */
  readonly exited: Promise<{ code: number | null; signal: string | null }>;
  /** Fast shutdown; resolves when the process is gone. */
  stop(): Promise<void>;
}

export function start(options: { dir: string; port: number; settings?: Record<string, string>; patienceMs?: number }): Promise<PostgresServer>;
export function freePort(): Promise<number>;
