import type { MessageDefinition } from '@throughline/contracts';
import { failpoint, parseTraceparent, withTrace } from '@throughline/database';
import type { BusCounts, BusLog, ConsumeOptions, Received } from './message-bus';

/** A message as it comes off a wire, with the three answers that a broker understands. */
export interface Delivery {
  readonly id: string;
  readonly json: string;
  readonly deliveries: number;
  readonly traceparent: string | undefined;
  ack(): void;
  retryAfter(delayMs: number): void;
  terminate(): void;
}

/**
 * The one way in which a batch is handled, whatever the broker: decode, call the handler, then acknowledge; on an error hand everything back for later.
 * Gives the error when the batch failed, undefined when it is done. Never throws.
 */
export async function handleBatch<Payload>(
  definition: MessageDefinition<Payload>,
  options: ConsumeOptions<Payload>,
  batch: readonly Delivery[],
  context: { readonly counts: BusCounts; readonly log: BusLog | undefined; readonly retryDelayMs: () => number },
): Promise<unknown> {
  const { counts, log } = context;
  const readable: { delivery: Delivery; received: Received<Payload> }[] = [];
  for (const delivery of batch) {
    const payload = decode(definition, delivery.json);
    if (payload === undefined) {
      counts.undecodable += 1;
      log?.error({ durable: options.durable, message: definition.name, messageId: delivery.id }, 'a message that no known schema reads was dropped');
      delivery.terminate();
      continue;
    }
    if (delivery.deliveries > 1) counts.redelivered += 1;
    readable.push({ delivery, received: { id: delivery.id, payload: payload.value, deliveries: delivery.deliveries, traceparent: delivery.traceparent } });
  }
  if (readable.length === 0) return undefined;
  const received = readable.map((one) => one.received);
  const causes = [...new Set(received.flatMap(({ traceparent }) => (traceparent ? [traceparent] : [])))];
  const startedAt = performance.now();
  // A batch of one cause goes on with its trace; a batch of several starts its own and names the others: one span cannot have many parents.
  return withTrace(causes.length === 1 ? causes[0] : undefined, async () => {
    try {
      await options.handle(received);
      failpoint('after-commit-before-ack');
      for (const { delivery } of readable) delivery.ack();
      counts.handled += readable.length;
      const links = causes.length > 1 ? { links: causes.slice(0, 32).map((cause) => parseTraceparent(cause)?.traceId) } : {};
      log?.info({ durable: options.durable, messages: readable.length, ms: Math.round(performance.now() - startedAt), ...links }, 'batch handled');
      return undefined;
    } catch (error) {
      counts.failedBatches += 1;
      const delayMs = context.retryDelayMs();
      for (const { delivery } of readable) delivery.retryAfter(delayMs);
      log?.warn({ durable: options.durable, messages: readable.length, err: error, delayMs: Math.round(delayMs) }, 'batch failed and comes again');
      return error ?? new Error('the handler threw nothing');
    }
  });
}

function decode<Payload>(definition: MessageDefinition<Payload>, json: string): { value: Payload } | undefined {
  try {
    const parsed = definition.payload.safeParse(JSON.parse(json));
    return parsed.success ? { value: parsed.data } : undefined;
  } catch {
    return undefined;
  }
}
