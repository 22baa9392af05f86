import { ChangeDetectionStrategy, Component, computed, DestroyRef, effect, inject, input, untracked, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { texts } from '../../texts';
import { Shortcuts } from '../shell/shortcuts';
import { UrlState } from '../shell/url-state';
import { Card } from '../ui/card';
import { formatNumber } from '../ui/format';
import { PageHead } from '../ui/page-head';
import { State } from '../ui/state';
import { Toasts } from '../ui/toasts';
import { CountCard } from './count-card';
import { KnownValues } from './known-values';
import { LiveCount } from './live-count';
import { PeopleCard } from './people-card';
import { PublishDialog } from './publish-dialog';
import { RuleTree } from './rule-tree';
import { SegmentRights } from './segment-rights';
import { SegmentStore } from './segment-store';
import { TryOut } from './try-out';
import { TryOutCard } from './try-out-card';
import { VersionsCard } from './versions-card';

const tabs = ['rules', 'people', 'versions'] as const;
const lookMs = 1_500;

/** One segment: its rule, how many it holds, who they are, and every version of it. */
@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [RouterLink, PageHead, Card, State, RuleTree, CountCard, TryOutCard, VersionsCard, PeopleCard, PublishDialog],
  providers: [SegmentStore, LiveCount, TryOut, KnownValues, SegmentRights],
  templateUrl: './segment-page.html',
  styleUrl: './segment-page.css',
})
export class SegmentPage {
  protected readonly store = inject(SegmentStore);
  protected readonly rights = inject(SegmentRights);
  private readonly toasts = inject(Toasts);
  private readonly dialog = viewChild(PublishDialog);
  protected readonly text = texts.segments;
  protected readonly tabs = tabs;

  /** From the address. */
  readonly id = input.required<string>();
  protected readonly tab = inject(UrlState).choice('tab', tabs, 'rules');

  protected readonly missing = computed(() => this.store.problem()?.status === 404);
  protected readonly heading = computed(() => this.store.name() || this.text.title);
  /** Who is in is being worked out. */
  protected readonly running = computed(() => {
    const segment = this.store.segment();
    if (!segment || segment.version === null || segment.retiredAt !== null) return undefined;
    const { run } = segment;
    if (!run || run.version !== segment.version) return this.text.state.working;
    return run.finishedAt === null ? this.text.page.workingOut(formatNumber(run.done), formatNumber(run.total)) : undefined;
  });
  protected readonly failure = computed(() => this.store.segment()?.run?.failure ?? undefined);
  protected readonly waiting = computed(() => {
    const waiting = this.store.segment()?.waiting;
    return waiting && waiting.revision === this.store.segment()?.draft.revision ? waiting : undefined;
  });

  constructor() {
    effect(() => {
      const id = this.id();
      untracked(() => void this.store.load(id));
    });
    // While people are worked out the page follows.
    const look = setInterval(() => {
      if (this.running() !== undefined && !document.hidden) void this.store.refresh();
    }, lookMs);
    inject(DestroyRef).onDestroy(() => clearInterval(look));
    inject(Shortcuts).add([
      { keys: 'mod+Enter', label: this.text.keys.publish, inFields: true, run: () => this.openPublish() },
      { keys: 'mod+s', label: this.text.keys.save, inFields: true, run: () => void this.save() },
    ]);
  }

  /** Leaving keeps what was written. */
  async leave(): Promise<boolean> {
    if (!this.rights.edit() || !this.store.isDirty()) return true;
    return this.save();
  }

  protected openPublish(): void {
    if (this.rights.publish()) this.dialog()?.open();
  }

  protected async save(): Promise<boolean> {
    if (!this.rights.edit() || !this.store.isDirty()) return true;
    return this.done(async () => {
      if (!(await this.store.save())) return false;
      this.toasts.show(this.text.page.saved);
      return true;
    });
  }

  protected async agree(note: string): Promise<void> {
    await this.done(async () => {
      const reply = await this.store.publish(note);
      if (reply?.kind === 'published') this.toasts.show(this.text.publish.done(reply.version));
      return true;
    });
  }

  protected async restore(version: number): Promise<void> {
    await this.done(async () => {
      const undo = await this.store.restore(version);
      if (undo) this.toasts.show(this.text.versions.restored(version), { undo });
      return undo !== undefined;
    });
  }

  protected async retire(retired: boolean): Promise<void> {
    await this.done(async () => {
      await this.store.retire(retired);
      this.toasts.show(retired ? this.text.page.retiredDone : this.text.page.backDone, { undo: () => this.store.retire(!retired) });
      return true;
    });
  }

  protected keepMine(): void {
    void this.done(() => this.store.keepMine());
  }

  private async done(work: () => Promise<boolean>): Promise<boolean> {
    try {
      return await work();
    } catch (error) {
      this.toasts.problem(error);
      return false;
    }
  }

  protected readonly said = ({ words }: { readonly words: string }): void => this.toasts.show(words);
}
