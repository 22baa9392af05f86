import { ChangeDetectionStrategy, Component, DestroyRef, ElementRef, inject, signal, viewChild } from '@angular/core';
import { NavigationEnd, Router, RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { filter } from 'rxjs';
import { texts } from '../../texts';
import { pages, type PageGroup } from '../pages';
import { Mark } from '../ui/mark';
import { Toasts } from '../ui/toasts';
import { AccountMenu } from './account-menu';
import { unknownNames } from './address-names';
import { FindCustomer } from './find-customer';
import { matches, Palette } from './palette';
import { PaletteDialog } from './palette-dialog';
import { Session } from './session';
import { SessionEndedDialog } from './session-ended-dialog';
import { ShortcutSheet } from './shortcut-sheet';
import { Shortcuts } from './shortcuts';

/** Rail and page: what stays while pages come and go. */
@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [RouterOutlet, RouterLink, RouterLinkActive, Mark, AccountMenu, PaletteDialog, ShortcutSheet, SessionEndedDialog],
  host: { '[class.folded]': 'folded()', '[class.open]': 'menuOpen()' },
  template: `
    <a class="skip" href="#page" (click)="skip($event)">{{ text.skip }}</a>
    <button
      class="menu tl-button icon"
      type="button"
      aria-controls="rail"
      [attr.aria-expanded]="menuOpen()"
      [attr.aria-label]="text.menu"
      (click)="menuOpen.set(!menuOpen())"
    >
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="M2 4h12M2 8h12M2 12h12" stroke="currentColor" stroke-width="1.5" /></svg>
    </button>
    <nav id="rail" class="rail" [attr.aria-label]="text.navigation">
      <a class="brand" routerLink="/" [attr.aria-label]="text.product"><tl-mark [wordless]="folded()" /></a>
      <button
        class="search tl-button"
        type="button"
        (click)="palette.isOpen.set(true)"
        [attr.aria-label]="folded() ? text.palette.open : null"
        [title]="text.palette.open"
      >
        <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
          <circle cx="7" cy="7" r="4.5" fill="none" stroke="currentColor" stroke-width="1.5" />
          <path d="m10.5 10.5 4 4" stroke="currentColor" stroke-width="1.5" />
        </svg>
        <span class="word">{{ search }}</span><kbd class="word tl-push" aria-hidden="true">Ctrl K</kbd>
      </button>
      @for (group of groups; track group.name) {
        <h2 [id]="'group-' + group.key">{{ group.name }}</h2>
        <ul [attr.aria-labelledby]="'group-' + group.key">
          @for (page of group.pages; track page.path) {
            <li>
              <a [routerLink]="'/' + page.path" routerLinkActive="on" ariaCurrentWhenActive="page" [title]="page.label" (click)="menuOpen.set(false)">
                <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path [attr.d]="page.icon" /></svg><span class="word">{{ page.label }}</span>
              </a>
            </li>
          }
        </ul>
      }
      <div class="end">
        <tl-account-menu [folded]="folded()" (shortcuts)="sheet.set(true)" />
        <button
          class="fold tl-button quiet icon"
          type="button"
          [attr.aria-expanded]="!folded()"
          aria-controls="rail"
          [attr.aria-label]="folded() ? text.unfold : text.fold"
          (click)="fold()"
        >
          <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
            <path [attr.d]="folded() ? 'm6 3 5 5-5 5' : 'm10 3-5 5 5 5'" fill="none" stroke="currentColor" stroke-width="1.5" />
          </svg>
        </button>
      </div>
    </nav>
    <main #main id="page" tabindex="-1"><router-outlet /></main>
    @if (palette.isOpen()) {
      <tl-palette-dialog />
    }
    @if (sheet()) {
      <tl-shortcut-sheet (closed)="sheet.set(false)" />
    }
    @if (session.ended()) {
      <tl-session-ended-dialog />
    }
  `,
  styleUrl: './frame.css',
})
export class Frame {
  protected readonly palette = inject(Palette);
  protected readonly session = inject(Session);
  private readonly router = inject(Router);
  private readonly toasts = inject(Toasts);
  private readonly main = viewChild.required<ElementRef<HTMLElement>>('main');

  protected readonly text = texts.shell;
  protected readonly search = texts.shell.palette.word;
  protected readonly folded = signal(document.cookie.includes('tl-rail=folded'));
  protected readonly menuOpen = signal(false);
  protected readonly sheet = signal(false);
  protected readonly groups = this.groupsOfRail();

  constructor() {
    const { palette, router } = this;
    const open = pages.filter(({ needs }) => this.session.can(...needs));
    const lines = open.map(({ path, label, key }) => ({ label, keys: `g ${key}`, run: () => void router.navigate([`/${path}`]) }));
    palette.add({ group: this.text.palette.pages, find: (query) => lines.filter(({ label }) => matches(label, query)) });
    if (this.session.can('customer.read')) palette.add(inject(FindCustomer));
    palette.addActions(this.text.palette.actions, [
      { label: this.text.shortcuts.sheet, keys: '?', run: () => this.sheet.set(true) },
      { label: this.text.account.signOut, run: () => void this.session.signOut() },
    ]);
    const { everywhere, goTo } = this.text.shortcuts;
    inject(Shortcuts).add([
      { keys: 'mod+k', label: this.text.shortcuts.palette, group: everywhere, inFields: true, run: () => palette.isOpen.set(true) },
      { keys: '?', label: this.text.shortcuts.sheet, group: everywhere, run: () => this.sheet.set(true) },
      { keys: 'mod+z', label: this.text.shortcuts.undo, group: everywhere, run: () => void this.toasts.undoLatest() },
      ...lines.map(({ label, keys, run }) => ({ keys, label, group: goTo, run })),
    ]);
    this.focusEachNewPage();
  }

  protected fold(): void {
    this.folded.set(!this.folded());
    document.cookie = `tl-rail=${this.folded() ? 'folded' : 'open'}; path=/; max-age=31536000; samesite=strict`;
  }

  protected skip(event: Event): void {
    event.preventDefault();
    this.main().nativeElement.focus();
  }

  private groupsOfRail(): { key: PageGroup; name: string; pages: typeof pages }[] {
    const open = pages.filter(({ needs }) => this.session.can(...needs));
    return (Object.keys(texts.shell.groups) as PageGroup[])
      .map((key) => ({ key, name: texts.shell.groups[key], pages: open.filter(({ group }) => group === key) }))
      .filter((group) => group.pages.length > 0);
  }

  /** What no page reads leaves the address, and the reader learns of it. */
  private dropUnknown(): void {
    const unknown = unknownNames(this.router.parseUrl(this.router.url).queryParams);
    if (unknown.length === 0) return;
    const queryParams = Object.fromEntries(unknown.map((name) => [name, null]));
    void this.router.navigate([], { queryParams, queryParamsHandling: 'merge', replaceUrl: true });
    this.toasts.show(this.text.unknownNames(unknown.join(', ')));
  }

  /** A new page is read out and walked from its top; a change of the query leaves the focus where it is. */
  private focusEachNewPage(): void {
    let path: string | undefined;
    const heard = this.router.events.pipe(filter((event) => event instanceof NavigationEnd)).subscribe(({ urlAfterRedirects }) => {
      const [now] = urlAfterRedirects.split('?');
      if (path !== undefined && path !== now) this.main().nativeElement.focus({ preventScroll: true });
      path = now;
      this.dropUnknown();
    });
    inject(DestroyRef).onDestroy(() => heard.unsubscribe());
  }
}
