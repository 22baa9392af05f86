import { auditNoteSchema, type AuditNote, type CommandDefinition } from '@throughline/contracts';
import { isTransient, isUnstorableText, withTrace } from '@throughline/database';
import type { Msg, Subscription } from '@nats-io/transport-node';
import { pause } from './backoff';
import type { JetStreamBus } from './jetstream-bus';
import type { BusLog } from './message-bus';

/** What goes over the wire. An error is a value: the client never sees a stack. */
export type CommandAnswer = { kind: 'answered'; reply: unknown } | { kind: 'invalid'; message: string } | { kind: 'unavailable'; message: string };

/** Beside the request: who asks and what the audit calls it, as JSON. */
export const noteHeader = 'audit';

type Work<Request, Reply> = (request: Request, note: AuditNote | undefined) => Promise<Reply>;

/**
 * Answers commands by request and reply over core NATS, one replica of a service each (queue group). Plain request and reply rather than Nest's NATS transport: that
 * would need a second connection, its own envelope and a scan of decorators, and could not be drained in our order.
 */
export class CommandServer {
  private readonly subscriptions: Subscription[] = [];
  private readonly running = new Set<Promise<void>>();
  private readonly stopping = new AbortController();

  constructor(
    private readonly bus: JetStreamBus,
    private readonly service: string,
    private readonly log?: BusLog,
  ) {}

  /** Answers one kind of command. `work` gets a parsed request and what the audit is to say of it, and its answer means: committed. Listens as soon as there is a broker, and again after it was away. */
  answer<Request, Reply>(definition: CommandDefinition<Request, Reply>, work: Work<Request, Reply>): void {
    void this.keepListening(definition.subject, (message) => {
      const done = this.serve(definition, work, message).finally(() => this.running.delete(done));
      this.running.add(done);
    });
  }

  /** Takes no more commands and finishes those that run. */
  async stop(): Promise<void> {
    this.stopping.abort();
    for (const subscription of this.subscriptions) subscription.unsubscribe();
    await Promise.all(this.running);
  }

  private async keepListening(subject: string, onMessage: (message: Msg) => void): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        const nc = await this.bus.connection();
        // The client restores subscriptions when it reconnects; only a closed connection ends one.
        const subscription = nc.subscribe(subject, { queue: this.service, callback: (error, message) => (error ? undefined : onMessage(message)) });
        this.subscriptions.push(subscription);
        await subscription.closed;
      } catch {
        await pause(500, this.stopping.signal);
      }
    }
  }

  private async serve<Request, Reply>(definition: CommandDefinition<Request, Reply>, work: Work<Request, Reply>, message: Msg): Promise<void> {
    const answer = await withTrace(message.headers?.get('traceparent') || undefined, () => this.answerTo(definition, work, message));
    message.respond(JSON.stringify(answer));
  }

  private async answerTo<Request, Reply>(definition: CommandDefinition<Request, Reply>, work: Work<Request, Reply>, message: Msg): Promise<CommandAnswer> {
    const startedAt = performance.now();
    try {
      const parsed = definition.request.safeParse(JSON.parse(message.string()));
      if (!parsed.success) return { kind: 'invalid', message: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ') };
      const header = message.headers?.get(noteHeader);
      const note = header ? auditNoteSchema.safeParse(JSON.parse(header)) : undefined;
      if (note?.success === false) return { kind: 'invalid', message: 'who asks cannot be read' };
      const reply = await work(parsed.data, note?.data);
      this.log?.info({ command: definition.name, ms: Math.round(performance.now() - startedAt) }, 'command answered');
      return { kind: 'answered', reply };
    } catch (error) {
      if (isUnstorableText(error)) return { kind: 'invalid', message: 'a text holds the character U+0000, which no text may have' };
      this.log?.error({ command: definition.name, err: error }, 'command failed');
      return {
        kind: 'unavailable',
        message: isTransient(error) ? `${this.service} cannot do this at the moment` : `${this.service} failed to do this; its log says why`,
      };
    }
  }
}
