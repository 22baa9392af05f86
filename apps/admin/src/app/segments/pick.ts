import { ChangeDetectionStrategy, Component, computed, ElementRef, input, linkedSignal, output, signal, viewChild } from '@angular/core';
import { texts } from '../../texts';
import { fits } from './subjects';

export interface Choice {
  readonly key: string;
  readonly label: string;
  readonly group?: string;
  readonly detail?: string;
}

let picks = 0;
const shownAtOnce = 60;

/** A field with type-ahead: what is typed narrows the list, arrows choose, Enter takes, Escape leaves it as it was. With `free` what was typed is a choice of its own. */
@Component({
  selector: 'tl-pick',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '(focusout)': 'leave($event)' },
  template: `
    <input
      #field
      class="tl-input"
      type="text"
      role="combobox"
      autocomplete="off"
      spellcheck="false"
      aria-autocomplete="list"
      [attr.aria-label]="label()"
      [attr.aria-expanded]="open()"
      [attr.aria-controls]="open() ? id : null"
      [attr.aria-activedescendant]="open() && shown().length > 0 ? id + '-' + at() : null"
      [placeholder]="placeholder()"
      [value]="open() ? typed() : current()"
      (focus)="begin()"
      (click)="begin()"
      (input)="type($any($event.target).value)"
      (keydown)="onKey($event)"
    />
    @if (open()) {
      <div class="list" role="listbox" [id]="id" [attr.aria-label]="label()">
        @for (choice of shown(); track choice.key; let place = $index) {
          @if (choice.group && choice.group !== shown()[place - 1]?.group) {
            <div class="group" role="presentation">{{ choice.group }}</div>
          }
          <div
            role="option"
            tabindex="-1"
            class="choice"
            [id]="id + '-' + place"
            [class.on]="place === at()"
            [attr.aria-selected]="choice.key === chosen()"
            (pointermove)="at.set(place)"
            (pointerdown)="$event.preventDefault()"
            (click)="take(choice)"
            (keydown.enter)="take(choice)"
          >
            <span>{{ choice.label }}</span>
            @if (choice.detail) {
              <span class="tl-small">{{ choice.detail }}</span>
            }
          </div>
        } @empty {
          <div class="group" role="presentation">{{ text.noOptions }}</div>
        }
      </div>
      <span class="tl-hidden" role="status">{{ text.options(shown().length) }}</span>
    }
  `,
  styles: `
    :host {
      position: relative;
      display: block;
      min-width: 0;
    }

    .tl-input {
      min-height: var(--tl-control);
      padding: 4px 8px;
      font-size: 13px;
    }

    .list {
      position: absolute;
      z-index: 20;
      top: calc(100% + 4px);
      left: 0;
      min-width: 100%;
      width: max-content;
      max-width: min(420px, 84vw);
      max-height: 320px;
      overflow-y: auto;
      padding: 4px;
      background: var(--tl-raise);
      border: 1px solid var(--tl-line);
      border-radius: var(--tl-radius);
      box-shadow: var(--tl-shadow);
    }

    .group {
      font-size: 12px;
      color: var(--tl-mute);
      padding: 8px 8px 4px;
    }

    .choice {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 12px;
      min-height: var(--tl-control);
      padding: 4px 8px;
      font-size: 13px;
      border-radius: var(--tl-radius-small);
      cursor: pointer;
    }

    .choice.on {
      background: var(--tl-act-soft);
      color: var(--tl-act);
    }
  `,
})
export class Pick {
  readonly label = input.required<string>();
  readonly choices = input.required<readonly Choice[]>();
  readonly chosen = input('');
  readonly placeholder = input('');
  /** Takes also what is not in the list. */
  readonly free = input(false);
  readonly picked = output<string>();

  protected readonly text = texts.segments.edit;
  protected readonly id = `pick-${(picks += 1)}`;
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');
  protected readonly open = signal(false);
  protected readonly typed = signal('');
  protected readonly current = computed(() => this.choices().find(({ key }) => key === this.chosen())?.label ?? '');
  protected readonly shown = computed<readonly Choice[]>(() => {
    const typed = this.typed().trim();
    const found = this.choices().filter(({ label }) => typed === '' || fits(label, typed));
    const own = this.free() && typed !== '' && !found.some(({ label }) => label === typed) ? [{ key: typed, label: typed }] : [];
    return [...found, ...own].slice(0, shownAtOnce);
  });
  protected readonly at = linkedSignal(() => {
    const shown = this.shown();
    return this.typed() === ''
      ? Math.max(
          0,
          shown.findIndex(({ key }) => key === this.chosen()),
        )
      : 0;
  });

  focus(): void {
    this.field().nativeElement.focus();
  }

  protected begin(): void {
    if (this.open()) return;
    this.typed.set('');
    this.open.set(true);
  }

  protected type(text: string): void {
    this.typed.set(text);
    this.open.set(true);
  }

  protected take({ key }: Choice): void {
    this.open.set(false);
    this.typed.set('');
    this.picked.emit(key);
  }

  protected leave({ relatedTarget }: FocusEvent): void {
    if (!(relatedTarget instanceof Node) || !this.field().nativeElement.parentElement?.contains(relatedTarget)) this.open.set(false);
  }

  protected onKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const last = this.shown().length - 1;
    const steps: Readonly<Record<string, () => void>> = {
      ArrowDown: () => (this.open() ? this.at.update((at) => (at >= last ? 0 : at + 1)) : this.begin()),
      ArrowUp: () => this.at.update((at) => (at <= 0 ? last : at - 1)),
      Enter: () => {
        const choice = this.shown()[this.at()];
        if (this.open() && choice) this.take(choice);
      },
      Escape: () => this.open.set(false),
    };
    const step = steps[event.key];
    // A closed field leaves Escape and Enter to what is around it.
    if (!step || ((event.key === 'Escape' || event.key === 'Enter') && !this.open())) return;
    event.preventDefault();
    event.stopPropagation();
    step();
    if (event.key.startsWith('Arrow')) queueMicrotask(() => document.getElementById(`${this.id}-${this.at()}`)?.scrollIntoView({ block: 'nearest' }));
  }
}
