import type { AccessWorld, Browser } from '../access/test-access';

/** One server-sent event as it stands on the wire; `data` is read as JSON. */
export interface Told {
  readonly type: string;
  readonly id: string;
  readonly data: unknown;
}

export interface OpenStream {
  readonly status: number;
  /** What the server answered instead of a stream; null of a stream. */
  readonly refusal: { readonly title: string; readonly detail: string } | null;
  /** The next event of this type; fails when the stream ends before. */
  next(type: 'beat' | 'changed'): Promise<Told>;
  /** Waits until the server ends the stream. */
  end(): Promise<void>;
  close(): void;
}

/** For tests: opens the stream as the browser's EventSource does. `topics` with commas between them. */
export async function openStream(world: AccessWorld, browser: Browser, topics: string, headers: Readonly<Record<string, string>> = {}): Promise<OpenStream> {
  const stop = new AbortController();
  const response = await fetch(`http://127.0.0.1:${world.service.httpPort}/v1/stream?topics=${encodeURIComponent(topics)}`, {
    headers: { cookie: browser.cookie, accept: 'text/event-stream', ...headers },
    signal: stop.signal,
  });
  const isStream = response.headers.get('content-type') === 'text/event-stream';
  const told = isStream ? eventsOf(response.body!) : undefined;
  return {
    status: response.status,
    refusal: isStream ? null : ((await response.json()) as OpenStream['refusal']),
    next: async (type) => {
      for (;;) {
        const { done, value } = await told!.next();
        if (done) throw new Error(`The stream ended without another ${type}.`);
        if (value.type === type) return value;
      }
    },
    end: async () => {
      while (!(await told!.next()).done);
    },
    close: () => stop.abort(),
  };
}

async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Told> {
  let text = '';
  for await (const part of body.pipeThrough(new TextDecoderStream())) {
    text += part;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const fields = new Map(
        text
          .slice(0, end)
          .split('\n')
          .map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
      );
      text = text.slice(end + 2);
      yield { type: fields.get('event') ?? 'message', id: fields.get('id') ?? '', data: JSON.parse(fields.get('data') ?? 'null') as unknown };
    }
  }
}
