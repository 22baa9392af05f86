import { isNativeError } from 'node:util/types';

/**
 * SQLSTATE classes and codes that say "not now", whatever the statement was: connection (08), sign-in and unknown database while an operator changes them (28, 3D),
 * resources such as a full disk or too many connections (53), shutdown and start-up (57P), a cancelled statement (57014), the machine below (58), and
 * serialization failure, deadlock, lock not available, read-only database, ended idle or long transaction.
 */
const transientStates = /^(08...|28...|3D000|53...|57P0.|57014|58...|40001|40P01|40003|55P03|25006|25P03|25P04|72000)$/;

const transientNodeCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EAI_AGAIN',
  'ENOTFOUND',
  'ENOSPC',
  'EMFILE',
  'ENFILE',
]);

/** The driver gives these no code. */
const transientSentences = [
  'Connection terminated',
  'timeout exceeded when trying to connect',
  'timeout expired',
  'Client has encountered a connection error',
  'Query read timeout',
  'Client was closed and is not queryable',
  'Cannot use a pool after calling end',
  'the database system is',
];

/** Errors of the NATS client that say the broker, not the message, is the trouble. */
const transientNames = new Set([
  'TimeoutError',
  'NoRespondersError',
  'ConnectionError',
  'ClosedConnectionError',
  'DrainingConnectionError',
  'RequestError',
  'JetStreamApiError',
  'JetStreamStatusError',
]);

/** Thrown by our own code for a fault that time heals: retried for ever by a consumer, answered 503 by HTTP. */
export class TransientError extends Error {
  override readonly name = 'TransientError';
}

/**
 * True for a fault that has nothing to do with the data: lost connection, restart, deadlock, full disk, read-only database, broker away.
 * Such work is retried for ever and never quarantined. Looks through `cause` and through the errors of an `AggregateError`.
 */
export function isTransient(error: unknown): boolean {
  let current = error;
  for (let depth = 0; isNativeError(current) && depth < 8; depth += 1) {
    if (current instanceof TransientError || transientNames.has(current.name)) return true;
    const { code, message, errors, driverError } = current as Error & { code?: unknown; errors?: unknown; driverError?: unknown };
    if (typeof code === 'string' && (transientNodeCodes.has(code) || transientStates.test(code))) return true;
    if (transientSentences.some((sentence) => message.includes(sentence))) return true;
    if (Array.isArray(errors) && errors.some(isTransient)) return true;
    if (driverError !== undefined && driverError !== current && isTransient(driverError)) return true;
    current = current.cause;
  }
  return false;
}

/** The values held a text that Postgres cannot keep, one with U+0000: what was sent is at fault, and sending it again does not help. */
export function isUnstorableText(error: unknown): boolean {
  const { code, driverError } = (error ?? {}) as { code?: unknown; driverError?: { code?: unknown } };
  return [code, driverError?.code].some((state) => state === '22021' || state === '22P05');
}

/** Two transactions stood in each other's way and this one was chosen to give way: running it again is right. */
export function isConflict(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === '40001' || code === '40P01';
}
