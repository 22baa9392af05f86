import { afterNextRender, ApplicationRef, ChangeDetectionStrategy, Component, computed, ElementRef, inject, Injector, input, viewChild } from '@angular/core';
import { nodeWords, type RuleNode } from '@throughline/domain-segments';
import { texts } from '../../texts';
import { formatShare } from '../ui/format';
import { LiveCount } from './live-count';
import { NodeEditor } from './node-editor';
import { addAfter, addInto, duplicateNode, freshId, moveIn, moveNode, moveOut, muteNode, places, removeNode, replaceNode, type Edited } from './rule-edit';
import { SegmentStore } from './segment-store';
import { subjectsOf } from './subjects';
import { TryOut } from './try-out';

/** A button over the tree: an icon with its words read out, or the words themselves. */
interface Tool {
  readonly words: string;
  readonly icon?: string;
  readonly keys?: string;
  readonly off?: boolean;
  readonly act: () => void;
}

interface Row {
  readonly node: RuleNode;
  readonly depth: number;
  readonly place: number;
  readonly of: number;
  readonly mutedAround: boolean;
}

/**
 * The rule as a tree, of which each row may hold fields (so a treegrid). One tab stop: ↑ ↓ Home End walk, ← goes out and → into a group, Tab goes on into the chosen node's fields. Enter adds a rule after the node, Delete removes
 * it, Ctrl D doubles it, Alt with ↑ ↓ moves it, Alt with → ← moves it into a group and out, M mutes.
 */
@Component({
  selector: 'tl-rule-tree',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [NodeEditor],
  template: `
    @if (mayEdit()) {
      <div class="tools" role="toolbar" [attr.aria-label]="text.tools">
        @for (group of tools(); track $index) {
          <span class="together">
            @for (tool of group; track $index) {
              <button
                class="tl-button"
                type="button"
                [class.icon]="tool.icon"
                [attr.aria-label]="tool.icon ? tool.words : null"
                [attr.title]="tool.icon ? tool.words + (tool.keys ? ' (' + tool.keys + ')' : '') : null"
                [disabled]="tool.off"
                (click)="tool.act()"
              >
                {{ tool.icon ?? tool.words }}
              </button>
            }
          </span>
        }
      </div>
    }
    <div class="tree" role="treegrid" [attr.aria-label]="text.label">
      @for (row of rows(); track row.node.id) {
        @let node = row.node; @let answer = answerOf(node); @let isChosen = node.id === chosenId();
        <div
          role="row"
          class="row {{ node.kind }}"
          [class.on]="isChosen"
          [class.muted]="row.mutedAround"
          [class.faulty]="faulty().has(node.id)"
          [style.--depth]="row.depth - 1"
          [attr.aria-level]="row.depth"
          [attr.aria-posinset]="row.place"
          [attr.aria-setsize]="row.of"
          [attr.aria-expanded]="node.kind === 'group' ? true : null"
          [attr.aria-selected]="isChosen"
          [attr.aria-label]="spoken(row)"
          [attr.data-id]="node.id"
          [tabindex]="isChosen ? 0 : -1"
          (click)="choose(node)"
          (keydown)="onKey($event, row)"
        >
          <div role="gridcell">
            <div class="line">
              <span class="words">{{ wordsOf(node) }}</span>
              @if (node.muted) {
                <span class="tl-chip">{{ text.muted }}</span>
              }
              @if (shareOf(node); as share) {
                <span class="tl-small share" [title]="text.holdsFor(share)">{{ share }}</span>
              }
              @if (answer === true) {
                <span class="answer yes" aria-hidden="true">✓</span>
              } @else if (answer === false) {
                <span class="answer no" aria-hidden="true">✗</span>
              }
            </div>
            @if (isChosen && mayEdit()) {
              <tl-node-editor [node]="node" (changed)="change($event)" />
            }
            @if (node.kind === 'group' && node.of.length === 0) {
              <p class="tl-small">{{ text.empty }}</p>
            }
          </div>
        </div>
      }
    </div>
    @if (mayEdit()) {
      <p class="hint tl-small tl-wider" aria-hidden="true">
        <kbd>↑</kbd>&ngsp;<kbd>↓</kbd> {{ text.hint.walk }} · <kbd>Enter</kbd> {{ text.hint.add }} · <kbd>Tab</kbd> {{ text.hint.into }} ·
        <kbd>Alt ↑ ↓ → ←</kbd> {{ text.hint.move }} · <kbd>Ctrl D</kbd> {{ text.hint.duplicate }} · <kbd>Ctrl Enter</kbd> {{ text.hint.publish }}
      </p>
    }
  `,
  styleUrl: './rule-tree.css',
})
export class RuleTree {
  protected readonly store = inject(SegmentStore);
  private readonly count = inject(LiveCount);
  private readonly tryOut = inject(TryOut);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly injector = inject(Injector);
  private readonly app = inject(ApplicationRef);
  private readonly editor = viewChild(NodeEditor);

