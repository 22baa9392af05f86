import { ChangeDetectionStrategy, Component, computed, DestroyRef, effect, inject, input, linkedSignal, signal, untracked, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { texts } from '../../texts';
import { customerName } from '../shell/customer-name';
import { Live } from '../shell/live';
import { LiveMark } from '../shell/live-mark';
import { Session } from '../shell/session';
import { Shortcuts } from '../shell/shortcuts';
import { UrlState } from '../shell/url-state';
import { Card } from '../ui/card';
import { Drawer } from '../ui/drawer';
import { Level, type LevelName } from '../ui/level';
import { PageHead } from '../ui/page-head';
import { State } from '../ui/state';
import { Toasts } from '../ui/toasts';
import { splitLevelOf } from './correction-form';
import { CustomerStore } from './customer-store';
import type { NewCorrection } from './customers-api';
import { JourneyCard } from './journey-card';
import { NodePanel } from './node-panel';
import { titleOf } from './node-words';
import { OpenedCustomers } from './opened-customers';
import { ancestorsOf, everyNode, openTo, type TimelineNode } from './timeline';
import { TimelineTree } from './timeline-tree';
import { WhoCard } from './who-card';

const depths = ['newest', 'engagement', 'interaction', 'transaction', 'event'] as const;

/** What one customer went through, in five levels, as it happens. */
@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [RouterLink, Level, PageHead, Card, State, Drawer, LiveMark, TimelineTree, WhoCard, JourneyCard, NodePanel],
  providers: [CustomerStore],
  template: `
    <tl-page-head [heading]="name()">
      <a sub routerLink="/customers">{{ text.page.back }}</a>
      @if (store.tree(); as tree) {
        @if (tree.rebuilding) {
          <span class="tl-chip guess">{{ text.page.rebuilding }}</span>
        }
        <tl-live-mark />
        <label class="tl-row">
          <span class="tl-small">{{ text.page.level }}</span>
          <select class="tl-select compact" (change)="openLevel($any($event.target).value)">
            @for (choice of depths; track choice) {
              <option [value]="choice" [selected]="choice === level()">{{ text.page.levels[choice] }}</option>
            }
          </select>
        </label>
        <button class="tl-button tl-wider" type="button" (click)="copyLink()">{{ text.page.copyLink }}</button>
      }
    </tl-page-head>
    <div class="tl-page">
      @if (store.tree(); as tree) {
        <div class="columns" [class.docked]="shown()">
          <aside class="tl-stack wide" [attr.aria-label]="text.who.title">
            <tl-who-card [customer]="tree.customer" (shown)="goToEvent($event)" />
            <tl-journey-card [tree]="tree" />
          </aside>
          <div class="tl-stack middle" [class.busy]="store.busy()">
            @if (store.nodes().length === 0) {
              <tl-card><tl-state state="empty" [sentence]="text.page.emptyTitle" /></tl-card>
            }
            <tl-timeline-tree
              [nodes]="store.nodes()"
              [open]="open()"
              [chosen]="shown()?.key"
              [at]="at()"
              (opened)="turn($event.key, $event.open)"
              (openedAll)="openAll($event)"
              (walked)="at.set($event)"
              (chose)="choose($event)"
            />
            <div class="tl-row tl-small hint">
              @for (level of levels; track level) {
                <span class="tl-row sign"><tl-level [of]="level" [quiet]="true" />{{ names[level] }}</span>
              }
              <span class="tl-row tl-push tl-wider" aria-hidden="true">
                <kbd>→</kbd>{{ text.tree.hint.open }} <kbd>←</kbd>{{ text.tree.hint.close }} <kbd>Enter</kbd>{{ text.tree.hint.choose }}
                @if (mayCorrect) {
                  <kbd>S</kbd>{{ text.tree.hint.split }}
                }
              </span>
            </div>
            @if (tree.more || before()) {
              <div class="tl-row">
                @if (before()) {
                  <button class="tl-button" type="button" (click)="before.set('')">{{ text.page.newer }}</button>
                }
                @if (tree.more; as more) {
                  <button class="tl-button" type="button" (click)="before.set(more.cursor)">{{ text.page.older }}</button>
                  <span class="tl-small">{{ text.page.left }}</span>
                }
              </div>
            }
          </div>
          @if (shown(); as node) {
            @for (key of [node.key]; track key) {
              <tl-drawer [class.implicit]="!focused()" [docked]="true" [quiet]="!focused()" [heading]="title(node)" (closed)="close()">
                <tl-node-panel
                  [node]="node"
                  [all]="store.nodes()"
                  [mayCorrect]="mayCorrect"
                  [working]="working()"
                  (corrected)="correct($event)"
                  (shown)="goToEvent($event)"
                />
              </tl-drawer>
            }
          }
        </div>
      } @else if (store.state(); as state) {
        <tl-card>
          <tl-state
            [state]="missing() ? 'empty' : state"
            [problem]="store.problem()"
            [sentence]="missing() ? text.page.notFound : undefined"
            [detail]="missing() ? text.page.notFoundDetail : undefined"
            [rows]="8"
            (acted)="store.refresh()"
          />
        </tl-card>
      }
    </div>
  `,
  styleUrl: './customer-page.css',
})
export class CustomerPage {
  protected readonly store = inject(CustomerStore);
  private readonly toasts = inject(Toasts);
  private readonly opened = inject(OpenedCustomers);
  private readonly tree = viewChild(TimelineTree);
  protected readonly text = texts.customers;
  protected readonly depths = depths;
  protected readonly levels: readonly LevelName[] = ['engagement', 'interaction', 'transaction', 'event'];
  protected readonly names = texts.ui.level;
  protected readonly title = titleOf;
  protected readonly mayCorrect = inject(Session).can('hierarchy.correct');

