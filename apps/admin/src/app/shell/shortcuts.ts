import { ApplicationRef, computed, DestroyRef, inject, Injectable, isDevMode, signal } from '@angular/core';
import { texts } from '../../texts';

export interface Shortcut {
  /** `mod+k` (Ctrl, on a Mac Cmd), `?`, `j`, or a sequence: `g c`. */
  readonly keys: string;
  readonly label: string;
  /** Heading in the sheet; "On this page" unless told. */
  readonly group?: string;
  /** Also while somebody types in a field; only for keys with `mod`. */
  readonly inFields?: boolean;
  run(): void;
}

const sequenceMs = 1_200;

/** The one registry of keys: what is not here does nothing, what is here stands in the sheet. */
@Injectable({ providedIn: 'root' })
export class Shortcuts {
  private readonly app = inject(ApplicationRef);
  private readonly known = signal<readonly Shortcut[]>([]);
  private begun = '';
  private begunAt = 0;

  /** Keys without Ctrl can be switched off (WCAG 2.1.4). */
  readonly singleKeys = signal(!document.cookie.includes('tl-single-keys=off'));
  /** As the sheet shows them: everywhere and "go to" first. */
  readonly groups = computed(() => {
    const groups = new Map<string, Shortcut[]>();
    for (const shortcut of this.known()) {
      const name = shortcut.group ?? texts.shell.shortcuts.thisPage;
      groups.set(name, [...(groups.get(name) ?? []), shortcut]);
    }
    return [...groups].map(([name, shortcuts]) => ({ name, shortcuts }));
  });

  constructor() {
    const hear = (event: KeyboardEvent): void => this.hear(event);
    document.addEventListener('keydown', hear);
    inject(DestroyRef).onDestroy(() => document.removeEventListener('keydown', hear));
  }

  /** Adds keys for as long as the caller lives. Two deeds under one key are a mistake, said aloud in development. */
  add(shortcuts: readonly Shortcut[], destroyRef = inject(DestroyRef)): void {
    const taken = shortcuts.find(({ keys }) => this.known().some((other) => other.keys === keys));
    if (taken && isDevMode()) throw new Error(`The key "${taken.keys}" has a meaning already`);
    this.known.update((known) => [...shortcuts, ...known]);
    destroyRef.onDestroy(() => this.known.update((known) => known.filter((shortcut) => !shortcuts.includes(shortcut))));
  }

  useSingleKeys(on: boolean): void {
    this.singleKeys.set(on);
    document.cookie = `tl-single-keys=${on ? 'on' : 'off'}; path=/; max-age=31536000; samesite=strict`;
  }

  private hear(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.altKey || event.isComposing) return;
    const mod = event.ctrlKey || event.metaKey;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const typing = isTyping(event.target);
    const inDialog = event.target instanceof Element && event.target.closest('dialog') !== null;
    const named = mod ? `mod+${key}` : key;
    if (!mod && (typing || inDialog || !this.singleKeys())) return;
    const sequence = event.timeStamp - this.begunAt < sequenceMs ? `${this.begun} ${named}` : '';
    const all = this.known();
    const found = all.find(({ keys }) => keys === sequence) ?? all.find(({ keys }) => keys === named);
    this.begun = '';
    if (found && (!typing || found.inFields) && (!inDialog || found.inFields)) {
      event.preventDefault();
      found.run();
      // Drawn before the next key comes, however fast: what is typed next goes where this key leads.
      this.app.tick();
    } else if (!mod && all.some(({ keys }) => keys.startsWith(`${named} `))) {
      this.begun = named;
      this.begunAt = event.timeStamp;
    }
  }
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit', 'range'].includes(target.type);
}
