import { computed, inject, Injectable, signal } from '@angular/core';
import {
  catalogue,
  checkRule,
  diffRules,
  sentenceOf,
  type KnownSegments,
  type RuleProblem,
  type SegmentRule,
  type Wording,
} from '@throughline/domain-segments';
import { ApiProblem } from '../../api/api-problem';
import type { SegmentPublished } from '../../api/schema';
import type { StateKind } from '../ui/state';
import { placeOf, type Edited } from './rule-edit';
import { conflictOf, SegmentsApi, type WholeSegment } from './segments-api';

type Conflict = NonNullable<ReturnType<typeof conflictOf>>;

const remembered = 200;

/** One segment on the screen: what is stored, and the draft as it is being written, with its whole history. Provided by the page. */
@Injectable()
export class SegmentStore {
  private readonly api = inject(SegmentsApi);
  private readonly stored = signal<WholeSegment | undefined>(undefined);
  private readonly failed = signal<ApiProblem | undefined>(undefined);
  private readonly written = signal<{ readonly name: string; readonly description: string } | undefined>(undefined);
  private readonly rules = signal<{ readonly past: readonly SegmentRule[]; readonly now: SegmentRule; readonly future: readonly SegmentRule[] } | undefined>(
    undefined,
  );
  private readonly chosenId = signal('');
  private readonly clash = signal<Conflict | undefined>(undefined);
  private readonly atWork = signal(false);

  readonly segment = this.stored.asReadonly();
  readonly problem = this.failed.asReadonly();
  readonly conflict = this.clash.asReadonly();
  readonly working = this.atWork.asReadonly();
  readonly state = computed<StateKind | undefined>(() => (this.stored() ? undefined : this.failed() ? 'error' : 'loading'));

  readonly name = computed(() => this.written()?.name ?? '');
  readonly description = computed(() => this.written()?.description ?? '');
  /** The draft as it stands on the screen. */
  readonly rule = computed(() => this.rules()?.now);
  readonly canUndo = computed(() => (this.rules()?.past.length ?? 0) > 0);
  readonly canRedo = computed(() => (this.rules()?.future.length ?? 0) > 0);
  /** The node that is being changed; the outermost group where it is gone. */
  readonly chosen = computed(() => {
    const rule = this.rule();
    if (!rule) return undefined;
    return placeOf(rule, this.chosenId()) ?? placeOf(rule, rule.root.id);
  });

  readonly wording = computed<Wording>(() => ({ catalogue, segmentNames: new Map(Object.entries(this.stored()?.names ?? {})) }));
  readonly sentence = computed(() => {
    const rule = this.rule();
    return rule ? sentenceOf(rule, this.wording()) : '';
  });
  /** What keeps the rule from being run, as far as this page can tell. */
  readonly problems = computed<readonly RuleProblem[]>(() => {
    const [rule, segment] = [this.rule(), this.stored()];
    return rule && segment ? checkRule(rule, catalogue, this.known(), segment.id) : [];
  });
  readonly isDirty = computed(() => {
    const segment = this.stored();
    if (!segment) return false;
    return this.name() !== segment.name || this.description() !== segment.description || JSON.stringify(this.rule()) !== JSON.stringify(segment.draftRule);
  });
  /** What a publication would change, in words; undefined where nothing was published yet. */
  readonly changes = computed(() => {
    const [rule, segment] = [this.rule(), this.stored()];
    return rule && segment?.rule ? diffRules(segment.rule, rule, this.wording()).map(({ words }) => words) : undefined;
  });
  /** From the other side's draft to ours, in words. */
  readonly clashChanges = computed(() => {
    const [rule, clash] = [this.rule(), this.clash()];
    return rule && clash ? diffRules(clash.rule, rule, this.wording()).map(({ words }) => words) : [];
  });

  async load(id: string): Promise<void> {
    if (this.stored()?.id !== id) this.stored.set(undefined);
    try {
      const segment = await this.api.read(id);
      this.failed.set(undefined);
      this.take(segment);
    } catch (error) {
      this.failed.set(ApiProblem.from(error));
    }
  }

  /** Reads again what is not being written: size, state, how far the working out is. */
  async refresh(): Promise<void> {
    const before = this.stored();
    if (!before || this.atWork()) return;
    try {
      const segment = await this.api.read(before.id);
      if (this.atWork() || this.stored()?.id !== segment.id) return;
      if (!this.isDirty()) this.take(segment, true);
      else this.stored.update((now) => now && { ...segment, name: now.name, description: now.description, draftRule: now.draftRule, draft: now.draft });
    } catch {
      // What is on the screen stays; the next look tries again.
    }
  }

