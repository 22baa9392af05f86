import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { texts } from '../../texts';
import { Session } from './session';
import { ThemeChoice, themes } from './theme';

/** Who is signed in, how it looks, and the way out. A popover of the browser: it closes on Escape and on a click outside. */
@Component({
  selector: 'tl-account-menu',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <button class="who" type="button" popovertarget="account" [attr.aria-label]="folded() ? text.account.open : null">
      <span class="face" aria-hidden="true">{{ initials() }}</span>
      @if (!folded()) {
        <span class="words">
          <span>{{ name() }}</span>
          <span class="tl-small">{{ roles() }}</span>
        </span>
      }
    </button>
    <div #panel id="account" popover class="panel" role="group" [attr.aria-label]="text.account.open">
      <div class="tl-stack">
        <strong>{{ name() }}</strong>
        <span class="tl-small">{{ session.user()?.email }} · {{ roles() }}</span>
      </div>
      <fieldset>
        <legend class="tl-small">{{ text.theme.title }}</legend>
        @for (theme of themes; track theme) {
          <label><input type="radio" name="theme" [checked]="choice.theme() === theme" (change)="choice.choose(theme)" />{{ text.theme[theme] }}</label>
        }
      </fieldset>
      <button class="tl-button" type="button" (click)="panel.hidePopover(); shortcuts.emit()">{{ text.shortcuts.title }}<kbd class="tl-push">?</kbd></button>
      <button class="tl-button" type="button" (click)="session.signOut()">{{ text.account.signOut }}</button>
    </div>
  `,
  styles: `
    .who {
      display: flex;
      align-items: center;
      gap: 8px;
      width: 100%;
      padding: 4px;
      font: inherit;
      color: inherit;
      text-align: left;
      background: none;
      border: 0;
      border-radius: var(--tl-radius-small);
      cursor: pointer;
    }

    .who:hover {
      background: var(--tl-line-soft);
    }

    .face {
      flex: none;
      display: grid;
      place-items: center;
      width: 28px;
      height: 28px;
      border-radius: 50%;
      background: var(--tl-act-soft);
      color: var(--tl-act);
      font-size: 11px;
      font-weight: 600;
    }

    .words {
      display: grid;
      line-height: 1.25;
      min-width: 0;
    }

    .words span {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }

    .panel {
      position: fixed;
      inset: auto auto 56px 8px;
      width: 240px;
      padding: 16px;
      color: inherit;
      background: var(--tl-raise);
      border: 1px solid var(--tl-line);
      border-radius: var(--tl-radius);
      box-shadow: var(--tl-shadow);
      gap: 12px;
    }

    .panel:popover-open {
      display: grid;
    }

    fieldset {
      border: 0;
      padding: 0;
      display: flex;
      flex-wrap: wrap;
      gap: 4px 12px;
    }

    legend {
      padding: 0 0 4px;
    }

    label {
      display: inline-flex;
      gap: 4px;
      align-items: center;
      min-height: 24px;
    }

    input {
      accent-color: var(--tl-act);
    }
  `,
})
export class AccountMenu {
  protected readonly session = inject(Session);
  protected readonly choice = inject(ThemeChoice);
  protected readonly text = texts.shell;
  protected readonly themes = themes;
  readonly folded = input(false);
  readonly shortcuts = output();

  protected readonly name = computed(() => this.session.user()?.name ?? '');
  protected readonly roles = computed(() => {
    const words: Readonly<Record<string, string>> = texts.shell.roles;
    return (this.session.user()?.roles ?? []).map((role) => words[role] ?? role).join(', ');
  });
  protected readonly initials = computed(() =>
    this.name()
      .split(/\s+/)
      .map((word) => word.slice(0, 1))
      .slice(0, 2)
      .join(''),
  );
}