  readonly mayEdit = input(false);

  protected readonly text = texts.segments.tree;
  protected readonly rows = computed<readonly Row[]>(() => {
    const rule = this.store.rule();
    if (!rule) return [];
    return [...places(rule.root)].map(({ node, around, index }) => ({
      node,
      depth: around.length + 1,
      place: index + 1,
      of: around.at(-1)?.of.length ?? 1,
      mutedAround: [...around, node].some(({ muted }) => muted),
    }));
  });
  protected readonly chosenId = computed(() => this.store.chosen()?.node.id);
  protected readonly isRoot = computed(() => this.store.chosen()?.around.length === 0);
  protected readonly faulty = computed(() => new Set(this.store.problems().map(({ nodeId }) => nodeId)));

  /** To the tree, or to a node of it. */
  focus(id = this.chosenId()): void {
    afterNextRender(() => this.host.nativeElement.querySelector<HTMLElement>(`[data-id="${CSS.escape(id ?? '')}"]`)?.focus(), { injector: this.injector });
  }

  protected wordsOf(node: RuleNode): string {
    return node.kind === 'group' ? this.text.joins[node.join] : capital(nodeWords(node, this.store.wording()));
  }

  protected answerOf(node: RuleNode): boolean | null | undefined {
    return this.tryOut.answers().get(node.id);
  }

  protected shareOf(node: RuleNode): string | undefined {
    const share = this.count.shares().get(node.id);
    if (share === undefined) return undefined;
    return share > 0 && share < 0.005 ? '< 1 %' : formatShare(share);
  }

  protected spoken({ node, mutedAround }: Row): string {
    const answer = this.answerOf(node);
    const share = this.shareOf(node);
    return [
      this.wordsOf(node),
      mutedAround && this.text.muted,
      answer === true && this.text.held,
      answer === false && this.text.notHeld,
      share && this.text.holdsFor(share),
    ]
      .filter(Boolean)
      .join(', ');
  }

  protected choose(node: RuleNode): void {
    this.store.choose(node.id);
  }

  protected change(node: RuleNode): void {
    this.store.edit({ rule: replaceNode(this.store.rule()!, node.id, node), chosen: node.id });
  }

  /** A rule to be filled, and the focus where it is said what it is about. */
  protected add(kind: 'rule' | 'group'): void {
    const [rule, chosen] = [this.store.rule()!, this.store.chosen()!.node];
    const id = freshId(rule);
    const first = subjectsOf(new Map(), '').find(({ key }) => key === 'contact.count')!;
    const added: RuleNode = kind === 'group' ? { id, kind: 'group', join: 'any', of: [] } : first.make(id);
    this.store.edit(chosen.kind === 'group' ? addInto(rule, chosen.id, added) : addAfter(rule, chosen.id, added));
    if (kind === 'group') this.focus(id);
    else afterNextRender(() => this.editor()?.focus(), { injector: this.injector });
  }

  protected deed(change: (rule: NonNullable<ReturnType<SegmentStore['rule']>>, id: string) => Edited): void {
    const chosen = this.chosenId();
    if (!this.mayEdit() || chosen === undefined) return;
    this.store.edit(change(this.store.rule()!, chosen));
    this.focus();
  }

