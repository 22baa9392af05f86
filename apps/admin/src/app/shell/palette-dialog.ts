import { afterNextRender, ChangeDetectionStrategy, Component, computed, effect, ElementRef, inject, signal, untracked, viewChild } from '@angular/core';
import { texts } from '../../texts';
import { Palette, type PaletteEntry } from './palette';

interface Group {
  readonly name: string;
  readonly entries: readonly PaletteEntry[];
}

const pauseMs = 200;

/** Ctrl K: one field over everything that can be reached or done. A combobox with a list: arrows choose, Enter opens, Escape closes. */
@Component({
  selector: 'tl-palette-dialog',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <dialog #dialog [attr.aria-label]="text.label" closedby="any" (close)="palette.isOpen.set(false)">
      <div class="box">
        <input
          class="field"
          type="text"
          role="combobox"
          autocomplete="off"
          spellcheck="false"
          aria-controls="palette-list"
          aria-expanded="true"
          aria-autocomplete="list"
          [attr.aria-label]="text.label"
          [attr.aria-activedescendant]="chosen() ? 'palette-' + at() : null"
          [placeholder]="text.placeholder"
          [value]="query()"
          (input)="query.set($any($event.target).value)"
          (keydown)="onKey($event)"
        />
        <div class="list" id="palette-list" role="listbox" [attr.aria-label]="text.open">
          @for (group of groups(); track group.name) {
            <div role="group" [attr.aria-label]="group.name">
              <div class="name" aria-hidden="true">{{ group.name }}</div>
              @for (entry of group.entries; track $index) {
                @let place = placeOf(entry);
                <div
                  role="option"
                  tabindex="-1"
                  class="entry"
                  [id]="'palette-' + place"
                  [class.on]="place === at()"
                  [attr.aria-selected]="place === at()"
                  (click)="choose(entry)"
                  (keydown.enter)="choose(entry)"
                  (pointermove)="at.set(place)"
                >
                  <span>{{ entry.label }}</span>
                  @if (entry.detail) {
                    <span class="tl-small">{{ entry.detail }}</span>
                  }
                  @if (entry.keys) {
                    <kbd class="tl-push">{{ entry.keys }}</kbd>
                  }
                </div>
              }
            </div>
          }
        </div>
        <p class="foot" role="status">
          @if (searching()) {
            {{ text.searching }}
          } @else if (all().length === 0) {
            {{ fault() || text.none }}
          } @else {
            <span class="tl-hidden">{{ text.count(all().length) }}</span>
            <span class="tl-row" aria-hidden="true">
              <kbd>↑ ↓</kbd>{{ text.hint.choose }} <kbd>Enter</kbd>{{ text.hint.open }} <kbd>Esc</kbd>{{ text.hint.close }}
            </span>
          }
        </p>
      </div>
    </dialog>
  `,
  styles: `
    dialog {
      width: min(600px, calc(100vw - 24px));
      overflow: hidden;
    }

    .box {
      display: grid;
      grid-template-rows: auto minmax(0, 1fr) auto;
      max-height: 70vh;
    }

    .field {
      width: 100%;
      border: 0;
      border-bottom: 1px solid var(--tl-line);
      background: none;
      color: inherit;
      font: 400 16px/1.4 var(--tl-font);
      padding: 14px 16px;
      outline: none; /* the one field of the dialog: its caret says where the keys go */
    }

    .field::placeholder {
      color: var(--tl-faint);
      opacity: 1;
    }

    .list {
      overflow-y: auto;
      padding: 4px 8px;
    }

    .name {
      font-size: 12px;
      color: var(--tl-mute);
      padding: 8px 8px 4px;
    }

    .entry {
      display: flex;
      align-items: center;
      gap: 8px;
      min-height: 36px;
      padding: 4px 8px;
      border-radius: var(--tl-radius-small);
      cursor: pointer;
    }

    .entry.on {
      background: var(--tl-act-soft);
      color: var(--tl-act);
    }

    .foot {
      font-size: 12px;
      color: var(--tl-mute);
      border-top: 1px solid var(--tl-line-soft);
      padding: 8px 16px;
      max-width: none;
    }
  `,
})
export class PaletteDialog {
  protected readonly palette = inject(Palette);
  protected readonly text = texts.shell.palette;
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');

  protected readonly query = signal('');
  protected readonly at = signal(0);
  protected readonly searching = signal(false);
  protected readonly fault = signal('');
  protected readonly groups = signal<readonly Group[]>([]);
  protected readonly all = computed(() => this.groups().flatMap(({ entries }) => entries));
  protected readonly chosen = computed(() => this.all()[this.at()]);

  constructor() {
    afterNextRender(() => this.dialog().nativeElement.showModal());
    effect((onCleanup) => {
      const query = this.query().trim();
      const stop = new AbortController();
      onCleanup(() => stop.abort());
      untracked(() => void this.search(query, stop.signal));
    });
  }

  protected placeOf(entry: PaletteEntry): number {
    return this.all().indexOf(entry);
  }

  protected onKey(event: KeyboardEvent): void {
    const last = this.all().length - 1;
    const next = { ArrowDown: this.at() + 1, ArrowUp: this.at() - 1 }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      this.at.set(next > last ? 0 : next < 0 ? last : next);
      document.getElementById(`palette-${this.at()}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const entry = this.chosen();
      if (entry) this.choose(entry);
    }
  }

  protected choose(entry: PaletteEntry): void {
    this.dialog().nativeElement.close();
    entry.run();
  }

  /** What is known here is shown at once; what the server knows joins when it comes. */
  private async search(query: string, signal: AbortSignal): Promise<void> {
    const sources = this.palette.sources();
    const found = sources.map((source) => source.find?.(query) ?? []);
    const show = (): void =>
      this.groups.set(sources.map(({ group }, i) => ({ name: group, entries: found[i] ?? [] })).filter(({ entries }) => entries.length > 0));
    this.at.set(0);
    this.fault.set('');
    show();
    const asking = query !== '' && sources.some(({ ask }) => ask);
    this.searching.set(asking);
    if (!asking) return;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    if (signal.aborted) return;
    try {
      await Promise.all(
        sources.map(async (source, i) => {
          if (!source.ask) return;
          const entries = await source.ask(query, signal);
          if (signal.aborted) return;
          found[i] = entries;
          show();
        }),
      );
    } catch (error) {
      if (!signal.aborted) this.fault.set(error instanceof Error ? `${error.message}.` : String(error));
    } finally {
      if (!signal.aborted) this.searching.set(false);
    }
  }
}
