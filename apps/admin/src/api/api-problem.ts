/** What the server said when it could not do what was asked (RFC 9457), or that it did not answer (`status` 0). `title` and `detail` are written for the person. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string | undefined,
    readonly traceId: string | undefined,
    /** One entry for each field at fault: JSON pointer and sentence. */
    readonly errors: readonly { readonly pointer?: string; readonly detail?: string }[] = [],
  ) {
    super(title);
  }

  /** The problem in any error. An abort stays what it is. */
  static from(error: unknown): ApiProblem {
    if (error instanceof ApiProblem) return error;
    return new ApiProblem(0, error instanceof Error ? error.message : String(error), undefined, undefined);
  }

  static async of(response: Response): Promise<ApiProblem> {
    const body = (await response.json().catch(() => ({}))) as Partial<ApiProblem>;
    const traceId = body.traceId ?? response.headers.get('x-trace-id') ?? undefined;
    return new ApiProblem(response.status, body.title ?? `${response.status} ${response.statusText}`, body.detail, traceId, body.errors ?? []);
  }
}
