import type { Paths } from './schema';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Paths that know the method. */
export type PathOf<Of extends Method> = { [Path in keyof Paths]: Of extends keyof Paths[Path] ? Path : never }[keyof Paths];

type Operation<Path extends keyof Paths, Of extends Method> = Of extends keyof Paths[Path] ? Paths[Path][Of] : never;
type Success = 200 | 201 | 202;

/** What a call answers when it goes well; undefined without a body. */
export type AnswerOf<Path extends keyof Paths, Of extends Method> =
  Operation<Path, Of> extends { responses: infer Responses }
    ? Success & keyof Responses extends never
      ? undefined
      : Responses[Success & keyof Responses]
    : never;

/** What a call takes as its body. */
export type BodyOf<Path extends keyof Paths, Of extends Method> = Operation<Path, Of> extends { data: { body?: infer Body } } ? Body : never;

/** `{name}` parts of a path. */
export type Params = Readonly<Record<string, string | number>>;
/** Undefined and null are left out; a list is written with commas. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | null | undefined>>;

export interface Call {
  readonly params?: Params;
  readonly query?: Query;
  readonly signal?: AbortSignal;
}
