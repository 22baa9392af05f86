import type { Delivery } from './disorder';
import { generateWorld, type WorldOptions } from './generate-world';
import { emptySummary, postInOrder, type Access, type PostSummary } from './post-batches';
import { TruthFile } from './truth-file';
import { periodOf } from './sizes';
import type { PlantedFacts } from './truth';

/** How many deliveries are on their way at once; within them sources overtake each other, as they do on real networks. */
const windowSize = 4_000;

export interface LoadResult {
  readonly summary: PostSummary;
  readonly planted: PlantedFacts;
  readonly seconds: number;
}

/** Sends a whole world through the public API, in delivery order, as fast as the platform takes it. `truthPath` keeps the truth beside it. */
export async function load(
  access: Access,
  options: WorldOptions & { readonly concurrency: number; readonly truthPath?: string },
  progress: (share: number, sent: number, perSecond: number) => void,
): Promise<LoadResult> {
  const summary = emptySummary();
  const started = performance.now();
  const truth = options.truthPath === undefined ? null : new TruthFile(options.truthPath);
  const world = generateWorld({ ...options, ...(truth && { onFact: truth.heard }) });
  await truth?.start();
  const { from, until } = periodOf(options.size, options.end);
  let waiting: Delivery[] = [];
  let sent = 0;
  const flush = async (): Promise<void> => {
    await postInOrder(access, waiting, options.concurrency, summary);
    sent += waiting.length;
    const last = waiting.at(-1);
    waiting = [];
    if (last) progress(Math.min(1, (last.at - from) / (until - from)), sent, (1000 * sent) / (performance.now() - started));
  };
  for (const hourful of world.deliveries)
    for (const delivery of hourful) {
      if (truth) await truth.add(delivery, world.truthOf(delivery));
      waiting.push(delivery);
      if (waiting.length >= windowSize) await flush();
    }
  await flush();
  const planted = truth ? await truth.finish(world) : world.planted();
  return { summary, planted, seconds: (performance.now() - started) / 1000 };
}
