import { computed, inject, Injectable, signal } from '@angular/core';
import { texts } from '../../texts';
import { UrlState } from '../shell/url-state';
import { Loaded } from '../ui/loaded';
import { Toasts } from '../ui/toasts';
import { QualityApi, type Deed, type GapAnswer, type QueueAnswer, type Review, type ReviewRow } from './quality-api';
import { ReviewDraft } from './review-draft';

const words = texts.quality;

/** The queue, the engagement that is open, and what is written about it. Everything chosen stands in the address. */
@Injectable()
export class QualityStore {
  private readonly api = inject(QualityApi);
  private readonly toasts = inject(Toasts);
  private readonly url = inject(UrlState);

  readonly part = this.url.choice('part', ['queue', 'gap'] as const, 'queue');
  readonly state = this.url.choice('state', ['open', 'mine', 'done'] as const, 'open');
  readonly reason = this.url.choice('why', ['', 'lowEmpathy', 'differs', 'randomSample'] as const, '');
  /** Anchor of the open engagement. */
  readonly chosen = this.url.text('review');

  readonly queue = new Loaded<QueueAnswer>();
  readonly review = new Loaded<Review>();
  readonly gap = new Loaded<GapAnswer>();
  readonly rows = computed<readonly ReviewRow[]>(() => this.queue.value()?.reviews ?? []);
  private readonly drafting = signal<ReviewDraft | undefined>(undefined);
  readonly draft = this.drafting.asReadonly();
  readonly working = signal(false);

  async readQueue(): Promise<void> {
    const [state, reason] = [this.state(), this.reason()];
    await this.queue.load(() => this.api.queue(state, reason));
  }

  readGap(): Promise<void> {
    return this.gap.load(() => this.api.gap());
  }

  async readReview(anchor: string): Promise<void> {
    this.review.clear();
    this.drafting.set(undefined);
    if (anchor === '') return;
    await this.review.load(() => this.api.review(anchor));
    const review = this.review.value();
    if (review?.anchor === anchor) this.drafting.set(new ReviewDraft(review));
  }

  /** The engagement `by` places on in the queue; stays at its ends. */
  step(by: number): void {
    const rows = this.rows();
    if (rows.length === 0) return;
    const at = rows.findIndex(({ anchor }) => anchor === this.chosen());
    const next = rows[Math.max(0, Math.min(rows.length - 1, at < 0 ? 0 : at + by))]!;
    this.chosen.set(next.anchor, { replace: true });
  }

  async finish(): Promise<void> {
    const draft = this.draft();
    if (draft) await this.act(draft.deed(), words.finished, true);
  }

  /** Does it, says so, and goes on: to the next engagement when this one is over. */
  async act(deed: Deed, said: string, next = false): Promise<void> {
    const review = this.review.value();
    if (!review || this.working()) return;
    this.working.set(true);
    try {
      const { version } = await this.api.act(review.anchor, review.version, deed);
      const undo = next
        ? async () => void (await this.api.act(review.anchor, version, { kind: 'reopen' }), this.chosen.set(review.anchor), await this.readQueue())
        : undefined;
      this.toasts.show(said, undo ? { undo } : {});
      const rows = this.rows();
      const after = rows[rows.findIndex(({ anchor }) => anchor === review.anchor) + 1];
      if (next) this.chosen.set(after?.anchor ?? '', { replace: true });
      else await this.readReview(review.anchor);
      await this.readQueue();
    } catch (error) {
      this.toasts.problem(error);
    } finally {
      this.working.set(false);
    }
  }
}
