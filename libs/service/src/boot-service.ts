import 'reflect-metadata';
import { Module, Scope, type DynamicModule, type INestApplicationContext, type LoggerService, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Database, isTransient, migrationsCurrent, withTrace, type Migration } from '@throughline/database';
import { CommandClient, CommandServer, JetStreamBus, MessageBus, OutboxRelay, pause, Reconciler } from '@throughline/messaging';
import { commandsToken, consumersToken, sweepsToken, type CommandHandler, type Consumer, type Sweep } from './handlers';
import { FailureGuard } from './failure-guard';
import { HealthServer } from './health-server';
import { Log, openLog } from './log';
import { Metrics } from './metrics';
import { observePlatform } from './observe-platform';
import { ProblemFilter } from './problem';
import { Readiness } from './readiness';
import { releaseMemoryWhenCalm } from './release-memory';
import type { ServiceSettings } from './settings';

/** The token by which a provider gets the parsed settings: `@Inject(SETTINGS) settings: IngestionSettings`. */
export const SETTINGS = Symbol('settings');

export interface ServiceOptions {
  /** e.g. `identity`. */
  readonly name: string;
  /** The Postgres schema that it owns. */
  readonly schema: string;
  readonly settings: ServiceSettings;
  /** Its own migrations: it starts to work when they have run. */
  readonly migrations: readonly Migration[];
  readonly module: Type | DynamicModule;
  /** Only for a service that publishes no messages. */
  readonly outbox?: false;
  readonly http?: {
    readonly port: number;
    readonly bodyLimit?: number;
    /** Plugins and hooks of its own, before it listens. */
    configure?(app: NestFastifyApplication): void | Promise<void>;
  };
}

export interface RunningService {
  readonly app: INestApplicationContext;
  readonly healthPort: number;
  /** Undefined for a worker. */
  readonly httpPort: number | undefined;
  /** Drains: see `bootService`. Safe to call twice. */
  stop(): Promise<void>;
}

const graceMs = 20_000;

@Module({})
class ServiceRoot {}

/**
 * Boots one service and keeps it: health first, then Postgres and its migrations (waiting for both as long as it takes), then the Nest application, consumers, commands and sweeps.
 *
 * On SIGTERM or SIGINT it drains and ends with code 0: not ready → nothing more is pulled, no sweep or command starts → what runs is finished within 20 s → HTTP takes no more
 * and finishes its requests → the outbox is flushed → the broker's connection is drained → the database is closed last. HTTP goes before the broker, so that a request
 * that needs a command, or has just written to the outbox, still finds it.
 */
