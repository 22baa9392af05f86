import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { Rig } from '../../tools/start/rig.mjs';

const run = promisify(execFile);
export const root = path.join(__dirname, '../..');
export const dataFolder = process.env['TL_DATA_DIR'];

/** Postgres, NATS and all services, empty, on free ports and in a temporary folder; with the terminal's commands against it. */
export class StackUnderTest {
  private constructor(readonly rig: Rig) {}

  static async start(): Promise<StackUnderTest> {
    return new StackUnderTest(await Rig.build(root, { build: true }));
  }

  stop(): Promise<void> {
    return this.rig.destroy();
  }

  get environment(): NodeJS.ProcessEnv {
    const { api, secrets, databaseUrl } = this.rig;
    return {
      ...process.env,
      THROUGHLINE_API: api,
      THROUGHLINE_WRITE_KEY: secrets.writeKey,
      THROUGHLINE_READ_TOKEN: secrets.readToken,
      THROUGHLINE_ADMIN_TOKEN: secrets.adminToken,
      THROUGHLINE_DATABASE_URL: databaseUrl,
    };
  }

  /** `npx throughline …`; rejects when it ends with an error. */
  async throughline(...words: string[]): Promise<string> {
    const { stdout } = await run(process.execPath, [path.join(root, 'dist/tools/cli.mjs'), ...words], {
      cwd: root,
      env: this.environment,
      maxBuffer: 64 * 2 ** 20,
    });
    return stdout;
  }

  request(method: string, route: string, token?: string, body?: unknown): Promise<Response> {
    return fetch(`${this.rig.api}${route}`, {
      method,
      headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  /** Everything accepted is built into the hierarchy. */
  async rest(patienceMs = 120_000): Promise<void> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const [left] = await this.rows<{ n: number }>(`
        select (select count(*) from ingestion.read_event e where not exists (select from identity.read_customer_event o where o.event_id = e.event_id and o.revision >= e.revision))::int
          + (select count(*) from identity.read_customer_revision r left join sessionization.read_journey_head h using (customer_id) where h.built_revision is distinct from r.revision)::int as n`);
      if (left?.n === 0) return;
      if (Date.now() > deadline) throw new Error(`not at rest: ${left?.n} events or customers wait`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  rows<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.rig.query(text, values) as Promise<Row[]>;
  }
}