  protected readonly deeds = {
    up: (): void => this.deed((rule, id) => moveNode(rule, id, -1)),
    down: (): void => this.deed((rule, id) => moveNode(rule, id, 1)),
    in: (): void => this.deed(moveIn),
    out: (): void => this.deed(moveOut),
    duplicate: (): void => this.deed(duplicateNode),
    mute: (): void => this.deed(muteNode),
    remove: (): void => this.deed(removeNode),
  };

  /** What stands over the tree, in groups. */
  protected readonly tools = computed<readonly (readonly Tool[])[]>(() => {
    const { text, deeds, store } = this;
    const off = this.isRoot();
    return [
      [
        { words: text.add, act: () => this.add('rule') },
        { words: text.addGroup, act: () => this.add('group') },
      ],
      [
        { icon: '↑', words: text.deeds.up, off, act: deeds.up },
        { icon: '↓', words: text.deeds.down, off, act: deeds.down },
        { icon: '→', words: text.deeds.in, off, act: deeds.in },
        { icon: '←', words: text.deeds.out, off, act: deeds.out },
      ],
      [
        { words: text.deeds.duplicate, off, act: deeds.duplicate },
        { words: store.chosen()?.node.muted ? text.deeds.unmute : text.deeds.mute, off, act: deeds.mute },
        { words: text.deeds.remove, off, act: deeds.remove },
      ],
      [
        { icon: '↶', words: text.undo, keys: 'Ctrl Z', off: !store.canUndo(), act: () => this.step('undo') },
        { icon: '↷', words: text.redo, keys: 'Ctrl Y', off: !store.canRedo(), act: () => this.step('redo') },
      ],
    ];
  });

  protected onKey(event: KeyboardEvent, { node, depth }: Row): void {
    const mod = event.ctrlKey || event.metaKey;
    // From a field of the editor Escape leads back to its line; everything else is the field's own.
    if (event.target !== event.currentTarget) {
      if (event.key === 'Escape') this.handled(event, () => this.focus(node.id));
      return;
    }
    const rows = this.rows();
    const at = rows.findIndex((row) => row.node.id === node.id);
    const walk = (row: Row | undefined): void => {
      if (!row) return;
      this.store.choose(row.node.id);
      this.focus(row.node.id);
    };
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const deed = this.deedFor(mod ? `mod+${key}` : event.altKey ? `alt+${key}` : key);
    if (deed) return this.handled(event, deed);
    if (mod || event.altKey) return;
    const steps: Readonly<Record<string, () => void>> = {
      ArrowDown: () => walk(rows[at + 1]),
      ArrowUp: () => walk(rows[at - 1]),
      Home: () => walk(rows[0]),
      End: () => walk(rows.at(-1)),
      ArrowRight: () => (node.kind === 'group' ? walk(rows[at + 1]) : this.editor()?.focus()),
      ArrowLeft: () => walk(rows.slice(0, at).findLast((row) => row.depth < depth)),
    };
    const step = steps[event.key];
    if (step) this.handled(event, step);
  }

  private deedFor(key: string): (() => void) | undefined {
    if (!this.mayEdit()) return undefined;
    const { deeds } = this;
    const keys: Readonly<Record<string, () => void>> = {
      Enter: () => this.add('rule'),
      Delete: deeds.remove,
      m: deeds.mute,
      'mod+d': deeds.duplicate,
      'mod+z': () => this.step('undo'),
      'mod+y': () => this.step('redo'),
      'alt+ArrowUp': deeds.up,
      'alt+ArrowDown': deeds.down,
      'alt+ArrowRight': deeds.in,
      'alt+ArrowLeft': deeds.out,
    };
    return keys[key];
  }

  protected step(way: 'undo' | 'redo'): void {
    this.store[way]();
    this.focus();
  }

  /** Drawn before the next key comes, however fast: it finds the focus where this one has put it. */
  private handled(event: KeyboardEvent, deed: () => void): void {
    event.preventDefault();
    event.stopPropagation();
    deed();
    this.app.tick();
  }
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
