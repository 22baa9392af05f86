import { afterNextRender, ChangeDetectionStrategy, Component, ElementRef, input, signal, viewChild } from '@angular/core';
import { texts } from '../../texts';

/** A secret that is shown this once, ready to be copied: selected on focus, and by a button. With `takesFocus` the focus, left behind by the form that made it, comes here. */
@Component({
  selector: 'tl-said-once',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="tl-field">
      <label [attr.for]="id">{{ label() }}</label>
      <div class="tl-row">
        <input #field class="tl-input tl-mono" type="text" readonly spellcheck="false" [id]="id" [value]="value()" (focus)="field.select()" />
        <button class="tl-button" type="button" (click)="copy()">{{ copied() ? text.copied : text.copy }}</button>
      </div>
      <span class="tl-hidden" role="status">{{ copied() ? text.copied : '' }}</span>
    </div>
  `,
  styles: `
    .tl-row {
      flex-wrap: nowrap;
    }
  `,
})
export class SaidOnce {
  readonly label = input.required<string>();
  readonly value = input.required<string>();
  readonly takesFocus = input(false);
  protected readonly text = texts.administration.once;
  protected readonly copied = signal(false);
  protected readonly id = `once-${(made += 1)}`;
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');

  constructor() {
    afterNextRender(() => {
      if (this.takesFocus()) this.field().nativeElement.focus();
    });
  }

  protected async copy(): Promise<void> {
    this.field().nativeElement.select();
    await navigator.clipboard.writeText(this.value());
    this.copied.set(true);
  }
}

let made = 0;