  /** From the address. */
  readonly id = input.required<string>();
  private readonly url = inject(UrlState);
  protected readonly focused = this.url.text('focus');
  protected readonly level = this.url.choice('level', depths, 'newest');
  protected readonly before = this.url.text('before');

  protected readonly working = signal(false);
  protected readonly at = signal<string | undefined>(undefined);
  protected readonly missing = computed(() => this.store.problem()?.status === 404);
  protected readonly name = computed(() => customerName(this.store.tree()?.customer.identifiers ?? []) ?? this.text.customer);

  /** Open lines: those of the level, those that lead to what is focused, and what was opened and closed by hand since. */
  private readonly turned = linkedSignal<string, ReadonlyMap<string, boolean>>({ source: () => `${this.level()} ${this.id()}`, computation: () => new Map() });
  /** The engagement that was the newest when the customer was opened: a newer one that comes while it is read does not close it. */
  private readonly newest = linkedSignal<{ readonly id: string; readonly keys: readonly string[] }, { readonly id: string; readonly key: string | undefined }>({
    source: () => ({ id: this.id(), keys: this.store.nodes().map(({ key }) => key) }),
    computation: ({ id, keys }, before) => {
      const kept = before?.value;
      return kept?.id === id && kept.key !== undefined && keys.includes(kept.key) ? kept : { id, key: keys[0] };
    },
  });
  protected readonly open = computed(() => {
    const nodes = this.store.nodes();
    const level = this.level();
    const open = level === 'newest' ? new Set([this.newest().key ?? '']) : openTo(nodes, level);
    const target = this.target();
    for (const ancestor of target ? ancestorsOf(target) : []) open.add(ancestor.key);
    for (const [key, isOpen] of this.turned())
      if (isOpen) open.add(key);
      else open.delete(key);
    return open;
  });

  /** What the address points at: a node, or the node that now holds the event of an id that was shown once. */
  private readonly target = computed(() => {
    const wanted = this.focused() || this.store.tree()?.asked?.nodeId;
    return wanted ? find(this.store.nodes(), wanted) : undefined;
  });
  /** Without a focus the latest contact stands beside the tree where there is room. */
  protected readonly shown = computed(() => {
    if (this.focused()) return this.target();
    const newest = this.store.nodes()[0];
    return this.target() ?? newest?.children.findLast(({ level }) => level === 'interaction') ?? newest;
  });

  constructor() {
    const { store } = this;
    effect(() => {
      const [id, before] = [this.id(), this.before()];
      untracked(() => void store.load(id, before || undefined));
    });
    const live = inject(Live);
    const destroyRef = inject(DestroyRef);
    effect((onCleanup) => {
      const tree = store.tree();
      if (!tree) return;
      untracked(() => this.opened.add(tree));
      onCleanup(live.on([`journey:${tree.customer.id}`], () => void store.refresh(), destroyRef));
    });
    const shortcuts = [{ keys: 'Escape', label: this.text.evidence.keysSheet.close, run: () => this.close() }];
    if (this.mayCorrect) shortcuts.push({ keys: 's', label: this.text.evidence.keysSheet.split, run: () => this.splitHere() });
    inject(Shortcuts).add(shortcuts);
  }

  protected openLevel(level: (typeof depths)[number]): void {
    this.level.set(level);
  }

  protected turn(key: string, open: boolean): void {
    this.turned.update((turned) => new Map(turned).set(key, open));
  }

  protected openAll(keys: readonly string[]): void {
    this.turned.update((turned) => new Map([...turned, ...keys.map((key) => [key, true] as const)]));
  }

  protected choose(node: TimelineNode): void {
    this.at.set(node.key);
    if (node.id !== 'loose') this.focused.set(node.key.includes('/') && node.level === 'interaction' ? node.key.split('/').slice(-1)[0]! : node.id);
  }

  protected close(): void {
    const { key } = this.shown() ?? {};
    this.focused.set('');
    if (key) this.tree()?.focus(key);
  }

  /** To the place of an event, wherever it is now. */
  protected goToEvent(eventId: string): void {
    const node = find(this.store.nodes(), eventId);
    if (!node) return;
    this.at.set(node.key);
    this.focused.set(node.id);
  }

  protected async copyLink(): Promise<void> {
    await navigator.clipboard.writeText(location.href);
    this.toasts.show(this.text.page.copied);
  }

  protected async correct(correction: NewCorrection): Promise<void> {
    if (this.working()) return;
    this.working.set(true);
    const { splitDone, joinDone, relabelDone } = this.text.evidence;
    try {
      const undo = await this.store.correct(correction);
      this.toasts.show({ cut: splitDone, join: joinDone, relabel: relabelDone }[correction.kind], { undo });
    } catch (error) {
      this.toasts.problem(error);
    } finally {
      this.working.set(false);
    }
  }

  private splitHere(): void {
    const node = find(this.store.nodes(), this.at() ?? '') ?? this.shown();
    if (!node) return;
    const level = splitLevelOf(node);
    if (level) void this.correct({ kind: 'cut', level, eventId: node.eventId });
    else this.toasts.show(this.text.evidence.splitFirst);
  }
}

/** By key or id; an event id alone also finds the event. */
function find(nodes: readonly TimelineNode[], wanted: string): TimelineNode | undefined {
  for (const node of everyNode(nodes)) if (node.key === wanted || node.id === wanted) return node;
  return undefined;
}
