/** How one of the centre's people signs in. */
export interface Login {
  readonly role: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** An answer of the platform that is a "no", with its words. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    words: string,
  ) {
    super(words);
  }
}

/** A browser without a screen: asks the platform as one of its users. */
export class Visitor {
  private cookie = '';
  private csrf = '';

  private constructor(private readonly app: string) {}

  static async signIn(app: string, { email, password }: Login): Promise<Visitor> {
    const visitor = new Visitor(app);
    await visitor.ask('POST', '/v1/session', { email, password });
    return visitor;
  }

  signOut(): Promise<unknown> {
    return this.ask('DELETE', '/v1/session');
  }

  read<Answer>(route: string): Promise<Answer> {
    return this.ask<Answer>('GET', route);
  }

  do<Answer>(route: string, body: unknown): Promise<Answer> {
    return this.ask<Answer>('POST', route, body);
  }

  /** Throws a `Refusal` for every answer from 400 on. */
  private async ask<Answer>(method: string, route: string, body?: unknown): Promise<Answer> {
    const response = await fetch(new URL(route, this.app), {
      method,
      headers: {
        ...(this.cookie === '' ? {} : { cookie: this.cookie, 'x-throughline-csrf': this.csrf }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer = (text === '' ? {} : JSON.parse(text)) as { title?: string; detail?: string; csrf?: string };
    if (!response.ok) throw new Refusal(response.status, `${method} ${route} answered ${response.status}: ${answer.title ?? ''} ${answer.detail ?? ''}`.trim());
    const given = response.headers.get('set-cookie');
    if (given !== null && answer.csrf !== undefined) [this.cookie, this.csrf] = [given.split(';')[0] as string, answer.csrf];
    return answer as Answer;
  }
}
