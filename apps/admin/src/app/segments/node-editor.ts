import { ChangeDetectionStrategy, Component, computed, inject, input, output, viewChild } from '@angular/core';
import { catalogue, fieldOf, type Condition, type Group, type NumberTest, type RuleNode } from '@throughline/domain-segments';
import { texts } from '../../texts';
import { ConditionEditor } from './condition-editor';
import { ConditionsEditor } from './conditions-editor';
import { Pick } from './pick';
import { SegmentStore } from './segment-store';
import { subjectKeyOf, subjectsOf } from './subjects';
import { scaleOf } from './value-editor';

const tests = ['atLeast', 'atMost', 'moreThan', 'lessThan', 'equals', 'between'] as const;
const joins = ['all', 'any', 'none'] as const;

/** The chosen node of the tree, open for change. */
@Component({
  selector: 'tl-node-editor',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Pick, ConditionEditor, ConditionsEditor],
  templateUrl: './node-editor.html',
  styles: `
    :host {
      display: grid;
      gap: 10px;
      padding: 4px 0 8px;
      min-width: 0;
      cursor: default;
    }

    .subject {
      width: min(340px, 100%);
    }

    .number {
      width: 100px;
      min-height: 30px;
      padding: 4px 8px;
      font-size: 13px;
      text-align: right;
    }
  `,
})
export class NodeEditor {
  readonly node = input.required<RuleNode>();
  readonly changed = output<RuleNode>();

  private readonly store = inject(SegmentStore);
  private readonly subject = viewChild<Pick>('subject');
  protected readonly text = texts.segments.edit;
  protected readonly tree = texts.segments.tree;
  protected readonly tests = tests;
  protected readonly joins = joins;
  protected readonly subjects = computed(() => subjectsOf(this.store.wording().segmentNames, this.store.segment()?.id ?? ''));
  protected readonly subjectKey = computed(() => subjectKeyOf(this.node()));
  protected readonly problems = computed(() => this.store.problems().filter(({ nodeId }) => nodeId === this.node().id));

  protected readonly things = computed(() => {
    const node = this.node();
    return node.kind === 'behaviour' ? catalogue.things[node.thing].label[1] : '';
  });
  /** Of the number that is measured. */
  protected readonly unit = computed(() => {
    const node = this.node();
    return node.kind === 'behaviour' && node.measure.take !== 'count' ? fieldOf(catalogue, node.thing, node.measure.field)?.unit : undefined;
  });
  protected readonly unitWords = computed(() => {
    const unit = this.unit();
    return unit ? this.text.units[unit] : '';
  });

  /** To the field that says what the rule is about. */
  focus(): void {
    this.subject()?.focus();
  }

  protected pickSubject(key: string): void {
    const subject = this.subjects().find((one) => one.key === key);
    if (subject && key !== this.subjectKey()) this.changed.emit({ ...subject.make(this.node().id), ...(this.node().muted && { muted: true }) } as RuleNode);
  }

  protected setJoin(join: Group['join']): void {
    this.change({ join });
  }

  protected setCondition(condition: Condition): void {
    const { id, muted } = this.node();
    this.changed.emit({ id, ...(muted && { muted }), kind: 'customer', ...condition });
  }

  protected setTest(is: NumberTest['is']): void {
    const node = this.node();
    if (node.kind !== 'behaviour') return;
    const { value } = node.test;
    const first = typeof value === 'number' ? value : value[0];
    this.change({ test: is === 'between' ? { is, value: [first, first + scaleOf(this.unit())] } : { is, value: first } });
  }

  protected testValue(end: 0 | 1): number {
    const node = this.node();
    if (node.kind !== 'behaviour') return 0;
    const { value } = node.test;
    return (typeof value === 'number' ? value : value[end]) / scaleOf(this.unit());
  }

  protected setTestValue(end: 0 | 1, field: HTMLInputElement): void {
    const node = this.node();
    if (node.kind !== 'behaviour' || Number.isNaN(field.valueAsNumber)) return;
    const next = field.valueAsNumber * scaleOf(this.unit());
    const { test } = node;
    this.change({
      test: test.is !== 'between' ? { is: test.is, value: next } : { is: test.is, value: end === 0 ? [next, test.value[1]] : [test.value[0], next] },
    });
  }

  protected setDays(field: HTMLInputElement): void {
    if (Number.isInteger(field.valueAsNumber) && field.valueAsNumber >= 1 && field.valueAsNumber <= 3650) this.change({ lastDays: field.valueAsNumber });
  }

  protected setMinutes(field: HTMLInputElement): void {
    if (Number.isInteger(field.valueAsNumber) && field.valueAsNumber >= 1) this.change({ withinMinutes: field.valueAsNumber });
  }

  protected change(part: object): void {
    this.changed.emit({ ...this.node(), ...part } as RuleNode);
  }
}
