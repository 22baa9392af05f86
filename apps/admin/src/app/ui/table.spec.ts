import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { Table, type Column } from './table';

interface Row {
  readonly id: string;
  readonly n: number | null;
}
const columns: readonly Column<Row>[] = [
  { name: 'id', head: 'Queue', text: ({ id }) => id, link: ({ id }) => ({ commands: ['/q', id] }) },
  { name: 'n', head: 'Contacts', sortable: true, text: ({ n }) => n },
];
const rows: readonly Row[] = ['a', 'b', 'c'].map((id, i) => ({ id, n: i === 0 ? null : i * 1000 }));

async function shown(inputs: Record<string, unknown> = {}) {
  TestBed.configureTestingModule({ providers: [provideRouter([])] });
  const fixture = TestBed.createComponent<Table<Row>>(Table);
  for (const [name, value] of Object.entries({ label: 'Queues', columns, rows, ...inputs })) fixture.componentRef.setInput(name, value);
  await fixture.whenStable();
  document.body.append(fixture.nativeElement as HTMLElement);
  return fixture;
}

describe('a table', () => {
  it('shows numbers grouped, and what is not known as a dash, never as nothing', async () => {
    const { nativeElement } = await shown();
    const cells = [...(nativeElement as HTMLElement).querySelectorAll('tbody td')].map((cell) => cell.textContent?.trim());
    expect(cells).toEqual(['–', '1,000', '2,000']);
  });

  it('is walked by j and k, Home and End, and does not run over its ends', async () => {
    const { nativeElement } = await shown();
    const links = [...(nativeElement as HTMLElement).querySelectorAll<HTMLElement>('tbody a')];
    for (const link of links) link.scrollIntoView = () => undefined;
    const press = (key: string): string => {
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      return document.activeElement?.textContent?.trim() ?? '';
    };
    links[0]!.focus();
    expect(['j', 'j', 'j', 'k', 'Home', 'End'].map(press)).toEqual(['b', 'c', 'c', 'b', 'a', 'c']);
  });

  it('asks for the other order of the column it is sorted by', async () => {
    const fixture = await shown({ sort: { by: 'n', order: 'desc' } });
    const asked: unknown[] = [];
    fixture.componentInstance.sorted.subscribe((sorting) => asked.push(sorting));
    const element = fixture.nativeElement as HTMLElement;
    expect(element.querySelector('[aria-sort]')?.getAttribute('aria-sort')).toBe('descending');
    element.querySelector<HTMLButtonElement>('thead button')!.click();
    expect(asked).toEqual([{ by: 'n', order: 'asc' }]);
  });

  it('says which rows of how many it shows', async () => {
    const { nativeElement } = await shown({ total: 12_431, page: 3, size: 50 });
    expect((nativeElement as HTMLElement).textContent).toContain('101–150 of 12,431');
  });

  it('puts the state in the place of the rows', async () => {
    const { nativeElement } = await shown({ state: 'filtered' });
    const element = nativeElement as HTMLElement;
    expect(element.querySelectorAll('tbody a')).toHaveLength(0);
    expect(element.textContent).toContain('Nothing matches these filters');
  });
});
