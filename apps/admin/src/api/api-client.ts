import { Injectable } from '@angular/core';
import { ApiProblem } from './api-problem';
import type { AnswerOf, BodyOf, Call, Method, PathOf } from './api-types';

/**
 * The one way to the server. Paths, bodies and answers are typed by `schema.ts`, which is made from the API's own description.
 * Every change carries the session's CSRF token. Throws `ApiProblem`; a call whose session has ended waits until the person has signed in again, and is then sent once more.
 */
@Injectable({ providedIn: 'root' })
export class ApiClient {
  /** Of the present session; set by `Session`. */
  csrf = '';
  /** Resolves with true when the person has signed in again; set by `Session`. */
  renew: (() => Promise<boolean>) | undefined;

  get<Path extends PathOf<'get'>>(path: Path, call: Call = {}): Promise<AnswerOf<Path, 'get'>> {
    return this.send('get', path, call);
  }

  post<Path extends PathOf<'post'>>(path: Path, call: Call & { readonly body?: BodyOf<Path, 'post'> } = {}): Promise<AnswerOf<Path, 'post'>> {
    return this.send('post', path, call);
  }

  put<Path extends PathOf<'put'>>(path: Path, call: Call & { readonly body?: BodyOf<Path, 'put'> } = {}): Promise<AnswerOf<Path, 'put'>> {
    return this.send('put', path, call);
  }

  patch<Path extends PathOf<'patch'>>(path: Path, call: Call & { readonly body?: BodyOf<Path, 'patch'> } = {}): Promise<AnswerOf<Path, 'patch'>> {
    return this.send('patch', path, call);
  }

  delete<Path extends PathOf<'delete'>>(path: Path, call: Call & { readonly body?: BodyOf<Path, 'delete'> } = {}): Promise<AnswerOf<Path, 'delete'>> {
    return this.send('delete', path, call);
  }

  /** The address of a GET, for a link that downloads: the browser streams the file itself. */
  url<Path extends PathOf<'get'>>(path: Path, call: Pick<Call, 'params' | 'query'> = {}): string {
    return addressOf(path, call);
  }

  private async send<Answer>(method: Method, path: string, call: Call & { readonly body?: unknown }): Promise<Answer> {
    const address = addressOf(path, call);
    let response = await this.request(method, address, call);
    if (response.status === 401 && path !== '/v1/session' && this.renew && (await this.renew())) response = await this.request(method, address, call);
    if (!response.ok) throw await ApiProblem.of(response);
    if (response.status === 204) return undefined as Answer;
    return (await response.json()) as Answer;
  }

  private async request(method: Method, address: string, { body, signal }: Call & { readonly body?: unknown }): Promise<Response> {
    const headers: Record<string, string> = { accept: 'application/json' };
    if (method !== 'get') headers['x-throughline-csrf'] = this.csrf;
    if (body !== undefined) headers['content-type'] = 'application/json';
    try {
      return await fetch(address, {
        method: method.toUpperCase(),
        headers,
        credentials: 'same-origin',
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(signal && { signal }),
      });
    } catch (cause) {
      if (signal?.aborted) throw cause;
      throw new ApiProblem(0, 'The server does not answer', 'What is on the screen stays as it is. Check the connection and try again.', undefined);
    }
  }
}

function addressOf(path: string, { params = {}, query = {} }: Pick<Call, 'params' | 'query'>): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue;
    search.set(name, Array.isArray(value) ? value.join(',') : String(value));
  }
  const text = search.toString();
  return text === '' ? filled : `${filled}?${text}`;
}