export async function bootService(options: ServiceOptions): Promise<RunningService> {
  const { name, settings } = options;
  const log = openLog({ service: name, level: settings.LOG_LEVEL, file: settings.LOG_FILE });
  const metrics = new Metrics(name);
  const readiness = new Readiness();
  readiness.refuse('start', 'starting');
  const stopping = new AbortController();
  const health = await HealthServer.listen({ host: settings.HEALTH_HOST, port: settings.HEALTH_PORT, readiness, metrics });

  const closers: { readonly step: string; readonly close: () => Promise<unknown> }[] = [{ step: 'health', close: () => health.close() }];
  let drained: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    drained ??= (async () => {
      readiness.refuse('stop', 'draining');
      stopping.abort();
      log.info({}, 'draining');
      for (const { step, close } of [...closers].reverse()) {
        const startedAt = performance.now();
        try {
          await close();
          log.info({ step, ms: Math.round(performance.now() - startedAt) }, 'drained');
        } catch (error) {
          log.error({ step, err: error }, 'a step of the drain failed');
        }
      }
      log.info({}, 'stopped');
    })();
    return drained;
  };
  listenToSignals(stop, log);

  log.info({ healthPort: health.port }, 'starting');
  const database = await openDatabase(options, log, stopping.signal);
  closers.push({ step: 'database', close: () => database.close() });
  await waitForMigrations(database, options.migrations, log, stopping.signal);

  const bus = JetStreamBus.open({ url: settings.NATS_URL, name, log });
  closers.push({ step: 'broker', close: () => bus.drain() });
  const relay = options.outbox === false ? undefined : new OutboxRelay(database, bus, { log });
  if (relay) closers.push({ step: 'outbox', close: () => relay.flush().then(() => relay.stop()) });
  observePlatform({ metrics, database, bus, relay });
  readiness.check(() => (bus.ready() ? undefined : 'the broker has not stored a message for ten seconds'));
  readiness.check(() =>
    database.query('select 1').then(
      () => undefined,
      () => 'the database does not answer',
    ),
  );

  const platform: DynamicModule = {
    module: ServiceRoot,
    global: true,
    imports: [options.module],
    providers: [
      { provide: Database, useValue: database },
      { provide: MessageBus, useValue: bus },
      { provide: CommandClient, useValue: new CommandClient(bus) },
      { provide: Log, useValue: log },
      { provide: Metrics, useValue: metrics },
      { provide: Readiness, useValue: readiness },
      { provide: FailureGuard, useFactory: () => new FailureGuard(readiness), scope: Scope.TRANSIENT },
      { provide: SETTINGS, useValue: settings },
      ...(relay ? [{ provide: OutboxRelay, useValue: relay }] : []),
    ],
    exports: [Database, MessageBus, CommandClient, Log, Metrics, Readiness, FailureGuard, SETTINGS, ...(relay ? [OutboxRelay] : [])],
  };
  const { app, httpPort } = await startNest(options, platform, log, metrics, closers);
  relay?.start();

  const consuming = found<Consumer>(app, consumersToken);
  closers.push({ step: 'consumers', close: () => bus.stopConsuming(graceMs) });
  const handlerSeconds = metrics.histogram('tl_handler_seconds', 'Time of one call of a message handler, until its work is committed', ['consumer']);
  for (const consumer of consuming) {
    const { message, durable, maxBatch, maxWaitMs, restShare, giveWayWhile, ackWaitMs } = consumer;
    await bus.consume(message, {
      durable,
      ...(maxBatch !== undefined && { maxBatch }),
      ...(restShare !== undefined && { restShare }),
      ...(giveWayWhile !== undefined && { giveWayWhile }),
      ...(maxWaitMs !== undefined && { maxWaitMs }),
      ...(ackWaitMs !== undefined && { ackWaitMs }),
      handle: async (batch) => {
        const end = handlerSeconds.startTimer({ consumer: durable });
        await consumer.handle(batch).finally(end);
      },
    });
  }
  const server = new CommandServer(bus, name, log);
  closers.push({ step: 'commands', close: () => within(graceMs, server.stop()) });
  for (const handler of found<CommandHandler>(app, commandsToken)) server.answer(handler.command, (request, note) => handler.answer(request, note));
  const reconciler = new Reconciler(database, log);
  closers.push({ step: 'sweeps', close: () => within(graceMs, reconciler.stop()) });
  for (const sweep of found<Sweep>(app, sweepsToken)) reconciler.every(sweep.everyMs, sweep.name, (signal) => withTrace(undefined, () => sweep.run(signal)));

  const stopWatching = releaseMemoryWhenCalm();
  closers.push({ step: 'memory', close: async () => stopWatching() });

  readiness.accept('start');
  log.info({ ...(httpPort !== undefined && { httpPort }), healthPort: health.port, consumers: consuming.map(({ durable }) => durable) }, 'started');
  return { app, healthPort: health.port, httpPort, stop };
}

/** Postgres may come later than the service: while it is away the service waits, alive and not ready. What waiting cannot heal is thrown. */
async function openDatabase(options: ServiceOptions, log: Log, stopping: AbortSignal): Promise<Database> {
  const { settings } = options;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await Database.open({
        url: settings.DATABASE_URL,
        applicationName: `throughline-${options.name}`,
        schema: options.schema,
        poolSize: settings.POOL_SIZE,
        statementTimeoutMs: settings.STATEMENT_TIMEOUT_MS,
        requireLeastPrivilege: true,
        onConnectionError: (error) => log.warn({ err: error }, 'a database connection broke'),
      });
    } catch (error) {
      if (!isTransient(error) || stopping.aborted) throw error;
      if (attempt % 20 === 1) log.warn({ err: error, attempt }, 'the database is away');
      await pause(Math.min(100 * attempt, 1_000), stopping);
    }
  }
}

