import { computed, DestroyRef, inject, Injectable, signal, type Signal } from '@angular/core';
import { NavigationEnd, Router } from '@angular/router';
import { filter } from 'rxjs';
import type { AddressName } from './address-names';

/** One thing in the address, read as a signal. */
export interface UrlValue<Value> extends Signal<Value> {
  /** `replace`: without a step of "back", for what changes while somebody types. */
  set(value: Value, options?: { readonly replace?: boolean }): void;
}

/** Written where an empty value was chosen, so that a reload does not bring the default back. */
const chosenEmpty = '~';

/**
 * Everything that changes what is on the screen stands in the address: a page declares its values once, reads them as signals and sets them. Values of one page go with it when
 * another path is opened; what equals its initial value is not written; what is not declared is left alone.
 */
@Injectable({ providedIn: 'root' })
export class UrlState {
  private readonly router = inject(Router);
  private readonly query = signal<Readonly<Record<string, string>>>(this.read());
  private waiting: Record<string, string | null> = {};
  private replacing = true;
  private scheduled = false;

  constructor() {
    const heard = this.router.events.pipe(filter((event) => event instanceof NavigationEnd)).subscribe(() => this.query.set(this.read()));
    inject(DestroyRef).onDestroy(() => heard.unsubscribe());
  }

  text(name: AddressName, initial = ''): UrlValue<string> {
    return this.value(name, initial, { read: (text) => text, write: (value) => value });
  }

  /** Anything that is no number reads as the initial value. */
  number(name: AddressName, initial: number): UrlValue<number> {
    const read = (text: string): number => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : initial);
    return this.value(name, initial, { read, write: String });
  }

  choice<Choice extends string>(name: AddressName, choices: readonly Choice[], initial: Choice): UrlValue<Choice> {
    const read = (text: string): Choice => choices.find((choice) => choice === text) ?? initial;
    return this.value(name, initial, { read, write: (value) => value });
  }

  flag(name: AddressName, initial = false): UrlValue<boolean> {
    return this.value(name, initial, { read: (text) => text === 'yes', write: (value) => (value ? 'yes' : 'no') });
  }

  list(name: AddressName, initial: readonly string[] = []): UrlValue<readonly string[]> {
    const read = (text: string): readonly string[] => (text === '' ? [] : text.split(',').map(decodeURIComponent));
    return this.value(name, initial, { read, write: (value) => value.map(encodeURIComponent).join(',') });
  }

  private value<Value>(name: string, initial: Value, form: { read(text: string): Value; write(value: Value): string }): UrlValue<Value> {
    const initially = form.write(initial);
    const written = computed(() => this.query()[name]);
    const value = computed(() => {
      const text = written();
      return text === undefined ? initial : form.read(text === chosenEmpty ? '' : text);
    });
    return Object.assign(value, {
      set: (next: Value, { replace = false }: { readonly replace?: boolean } = {}) => {
        const text = form.write(next);
        this.write(name, text === initially ? null : text === '' ? chosenEmpty : text, replace);
      },
    });
  }

  /** Several values set at once are one step. They can be read at once; the address follows. */
  private write(name: string, text: string | null, replace: boolean): void {
    this.waiting[name] = text;
    this.replacing &&= replace;
    const { [name]: _, ...others } = this.query();
    this.query.set(text === null ? others : { ...others, [name]: text });
    if (this.scheduled) return;
    this.scheduled = true;
    queueMicrotask(() => {
      const [queryParams, replaceUrl] = [this.waiting, this.replacing];
      this.waiting = {};
      this.replacing = true;
      this.scheduled = false;
      void this.router.navigate([], { queryParams, queryParamsHandling: 'merge', replaceUrl });
    });
  }

  private read(): Readonly<Record<string, string>> {
    const { queryParams } = this.router.parseUrl(this.router.url);
    return Object.fromEntries(Object.entries(queryParams).map(([name, value]) => [name, Array.isArray(value) ? String(value.at(-1)) : String(value)]));
  }
}
