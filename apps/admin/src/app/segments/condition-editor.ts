import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { catalogue, fieldOf, operatorsOf, type Condition, type Operator, type Thing } from '@throughline/domain-segments';
import { texts } from '../../texts';
import { Pick, type Choice } from './pick';
import { firstCondition, valueAfter } from './subjects';
import { ValueEditor } from './value-editor';

/** One condition: which field, what is said of it, and the value. */
@Component({
  selector: 'tl-condition-editor',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Pick, ValueEditor],
  template: `
    @if (picksField()) {
      <tl-pick class="field" [label]="text.field" [choices]="fields()" [chosen]="condition().field" (picked)="setField($event)" />
    }
    @if (field(); as field) {
      <select class="tl-select compact" [attr.aria-label]="text.is" (change)="setOperator($any($event.target).value)">
        @for (operator of operators(); track operator) {
          <option [value]="operator" [selected]="operator === condition().is">{{ text.operators[operator] }}</option>
        }
      </select>
      <tl-value-editor
        [condition]="condition()"
        [field]="field"
        [thing]="thing()"
        (changed)="changed.emit({ field: condition().field, is: condition().is, value: $event })"
      />
    }
    <ng-content />
  `,
  styles: `
    :host {
      display: flex;
      align-items: center;
      flex-wrap: wrap;
      gap: 6px;
      min-width: 0;
    }

    .field {
      width: 190px;
    }
  `,
})
export class ConditionEditor {
  readonly condition = input.required<Condition>();
  readonly thing = input.required<Thing | 'customer'>();
  /** Without it the field is chosen elsewhere. */
  readonly picksField = input(true);
  readonly changed = output<Condition>();

  protected readonly text = texts.segments.edit;
  protected readonly field = computed(() => fieldOf(catalogue, this.thing(), this.condition().field));
  protected readonly operators = computed(() => {
    const field = this.field();
    return field ? operatorsOf(field) : [];
  });
  protected readonly fields = computed<readonly Choice[]>(() => fieldsOf(this.thing()));

  protected setField(name: string): void {
    const field = fieldOf(catalogue, this.thing(), name);
    if (field) this.changed.emit(firstCondition(name, field));
  }

  protected setOperator(is: Operator): void {
    const { field, value } = this.condition();
    this.changed.emit({ field, is, ...valueAfter(is, value) });
  }
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** The fields of a thing, to pick from. */
export function fieldsOf(thing: Thing | 'customer'): readonly Choice[] {
  const { fields } = thing === 'customer' ? catalogue.customer : catalogue.things[thing];
  return Object.entries(fields).map(([key, { label }]) => ({ key, label: capital(label) }));
}