async function waitForMigrations(database: Database, migrations: readonly Migration[], log: Log, stopping: AbortSignal): Promise<void> {
  for (let attempt = 1; !stopping.aborted; attempt += 1) {
    try {
      if (migrations.length === 0 || (await migrationsCurrent(database, migrations))) return;
      if (attempt % 20 === 1) log.warn({ attempt }, 'the database is not migrated yet');
    } catch (error) {
      if (attempt % 20 === 1) log.warn({ err: error, attempt }, 'the database is not migrated yet');
    }
    await pause(Math.min(100 * attempt, 1_000), stopping);
  }
}

async function startNest(
  options: ServiceOptions,
  platform: DynamicModule,
  log: Log,
  metrics: Metrics,
  closers: { step: string; close: () => Promise<unknown> }[],
): Promise<{ app: INestApplicationContext; httpPort: number | undefined }> {
  const logger = nestLogger(log);
  const { http, settings } = options;
  if (!http) {
    const app = await NestFactory.createApplicationContext(platform, { logger, abortOnError: false });
    closers.push({ step: 'application', close: () => app.close() });
    return { app, httpPort: undefined };
  }
  const adapter = new FastifyAdapter({
    bodyLimit: http.bodyLimit ?? 1_048_576,
    requestTimeout: 30_000,
    // On closing, a request that is under way on an open connection is still answered.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    onProtoPoisoning: 'remove',
    onConstructorPoisoning: 'remove',
  });
  const app = await NestFactory.create<NestFastifyApplication>(platform, adapter, { logger, abortOnError: false });
  closers.push({ step: 'http', close: () => closeHttp(app) });
  app.useGlobalFilters(new ProblemFilter(log));
  const seconds = metrics.histogram('tl_http_request_seconds', 'Time from the first byte of a request to the end of its answer', ['method', 'route', 'status']);
  const fastify = adapter.getInstance();
  // After the body is read: before that, the context would be lost between the chunks.
  fastify.addHook('preValidation', (request, _reply, done) => withTrace(request.headers['traceparent'] as string | undefined, done));
  fastify.addHook('onResponse', (request, reply, done) => {
    seconds.observe({ method: request.method, route: request.routeOptions.url ?? 'none', status: String(reply.statusCode) }, reply.elapsedTime / 1_000);
    done();
  });
  await http.configure?.(app);
  await app.listen(http.port, settings.HOST);
  const address = app.getHttpServer().address() as { port: number };
  return { app, httpPort: address.port };
}

/** Closes the listener and finishes its requests. A client keeps its connection open after an answer: those are closed as they fall idle, else one would wait for them. */
async function closeHttp(app: NestFastifyApplication): Promise<void> {
  const server = app.getHttpServer();
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const late = setTimeout(() => server.closeAllConnections(), graceMs);
  await app.close().finally(() => {
    clearInterval(sweep);
    clearTimeout(late);
  });
}

function found<Handler>(app: INestApplicationContext, token: symbol): Handler[] {
  try {
    return app.get<Handler[]>(token, { strict: false });
  } catch {
    return [];
  }
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const late = new AbortController();
  await Promise.race([work, pause(ms, late.signal)]);
  late.abort();
}

function listenToSignals(stop: () => Promise<void>, log: Log): void {
  const end = (): void => void stop().then(() => process.exit(0));
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  process.on('uncaughtException', (error) => {
    log.error({ err: error }, 'an error that nobody caught ends this process');
    process.exit(1);
  });
}

/** Nest's own words: warnings and errors go to our log, the rest is noise. */
function nestLogger(log: Log): LoggerService {
  const nothing = (): void => undefined;
  return {
    log: nothing,
    debug: nothing,
    verbose: nothing,
    warn: (message: unknown) => log.warn({}, String(message)),
    error: (message: unknown) =>
      log.error(message instanceof Error ? { err: message } : {}, message instanceof Error ? 'the application framework failed' : String(message)),
    fatal: (message: unknown) => log.error({}, String(message)),
  };
}
