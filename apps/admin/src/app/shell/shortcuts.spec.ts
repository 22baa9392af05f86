import { DestroyRef } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Shortcuts } from './shortcuts';

class Life extends DestroyRef {
  private readonly last: (() => void)[] = [];
  override destroyed = false;
  override onDestroy(callback: () => void): () => void {
    this.last.push(callback);
    return () => undefined;
  }
  end(): void {
    for (const callback of this.last) callback();
  }
}

function press(key: string, options: KeyboardEventInit & { on?: HTMLElement } = {}): void {
  (options.on ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...options }));
}

describe('keys', () => {
  let shortcuts: Shortcuts;
  let life: Life;
  let done: string[];
  const deed = (keys: string, more: object = {}) => ({ keys, label: keys, run: () => void done.push(keys), ...more });
  beforeEach(() => {
    shortcuts = TestBed.inject(Shortcuts);
    life = new Life();
    done = [];
  });
  afterEach(() => life.end());

  it('do what they are there for, one after the other or with Ctrl', () => {
    shortcuts.add([deed('g c'), deed('j'), deed('mod+k', { inFields: true })], life);
    press('g');
    press('c');
    press('j');
    press('k', { ctrlKey: true });
    expect(done).toEqual(['g c', 'j', 'mod+k']);
  });

  it('never fire while somebody types, but for those with Ctrl that say so', () => {
    shortcuts.add([deed('j'), deed('mod+k', { inFields: true }), deed('mod+z')], life);
    const field = document.body.appendChild(document.createElement('input'));
    press('j', { on: field });
    press('z', { on: field, ctrlKey: true });
    press('k', { on: field, ctrlKey: true });
    field.remove();
    expect(done).toEqual(['mod+k']);
  });

  it('without Ctrl can be switched off', () => {
    shortcuts.add([deed('j'), deed('mod+k')], life);
    shortcuts.useSingleKeys(false);
    press('j');
    press('k', { ctrlKey: true });
    shortcuts.useSingleKeys(true);
    expect(done).toEqual(['mod+k']);
  });

  it('mean one thing: a second meaning is refused', () => {
    shortcuts.add([deed('j')], life);
    expect(() => shortcuts.add([deed('j')], life)).toThrow('The key "j" has a meaning already');
  });

  it('go with the page that brought them, and stand in the sheet until then', () => {
    shortcuts.add([deed('j', { group: 'Here' })], life);
    expect(shortcuts.groups().map(({ name }) => name)).toEqual(['Here']);
    life.end();
    press('j');
    expect(done).toEqual([]);
    expect(shortcuts.groups()).toEqual([]);
  });
});
