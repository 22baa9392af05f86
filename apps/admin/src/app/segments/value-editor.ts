import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { valueKindOf, type Condition, type ConditionValue, type Field, type Thing } from '@throughline/domain-segments';
import { texts } from '../../texts';
import { KnownValues } from './known-values';
import { Pick } from './pick';

/** How many of the stored unit are one of the unit that people write. */
export const scaleOf = (unit: Field['unit']): number => (unit === 'minorUnits' ? 100 : unit === 'milliseconds' ? 60_000 : 1);

/** The value of a condition, in the form that its operator needs. Money is written in whole units, times in minutes. */
@Component({
  selector: 'tl-value-editor',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Pick],
  template: `
    @switch (kind()) {
      @case ('text') {
        <input class="tl-input" type="text" maxlength="200" [attr.aria-label]="named()" [value]="condition().value" (change)="set($any($event.target).value)" />
      }
      @case ('number') {
        <input
          class="tl-input number"
          type="number"
          step="any"
          [attr.aria-label]="named()"
          [value]="shown(condition().value)"
          (change)="setNumber($any($event.target))"
        />
        <span class="tl-small">{{ unit() }}</span>
      }
      @case ('days') {
        <input
          class="tl-input number"
          type="number"
          min="1"
          max="3650"
          [attr.aria-label]="text.days"
          [value]="condition().value"
          (change)="setDays($any($event.target))"
        />
        <span class="tl-small">{{ text.daysUnit }}</span>
      }
      @case ('instant') {
        <input class="tl-input date" type="date" [attr.aria-label]="named()" [value]="day()" (change)="setDay($any($event.target))" />
      }
      @case ('range') {
        <input
          class="tl-input number"
          type="number"
          step="any"
          [attr.aria-label]="text.from"
          [value]="shown(range()[0])"
          (change)="setEnd(0, $any($event.target))"
        />
        <span class="tl-small">–</span>
        <input
          class="tl-input number"
          type="number"
          step="any"
          [attr.aria-label]="text.to"
          [value]="shown(range()[1])"
          (change)="setEnd(1, $any($event.target))"
        />
        <span class="tl-small">{{ unit() }}</span>
      }
      @case ('list') {
        @for (value of list(); track value) {
          <span class="tl-chip">
            {{ value }}
            <button type="button" class="remove" [attr.aria-label]="text.removeValue(value)" (click)="remove(value)">×</button>
          </span>
        }
        <tl-pick class="add" [label]="text.add" [placeholder]="text.addPlaceholder" [choices]="left()" [free]="!field().words" (picked)="add($event)" />
      }
    }
  `,
  styles: `
    :host {
      display: flex;
      align-items: center;
      flex-wrap: wrap;
      gap: 6px;
      min-width: 0;
    }

    .tl-input {
      width: auto;
      min-height: var(--tl-control);
      padding: 4px 8px;
      font-size: 13px;
    }

    .number {
      width: 110px;
      text-align: right;
    }

    .add {
      width: 150px;
    }

    .tl-chip {
      min-height: calc(var(--tl-control) - 4px);
    }

    .remove {
      min-width: 24px;
      min-height: 24px;
      font: inherit;
      color: var(--tl-mute);
      background: none;
      border: 0;
      cursor: pointer;
    }
  `,
})
export class ValueEditor {
  readonly condition = input.required<Condition>();
  readonly field = input.required<Field>();
  readonly thing = input.required<Thing | 'customer'>();
  readonly changed = output<ConditionValue>();

  private readonly known = inject(KnownValues);
  protected readonly text = texts.segments.edit;
  protected readonly kind = computed(() => valueKindOf(this.condition().is));
  protected readonly named = computed(() => `${this.text.value}: ${this.field().label}`);
  protected readonly unit = computed(() => {
    const { unit } = this.field();
    return unit ? this.text.units[unit] : '';
  });
  protected readonly list = computed<readonly string[]>(() => {
    const { value } = this.condition();
    return Array.isArray(value) ? (value as readonly string[]) : [];
  });
  protected readonly left = computed(() => this.known.of(this.thing(), this.condition().field, this.field()).filter(({ key }) => !this.list().includes(key)));
  protected readonly range = computed<readonly [number, number]>(() => {
    const { value } = this.condition();
    return Array.isArray(value) && typeof value[0] === 'number' ? (value as unknown as readonly [number, number]) : [0, 0];
  });
  protected readonly day = computed(() => new Date(Number(this.condition().value)).toISOString().slice(0, 10));

  protected shown(value: unknown): number {
    return Number(value) / scaleOf(this.field().unit);
  }

  protected set(value: ConditionValue): void {
    this.changed.emit(value);
  }

  protected setNumber(field: HTMLInputElement): void {
    if (!Number.isNaN(field.valueAsNumber)) this.set(field.valueAsNumber * scaleOf(this.field().unit));
  }

  protected setDays(field: HTMLInputElement): void {
    if (Number.isInteger(field.valueAsNumber) && field.valueAsNumber >= 1) this.set(field.valueAsNumber);
  }

  protected setDay(field: HTMLInputElement): void {
    if (field.valueAsDate) this.set(field.valueAsDate.getTime());
  }

  protected setEnd(end: 0 | 1, field: HTMLInputElement): void {
    if (Number.isNaN(field.valueAsNumber)) return;
    const value = field.valueAsNumber * scaleOf(this.field().unit);
    this.set(end === 0 ? [value, this.range()[1]] : [this.range()[0], value]);
  }

  protected add(value: string): void {
    if (!this.list().includes(value)) this.set([...this.list(), value]);
  }

  protected remove(value: string): void {
    this.set(this.list().filter((other) => other !== value));
  }
}