  choose(id: string): void {
    this.chosenId.set(id);
  }

  rename(name: string): void {
    this.written.update((written) => written && { ...written, name });
  }

  describe(description: string): void {
    this.written.update((written) => written && { ...written, description });
  }

  edit({ rule, chosen }: Edited): void {
    this.chosenId.set(chosen);
    this.rules.update((rules) => (rules && rules.now !== rule ? { past: [...rules.past.slice(-remembered), rules.now], now: rule, future: [] } : rules));
  }

  undo(): void {
    this.rules.update((rules) => {
      const before = rules?.past.at(-1);
      return rules && before ? { past: rules.past.slice(0, -1), now: before, future: [rules.now, ...rules.future] } : rules;
    });
  }

  redo(): void {
    this.rules.update((rules) => {
      const [next, ...future] = rules?.future ?? [];
      return rules && next ? { past: [...rules.past, rules.now], now: next, future } : rules;
    });
  }

  /** Keeps the draft. False when somebody else was first: then `conflict` holds theirs. Other refusals are thrown. */
  async save(): Promise<boolean> {
    const [segment, rule] = [this.stored(), this.rule()];
    if (!segment || !rule || !this.isDirty()) return true;
    return this.during(async () => {
      const draft = { name: this.name().trim(), description: this.description().trim(), rule };
      const revision = await this.api.save(segment.id, segment.draft.revision, draft);
      this.written.set({ name: draft.name, description: draft.description });
      this.stored.set({ ...segment, ...draft, draftRule: rule, draft: { ...segment.draft, revision } });
    });
  }

  /** Saves what is not saved, and publishes it. Undefined when somebody else was first. */
  async publish(note: string): Promise<SegmentPublished | undefined> {
    if (!(await this.save())) return undefined;
    const segment = this.stored()!;
    let reply: SegmentPublished | undefined;
    await this.during(async () => {
      reply = await this.api.publish(segment.id, segment.draft.revision, note);
    });
    await this.load(segment.id);
    return reply;
  }

  /** The draft of a former version; gives what brings the present one back. */
  async restore(version: number): Promise<(() => Promise<void>) | undefined> {
    if (!(await this.save())) return undefined;
    const before = this.stored()!;
    if (!(await this.during(() => this.api.restore(before.id, version, before.draft.revision).then(() => undefined)))) return undefined;
    await this.load(before.id);
    return async () => {
      const now = this.stored()!;
      await this.api.save(now.id, now.draft.revision, { name: before.name, description: before.description, rule: before.draftRule });
      await this.load(now.id);
    };
  }

  async retire(retired: boolean): Promise<void> {
    const { id } = this.stored()!;
    await this.api.retire(id, retired);
    await this.load(id);
  }

  keepMine(): Promise<boolean> {
    const clash = this.clash();
    this.clash.set(undefined);
    if (clash)
      this.stored.update(
        (segment) =>
          segment && {
            ...segment,
            name: clash.name,
            description: clash.description,
            draftRule: clash.rule,
            draft: { ...segment.draft, revision: clash.revision },
          },
      );
    return this.save();
  }

  async takeTheirs(): Promise<void> {
    const { id } = this.stored()!;
    this.clash.set(undefined);
    this.written.set(undefined);
    await this.load(id);
  }

  private take(segment: WholeSegment, keepHistory = false): void {
    this.stored.set(segment);
    this.written.set({ name: segment.name, description: segment.description });
    const same = JSON.stringify(this.rules()?.now) === JSON.stringify(segment.draftRule);
    if (!(keepHistory && same)) this.rules.set({ past: [], now: segment.draftRule, future: [] });
  }

  private async during(work: () => Promise<void>): Promise<boolean> {
    this.atWork.set(true);
    try {
      await work();
      return true;
    } catch (error) {
      const clash = conflictOf(error);
      if (!clash) throw error;
      this.clash.set(clash);
      return false;
    } finally {
      this.atWork.set(false);
    }
  }

  /** The other segments by name; whether they lead back here is the server's to say. */
  private known(): KnownSegments {
    const rule: SegmentRule = { version: 1, root: { id: 'root', kind: 'group', join: 'all', of: [] } };
    return new Map(Object.entries(this.stored()?.names ?? {}).map(([id, name]) => [id, { name, rule }]));
  }
}
