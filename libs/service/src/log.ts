import { currentTrace } from '@throughline/database';
import { isNativeError } from 'node:util/types';
import { destination, pino, stdTimeFunctions } from 'pino';

/** One JSON object a line: what happened, ids, duration. Never payloads, identifiers or answers. Also the token by which Nest injects it. */
export abstract class Log {
  abstract debug(fields: object, message: string): void;
  abstract info(fields: object, message: string): void;
  abstract warn(fields: object, message: string): void;
  abstract error(fields: object, message: string): void;
}

/** Opens the log of a service. Lines are written at once: what a killed process said last is what one wants to read. */
export function openLog(options: { service: string; level: string; file?: string | undefined }): Log {
  const target = destination({ dest: options.file ?? 1, append: true, mkdir: true, sync: true });
  return pino(
    {
      level: options.level,
      base: { service: options.service, pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
      mixin: () => {
        const trace = currentTrace();
        return trace ? { traceId: trace.traceId } : {};
      },
    },
    target,
  );
}

/**
 * An error for the log. What Postgres says about data (its details, and the message of a data exception) and what `JSON.parse` quotes may be somebody's name or number:
 * of those only the code and the place are kept.
 */
export function describeError(error: unknown, depth = 0): object {
  if (!isNativeError(error)) return { type: typeof error };
  const { code, table, column, constraint, severity } = error as {
    code?: unknown;
    table?: unknown;
    column?: unknown;
    constraint?: unknown;
    severity?: unknown;
  };
  const quotesData =
    error.name === 'SyntaxError' || error.name === 'ZodError' || (typeof severity === 'string' && typeof code === 'string' && /^(22|23|P0)/.test(code));
  const stack = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    ...(quotesData ? {} : { message: error.message }),
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof table === 'string' ? { table } : {}),
    ...(typeof column === 'string' ? { column } : {}),
    ...(typeof constraint === 'string' ? { constraint } : {}),
    ...(stack && stack.length > 0 ? { stack: stack.slice(0, 12).map((line) => line.trim()) } : {}),
    ...(error.cause !== undefined && depth < 4 ? { cause: describeError(error.cause, depth + 1) } : {}),
  };
}
