import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

/** A W3C trace context: which trace this work belongs to and which span caused it. */
export interface TraceContext {
  /** 32 lower-case hexadecimal digits. */
  readonly traceId: string;
  /** 16 lower-case hexadecimal digits. */
  readonly spanId: string;
  readonly sampled: boolean;
}

const current = new AsyncLocalStorage<TraceContext>();
const pattern = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** Reads a `traceparent` header; undefined for anything that the W3C recommendation calls invalid. */
export function parseTraceparent(header: string | undefined): TraceContext | undefined {
  const match = header === undefined ? null : pattern.exec(header.trim());
  if (!match) return undefined;
  const [, version, traceId, spanId, flags, more] = match as unknown as [string, string, string, string, string, string | undefined];
  if (version === 'ff' || (version === '00' && more !== undefined) || /^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  return { traceId, spanId, sampled: (parseInt(flags, 16) & 1) === 1 };
}

export function formatTraceparent(context: TraceContext): string {
  return `00-${context.traceId}-${context.spanId}-${context.sampled ? '01' : '00'}`;
}

/** A new trace. */
export function newTrace(): TraceContext {
  return { traceId: randomBytes(16).toString('hex'), spanId: randomBytes(8).toString('hex'), sampled: true };
}

/** A new span in the same trace. */
export function childOf(parent: TraceContext): TraceContext {
  return { ...parent, spanId: randomBytes(8).toString('hex') };
}

/** Runs `work` as a child of the given header's span, or as a new trace when the header is missing or invalid. */
export function withTrace<Result>(traceparent: string | undefined, work: () => Result): Result {
  const parent = parseTraceparent(traceparent);
  return current.run(parent ? childOf(parent) : newTrace(), work);
}

/** The trace of the running work, undefined outside of one. */
export function currentTrace(): TraceContext | undefined {
  return current.getStore();
}

/** The header to hand on with a message or a request. */
export function currentTraceparent(): string | undefined {
  const context = current.getStore();
  return context && formatTraceparent(context);
}
