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
  template: `
    @let node = this.node();
    @if (node.kind === 'group') {
      <div class="tl-row">
        <select class="tl-select compact" [attr.aria-label]="tree.join" (change)="setJoin($any($event.target).value)">
          @for (join of joins; track join) {
            <option [value]="join" [selected]="join === node.join">{{ tree.joins[join] }}</option>
          }
        </select>
      </div>
    } @else {
      <div class="tl-row">
        <tl-pick
          #subject
          class="subject"
          [label]="text.about"
          [placeholder]="text.aboutPlaceholder"
          [choices]="subjects()"
          [chosen]="subjectKey()"
          (picked)="pickSubject($event)"
        />
        @switch (node.kind) {
          @case ('customer') {
            <tl-condition-editor [condition]="node" thing="customer" [picksField]="false" (changed)="setCondition($event)" />
          }
          @case ('membership') {
            <select class="tl-select compact" [attr.aria-label]="text.member" (change)="change({ member: $any($event.target).value === 'yes' })">
              <option value="yes" [selected]="node.member">{{ text.memberOf.yes }}</option>
              <option value="no" [selected]="!node.member">{{ text.memberOf.no }}</option>
            </select>
          }
          @case ('behaviour') {
            <select class="tl-select compact" [attr.aria-label]="text.is" (change)="setTest($any($event.target).value)">
              @for (test of tests; track test) {
                <option [value]="test" [selected]="test === node.test.is">{{ text.operators[test] }}</option>
              }
            </select>
            <input
              class="tl-input number"
              type="number"
              step="any"
              [attr.aria-label]="text.value"
              [value]="testValue(0)"
              (change)="setTestValue(0, $any($event.target))"
            />
            @if (node.test.is === 'between') {
              <input
                class="tl-input number"
                type="number"
                step="any"
                [attr.aria-label]="text.to"
                [value]="testValue(1)"
                (change)="setTestValue(1, $any($event.target))"
              />
            }
            <span class="tl-small">{{ unitWords() }}</span>
          }
        }
        @if (node.kind === 'behaviour' || node.kind === 'sequence') {
          <select class="tl-select compact" [attr.aria-label]="text.time" (change)="change({ lastDays: $any($event.target).value === 'ever' ? null : 14 })">
            <option value="last" [selected]="node.lastDays !== null">{{ text.last }}</option>
            <option value="ever" [selected]="node.lastDays === null">{{ text.ever }}</option>
          </select>
          @if (node.lastDays !== null) {
            <input
              class="tl-input number"
              type="number"
              min="1"
              max="3650"
              [attr.aria-label]="text.days"
              [value]="node.lastDays"
              (change)="setDays($any($event.target))"
            />
            <span class="tl-small">{{ text.daysUnit }}</span>
          }
        }
      </div>
      @if (node.kind === 'behaviour') {
        <tl-conditions-editor [conditions]="node.where" [thing]="node.thing" [label]="text.whereOf(things())" (changed)="change({ where: $event })" />
        <tl-conditions-editor
          begins="outcome"
          [conditions]="node.none"
          [thing]="node.thing"
          [label]="text.none(things())"
          [adding]="text.addNone"
          (changed)="change({ none: $event })"
        />
      }
      @if (node.kind === 'sequence') {
        <tl-conditions-editor thing="contact" begins="channel" [conditions]="node.first" [label]="text.first" (changed)="change({ first: $event })" />
        <tl-conditions-editor thing="contact" begins="channel" [conditions]="node.then" [label]="text.then" (changed)="change({ then: $event })" />
        <div class="tl-row">
          <span class="tl-small">{{ text.within }}</span>
          <input
            class="tl-input number"
            type="number"
            min="1"
            [attr.aria-label]="text.within"
            [value]="node.withinMinutes"
            (change)="setMinutes($any($event.target))"
          />
          <span class="tl-small">{{ text.minutes }}</span>
        </div>
      }
    }
    @for (problem of problems(); track $index) {
      <p class="tl-fault">{{ problem.words }}</p>
    }
  `,
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
      min-height: var(--tl-control);
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
