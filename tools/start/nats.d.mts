export interface NatsServer {
  readonly pid: number;
  readonly port: number;
  readonly url: string;
  readonly version: string;
  /** Settles when the server ends, for whatever reason. */
  readonly exited: Promise<{ code: number | null; signal: string | null }>;
  stop(): Promise<void>;
}

export function ensureNats(options?: { cacheDir?: string; log?: (line: string) => void }): Promise<string>;
export function start(options: { dir: string; port: number; bin?: string; log?: (line: string) => void; syncAlways?: boolean }): Promise<NatsServer>;
