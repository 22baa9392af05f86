import { afterNextRender, ChangeDetectionStrategy, Component, ElementRef, inject, output, viewChild } from '@angular/core';
import { texts } from '../../texts';
import { Shortcuts } from './shortcuts';

/** `?`: every key that does something now, from the registry itself. */
@Component({
  selector: 'tl-shortcut-sheet',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <dialog #dialog closedby="any" aria-labelledby="sheet-title" (close)="closed.emit()">
      <div class="head tl-row">
        <h2 id="sheet-title">{{ text.title }}</h2>
        <button class="tl-button quiet tl-push" type="button" (click)="dialog.close()">{{ close }}</button>
      </div>
      <div class="body">
        @for (group of shortcuts.groups(); track group.name) {
          <section>
            <h3>{{ group.name }}</h3>
            <dl>
              @for (shortcut of group.shortcuts; track shortcut.keys) {
                <div>
                  <dt>{{ shortcut.label }}</dt>
                  <dd>
                    @for (key of keysOf(shortcut.keys); track $index) {
                      @if ($index > 0) {
                        <span class="tl-small">{{ text.then }}</span>
                      }
                      <kbd>{{ key }}</kbd>
                    }
                  </dd>
                </div>
              }
            </dl>
          </section>
        }
      </div>
      <label class="foot">
        <input type="checkbox" [checked]="shortcuts.singleKeys()" (change)="shortcuts.useSingleKeys($any($event.target).checked)" />
        <span>
          {{ text.single }}<br /><span class="tl-small">{{ text.singleDetail }}</span>
        </span>
      </label>
    </dialog>
  `,
  styles: `
    dialog {
      width: min(640px, calc(100vw - 24px));
    }

    .head {
      padding: 12px 16px;
      border-bottom: 1px solid var(--tl-line);
    }

    .body {
      padding: 16px;
      display: grid;
      gap: 20px 32px;
      grid-template-columns: repeat(auto-fit, minmax(230px, 1fr));
    }

    section {
      display: grid;
      gap: 8px;
      align-content: start;
    }

    dl {
      display: grid;
    }

    dl div {
      display: flex;
      align-items: center;
      min-height: 28px;
      font-size: 13px;
    }

    dd {
      margin-left: auto;
      display: flex;
      gap: 4px;
      align-items: center;
    }

    .foot {
      display: flex;
      gap: 8px;
      align-items: flex-start;
      padding: 12px 16px;
      border-top: 1px solid var(--tl-line);
      font-size: 13px;
    }

    input {
      margin-top: 3px;
      accent-color: var(--tl-act);
    }
  `,
})
export class ShortcutSheet {
  protected readonly shortcuts = inject(Shortcuts);
  protected readonly text = texts.shell.shortcuts;
  protected readonly close = texts.ui.close;
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  readonly closed = output();

  constructor() {
    afterNextRender(() => this.dialog().nativeElement.showModal());
  }

  /** `mod+k` → `Ctrl K`; `g c` → two keys, one after the other. */
  protected keysOf(keys: string): readonly string[] {
    const mod = navigator.platform.startsWith('Mac') ? 'Cmd' : 'Ctrl';
    return keys
      .split(' ')
      .map((key) => key.replace('mod+', `${mod} `).replace(/(^| )([a-z])$/, (_, before: string, letter: string) => before + letter.toUpperCase()));
  }
}
