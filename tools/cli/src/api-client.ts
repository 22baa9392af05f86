import type { RunningStack } from './running-stack';
import { UsageError } from './usage-error';

export type Access = 'read' | 'admin' | 'write';

const nameOf: Record<Access, string> = { read: 'readToken', admin: 'adminToken', write: 'writeKey' };
const variableOf: Record<Access, string> = { read: 'THROUGHLINE_READ_TOKEN', admin: 'THROUGHLINE_ADMIN_TOKEN', write: 'THROUGHLINE_WRITE_KEY' };

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Speaks to the running stack over HTTP. `ask` throws a sentence for everything that is not a 2xx; `try` leaves 404 and 4xx to the caller. */
export class ApiClient {
  constructor(private readonly stack: RunningStack) {}

  async try(method: string, path: string, access: Access, body?: unknown, key?: string): Promise<Answer> {
    const token = key ?? { read: this.stack.readToken ?? this.stack.adminToken, admin: this.stack.adminToken, write: this.stack.writeKey }[access];
    if (!token) throw new UsageError(`No ${nameOf[access]} is known: set ${variableOf[access]}.`);
    const headers: Record<string, string> = { authorization: `Bearer ${token}`, accept: 'application/json' };
    if (body !== undefined) headers['content-type'] = 'application/json';
    let response: Response;
    try {
      response = await fetch(new URL(path, this.stack.api), { method, headers, body: body === undefined ? null : JSON.stringify(body) });
    } catch (cause) {
      throw new UsageError(`${this.stack.api} does not answer: is Throughline running? (\`npm start\`, \`npx throughline doctor\`)`, { cause });
    }
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : parsed(text) };
  }

  async ask<Body>(method: string, path: string, access: Access, body?: unknown): Promise<Body> {
    const answer = await this.try(method, path, access, body);
    if (answer.status >= 200 && answer.status < 300) return answer.body as Body;
    throw refusal(answer, access);
  }
}

/** A refusing answer as the sentence to show. */
export function refusal({ status, body }: Answer, access: Access): UsageError {
  if (status === 401 || status === 403)
    return new UsageError(
      `The ${nameOf[access]} was refused (${status}): is it the one of this installation? See .throughline/run.json or set ${variableOf[access]}.`,
    );
  const words = body as {
    title?: unknown;
    detail?: unknown;
    reason?: unknown;
    message?: unknown;
    errors?: readonly { pointer?: unknown; detail?: unknown }[];
  } | null;
  const said = [words?.title, words?.detail, words?.reason, words?.message].filter((word): word is string => typeof word === 'string' && word !== '');
  const errors = (words?.errors ?? []).map(({ pointer, detail }) => [pointer, detail].filter((word) => typeof word === 'string').join(': ')).filter(Boolean);
  return new UsageError(said.length + errors.length > 0 ? [...new Set(said), ...errors].join('. ') : `The server answered ${status}.`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { message: text.slice(0, 300) };
  }
}
