import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { currentTrace, isTransient, isUnstorableText } from '@throughline/database';
import type { Log } from './log';

/** An answer of problem details (RFC 9457). `detail` is for the person who sent the request. */
export class Problem extends HttpException {
  constructor(
    status: number,
    readonly title: string,
    readonly detail?: string,
    readonly more: { readonly retryAfterSeconds?: number; readonly errors?: readonly object[] } = {},
  ) {
    super(title, status);
  }
}

interface Reply {
  status(code: number): Reply;
  header(name: string, value: string): Reply;
  /** Bytes: to a string the adapter would add a charset, which JSON has not. */
  send(body: Buffer): void;
  readonly sent: boolean;
}

interface ProblemDetails {
  readonly status: number;
  readonly title: string;
  readonly detail?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
  readonly errors?: readonly object[] | undefined;
}

const unstorable = 'A text holds the character U+0000, which no text may have: take it out.';

/** The one place where an error becomes an HTTP answer. A fault that time heals is 503 with Retry-After; a bug is 500 with the trace id and nothing else. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<Reply>();
    const problem = this.toProblem(error);
    if (reply.sent) return;
    const { retryAfterSeconds, ...details } = problem;
    if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
    const traceId = currentTrace()?.traceId;
    reply
      .status(problem.status)
      .header('content-type', 'application/problem+json')
      .send(Buffer.from(JSON.stringify({ type: 'about:blank', ...details, ...(traceId ? { traceId } : {}) })));
  }

  private toProblem(error: unknown): ProblemDetails {
    if (error instanceof Problem) return { status: error.getStatus(), title: error.title, detail: error.detail, ...error.more };
    if (error instanceof HttpException) return { status: error.getStatus(), title: error.message };
    if (isTransient(error)) {
      this.log.warn({ err: error }, 'a request could not be answered at the moment');
      return {
        status: 503,
        title: 'Not available at the moment',
        detail: 'Please send the same request again in a few seconds.',
        retryAfterSeconds: 1 + Math.floor(Math.random() * 4),
      };
    }
    if (isUnstorableText(error)) return { status: 400, title: 'The request is not as it should be', detail: unstorable };
    const { statusCode } = error as { statusCode?: unknown };
    if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) return { status: statusCode, ...wordsFor(statusCode) };
    this.log.error({ err: error }, 'a request failed');
    return { status: 500, title: 'Something went wrong on our side', detail: 'The log of the service has the reason under this trace id.' };
  }
}

/** What the HTTP layer refuses before any of our code runs. Its own words may quote the request. */
function wordsFor(status: number): { title: string; detail?: string } {
  if (status === 413) return { title: 'The request is too large' };
  if (status === 415) return { title: 'The content type is not supported', detail: 'Send application/json.' };
  if (status === 400) return { title: 'The request could not be read', detail: 'The body is not valid JSON.' };
  return { title: 'The request was refused' };
}
