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
  template: `
    <tl-page-head [heading]="heading()">
      <a sub routerLink="/segments">{{ text.page.back }}</a>
      @if (store.segment(); as segment) {
        @if (segment.retiredAt !== null) {
          <span class="tl-chip">{{ text.state.retired }}</span>
        } @else if (segment.version !== null) {
          <span class="tl-chip good">{{ text.state.published(segment.version) }}</span>
          @if (segment.draft.differs) {
            <span class="tl-chip warn">{{ text.state.differs }}</span>
          }
        } @else {
          <span class="tl-chip warn">{{ text.state.draft }}</span>
        }
        @if (rights.edit()) {
          @if (store.isDirty()) {
            <span class="tl-small">{{ text.page.unsaved }}</span>
          }
          <button class="tl-button" type="button" [disabled]="!store.isDirty() || store.working()" (click)="save()">
            {{ store.working() ? text.page.saving : text.page.save }}
          </button>
        }
        @if (rights.publish()) {
          <button class="tl-button primary" type="button" [disabled]="store.working()" (click)="openPublish()">{{ text.page.publish }}</button>
        }
      }
    </tl-page-head>
    <div class="tl-page">
      @if (store.segment(); as segment) {
        @if (store.conflict(); as theirs) {
          <section class="notice bad" role="alert">
            <h2>{{ text.conflict.title(theirs.by) }}</h2>
            <p>{{ text.conflict.detail }}</p>
            <p class="tl-small">{{ text.conflict.changes }}</p>
            @for (change of store.clashChanges(); track $index) {
              <p class="tl-small">{{ change }}</p>
            } @empty {
              <p class="tl-small">{{ text.conflict.none }}</p>
            }
            <div class="tl-row">
              <button class="tl-button" type="button" (click)="keepMine()">{{ text.conflict.mine }}</button>
              <button class="tl-button" type="button" (click)="store.takeTheirs()">{{ text.conflict.theirs }}</button>
            </div>
          </section>
        }
        @if (waiting(); as waiting) {
          <section class="notice" role="status">
            @if (waiting.isMine) {
              <p>{{ text.publish.waitingMine(waiting.reason) }}</p>
            } @else {
              <p>{{ text.publish.waitingTheirs(waiting.by, waiting.reason, waiting.note) }}</p>
              @if (rights.publish() && !store.isDirty()) {
                <button class="tl-button" type="button" [disabled]="store.working()" (click)="agree(waiting.note)">{{ text.publish.agree }}</button>
              }
            }
          </section>
        }
        @if (running(); as words) {
          <section class="notice" role="status">
            <p>{{ words }}</p>
            @if (segment.run; as run) {
              <progress [max]="run.total || 1" [value]="run.done" [attr.aria-label]="words"></progress>
            }
          </section>
        } @else if (failure(); as words) {
          <section class="notice bad" role="alert">
            <p>{{ text.page.failure(words) }}</p>
          </section>
        }
        <nav class="tl-row" [attr.aria-label]="text.page.tabsLabel">
          <div class="tl-parts">
            @for (name of tabs; track name) {
              <button class="tl-button" type="button" [attr.aria-current]="name === tab() ? 'page' : null" (click)="tab.set(name)">
                {{ text.page.tabs[name] }}
              </button>
            }
          </div>
          <a class="tl-push tl-wider" routerLink="/kpi" [queryParams]="{ 'f.segment': segment.id }">{{ text.page.kpis }}</a>
        </nav>
        @switch (tab()) {
          @case ('rules') {
            <div class="columns">
              <div class="tl-stack wide">
                <tl-card>
                  @if (rights.edit()) {
                    <div class="names">
                      <div class="tl-field">
                        <label for="segment-name">{{ text.page.name }}</label>
                        <input
                          class="tl-input"
                          id="segment-name"
                          type="text"
                          maxlength="120"
                          autocomplete="off"
                          [value]="store.name()"
                          (input)="store.rename($any($event.target).value)"
                        />
                      </div>
                      <div class="tl-field">
                        <label for="segment-purpose">{{ text.page.description }}</label>
                        <input
                          class="tl-input"
                          id="segment-purpose"
                          type="text"
                          maxlength="2000"
                          autocomplete="off"
                          [value]="store.description()"
                          (input)="store.describe($any($event.target).value)"
                        />
                      </div>
                    </div>
                  } @else if (store.description()) {
                    <p>{{ store.description() }}</p>
                  }
                  <h2>{{ text.sentence.title }}</h2>
                  <p class="sentence">{{ store.sentence() }}</p>
                </tl-card>
                <tl-card [heading]="text.tree.title" [sub]="text.tree.sub">
                  <tl-rule-tree class="tree" [mayEdit]="rights.edit()" />
                  @if (!rights.edit() && segment.retiredAt === null) {
                    <p class="tl-foot" foot>{{ text.page.reader }}</p>
                  }
                </tl-card>
              </div>
              <div class="tl-stack wide side">
                @if (rights.count()) {
                  <tl-count-card />
                }
                @if (rights.customers()) {
                  <tl-try-out-card />
                }
                @if (rights.retire()) {
                  <div class="tl-row">
                    <button class="tl-button quiet" type="button" [disabled]="store.working()" (click)="retire(segment.retiredAt === null)">
                      {{ segment.retiredAt === null ? text.page.retire : text.page.bringBack }}
                    </button>
                  </div>
                }
              </div>
            </div>
          }
          @case ('people') {
            <tl-people-card />
          }
          @case ('versions') {
            <tl-versions-card (restored)="restore($event)" />
          }
        }
        <tl-publish-dialog (said)="said($event)" />
      } @else if (store.state(); as state) {
        <tl-card>
          <tl-state
            [state]="missing() ? 'empty' : state"
            [problem]="missing() ? undefined : store.problem()"
            [sentence]="missing() ? text.page.notFound : undefined"
            [detail]="missing() ? text.page.notFoundDetail : undefined"
            [rows]="8"
            (acted)="store.load(id())"
          />
        </tl-card>
      }
    </div>
  `,
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
