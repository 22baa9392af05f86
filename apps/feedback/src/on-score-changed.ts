import { Injectable } from '@nestjs/common';
import { scoreChanged, type ScoreChanged } from '@throughline/contracts';
import { mergeIds, type Received } from '@throughline/messaging';
import { PathToHierarchy, type Consumer } from '@throughline/service';
import { ReviewQueue } from './review-queue';

/** Customers were scored anew: should a person read one of their engagements? */
@Injectable()
export class OnScoreChanged implements Consumer<ScoreChanged> {
  readonly message = scoreChanged;
  readonly durable = 'feedback--score-changed';
  readonly maxBatch = 64;
  readonly restShare = 0.6;
  readonly giveWayWhile = (): Promise<boolean> => this.path.isBusy();

  constructor(
    private readonly queue: ReviewQueue,
    private readonly path: PathToHierarchy,
  ) {}

  async handle(batch: readonly Received<ScoreChanged>[]): Promise<void> {
    await this.queue.consider(
      mergeIds(batch, ({ customerIds }) => customerIds),
      Date.now(),
    );
  }
}
