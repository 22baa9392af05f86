import { Injectable, signal } from '@angular/core';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** Light or dark: as the system has it, or as the person chose. Kept in a cookie, so that the server sends the first byte in the right one. */
@Injectable({ providedIn: 'root' })
export class ThemeChoice {
  private readonly chosen = signal<Theme>(themes.find((theme) => theme === document.documentElement.dataset['theme']) ?? 'system');
  readonly theme = this.chosen.asReadonly();

  choose(theme: Theme): void {
    this.chosen.set(theme);
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
    document.cookie = `tl-theme=${theme}; path=/; max-age=31536000; samesite=strict`;
  }
}
