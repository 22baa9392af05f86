import { DestroyRef, inject, Injectable, signal } from '@angular/core';

/** One line of the palette. */
export interface PaletteEntry {
  readonly label: string;
  readonly detail?: string;
  /** Its shortcut, for those who want to learn it. */
  readonly keys?: string;
  run(): void;
}

/** Where lines come from: `find` at once, from what is known here; `ask` after a pause in typing, from the server. */
export interface PaletteSource {
  readonly group: string;
  find?(query: string): readonly PaletteEntry[];
  ask?(query: string, signal: AbortSignal): Promise<readonly PaletteEntry[]>;
}

/** The registry behind Ctrl K. */
@Injectable({ providedIn: 'root' })
export class Palette {
  private readonly known = signal<readonly PaletteSource[]>([]);
  readonly sources = this.known.asReadonly();
  readonly isOpen = signal(false);

  /** Adds a source for as long as the caller lives. */
  add(source: PaletteSource, destroyRef = inject(DestroyRef)): void {
    this.known.update((known) => [...known, source]);
    destroyRef.onDestroy(() => this.known.update((known) => known.filter((other) => other !== source)));
  }

  /** Adds deeds that are found by their words. */
  addActions(group: string, entries: readonly PaletteEntry[], destroyRef = inject(DestroyRef)): void {
    this.add({ group, find: (query) => entries.filter(({ label }) => matches(label, query)) }, destroyRef);
  }
}

/** Whether each word of the query begins a word of the text. */
export function matches(text: string, query: string): boolean {
  const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((part) => words.some((word) => word.startsWith(part)));
}
