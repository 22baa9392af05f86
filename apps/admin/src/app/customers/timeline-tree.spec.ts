import { ChangeDetectionStrategy, Component, computed, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { TimelineTree } from './timeline-tree';
import type { TimelineNode } from './timeline';

const leafOf = (key: string, parent: TimelineNode): TimelineNode =>
  ({ level: 'engagement', key, id: key, branch: null, at: 0, endAt: 0, eventId: key, link: null, parent, children: [] }) as TimelineNode;
const nodeOf = (key: string): TimelineNode => {
  const children: TimelineNode[] = [];
  const node = { level: 'engagement', key, id: key, branch: null, at: 0, endAt: 0, eventId: key, link: null, parent: null, children } as TimelineNode;
  children.push(leafOf(`${key}/1`, node), leafOf(`${key}/2`, node));
  return node;
};

/** As the page does it: what is open is the owner's, and comes back to the tree when the owner is drawn again. */
@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [TimelineTree],
  template: `<tl-timeline-tree [nodes]="nodes" [open]="open()" [at]="at()" (opened)="turn($event.key, $event.open)" (walked)="at.set($event)" />`,
})
class Owner {
  protected readonly nodes = [nodeOf('a'), nodeOf('b')];
  protected readonly at = signal<string | undefined>(undefined);
  private readonly turned = signal<readonly string[]>([]);
  protected readonly open = computed(() => new Set(this.turned()));
  protected turn(key: string, open: boolean): void {
    this.turned.update((turned) => (open ? [...turned, key] : turned.filter((other) => other !== key)));
  }
}

describe('the tree of a customer', () => {
  it('loses no key of somebody who types faster than it is drawn: a line just opened is walked into', async () => {
    // What jsdom lacks.
    Element.prototype.scrollIntoView = () => undefined;
    globalThis.CSS ??= { escape: (text: string) => text } as typeof CSS;
    const fixture = TestBed.createComponent(Owner);
    fixture.autoDetectChanges();
    await fixture.whenStable();
    const element = fixture.nativeElement as HTMLElement;
    document.body.append(element);
    const press = (key: string): string | undefined => {
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      return (document.activeElement as HTMLElement).dataset['key'];
    };
    element.querySelector<HTMLElement>('[role=treeitem]')!.focus();
    const walked = ['ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowLeft', 'ArrowLeft', 'ArrowDown', 'ArrowRight', 'ArrowRight', 'End'].map(press);
    expect(walked).toEqual(['a', 'a/1', 'a/2', 'a', 'a', 'b', 'b', 'b/1', 'b/2']);
  });
});
