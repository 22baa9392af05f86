import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import { catalogue, fieldOf, type Condition, type Thing } from '@throughline/domain-segments';
import { texts } from '../../texts';
import { ConditionEditor } from './condition-editor';
import { firstCondition } from './subjects';

/** Conditions of which all must be met. */
@Component({
  selector: 'tl-conditions-editor',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [ConditionEditor],
  template: `
    @if (conditions().length > 0) {
      <span class="tl-small">{{ label() }}</span>
    }
    @for (condition of conditions(); track $index) {
      <tl-condition-editor [condition]="condition" [thing]="thing()" (changed)="set($index, $event)">
        <button class="tl-button quiet icon" type="button" [attr.aria-label]="text.removeCondition" (click)="remove($index)">×</button>
      </tl-condition-editor>
    }
    <button class="tl-button quiet" type="button" (click)="add()">+ {{ adding() }}</button>
  `,
  styles: `
    :host {
      display: grid;
      gap: 2px;
      justify-items: start;
      min-width: 0;
    }
  `,
})
export class ConditionsEditor {
  readonly conditions = input.required<readonly Condition[]>();
  readonly thing = input.required<Thing>();
  readonly label = input.required<string>();
  readonly adding = input<string>(texts.segments.edit.addCondition);
  /** The field of a condition that is added. */
  readonly begins = input('family');
  readonly changed = output<readonly Condition[]>();
  protected readonly text = texts.segments.edit;

  protected set(place: number, condition: Condition): void {
    this.changed.emit(this.conditions().map((other, index) => (index === place ? condition : other)));
  }

  protected remove(place: number): void {
    this.changed.emit(this.conditions().filter((_, index) => index !== place));
  }

  protected add(): void {
    const name = fieldOf(catalogue, this.thing(), this.begins()) ? this.begins() : Object.keys(catalogue.things[this.thing()].fields)[0]!;
    this.changed.emit([...this.conditions(), firstCondition(name, fieldOf(catalogue, this.thing(), name)!)]);
  }
}
