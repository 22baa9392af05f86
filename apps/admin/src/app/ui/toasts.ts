import { Injectable, signal } from '@angular/core';
import { texts } from '../../texts';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly kind: 'done' | 'problem';
  /** Takes back what was done; offered for ten seconds, also by Ctrl Z. */
  readonly undo?: () => Promise<void> | void;
}

const shownMs = 10_000;

/** What was just done, with a way back. Reversible acts happen at once and are undone here; nothing asks "are you sure". */
@Injectable({ providedIn: 'root' })
export class Toasts {
  private readonly shown = signal<readonly Toast[]>([]);
  private readonly timers = new Map<number, ReturnType<typeof setTimeout>>();
  private last = 0;
  readonly list = this.shown.asReadonly();

  show(text: string, { undo, kind = 'done' }: { readonly undo?: () => Promise<void> | void; readonly kind?: Toast['kind'] } = {}): void {
    const toast: Toast = { id: (this.last += 1), text, kind, ...(undo && { undo }) };
    this.shown.update((toasts) => [...toasts.slice(-2), toast]);
    this.start(toast.id);
  }

  /** What went wrong, in the server's own words. */
  problem(error: unknown): void {
    const { title, detail } = error as { title?: string; detail?: string };
    const words = title ?? (error instanceof Error ? error.message : String(error));
    this.show(detail ? `${words}. ${detail}` : words, { kind: 'problem' });
  }

  async undo(toast: Toast): Promise<void> {
    this.dismiss(toast.id);
    try {
      await toast.undo?.();
      this.show(texts.ui.undone);
    } catch (error) {
      this.problem(error);
    }
  }

  async undoLatest(): Promise<void> {
    const latest = this.shown().findLast(({ undo }) => undo);
    if (latest) await this.undo(latest);
  }

  dismiss(id: number): void {
    this.hold(id);
    this.shown.update((toasts) => toasts.filter((toast) => toast.id !== id));
  }

  /** While the pointer or the focus is on it, it stays. */
  hold(id: number): void {
    clearTimeout(this.timers.get(id));
    this.timers.delete(id);
  }

  start(id: number): void {
    this.hold(id);
    this.timers.set(
      id,
      setTimeout(() => this.dismiss(id), shownMs),
    );
  }
}
