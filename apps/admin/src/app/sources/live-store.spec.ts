import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { LiveStore } from './live-store';
import { SourcesApi, type ArrivedEvent, type EventsAnswer } from './sources-api';

const eventOf = (place: number): ArrivedEvent => ({
  id: `0197a3c2-5a10-7cc4-8a50-${String(place).padStart(12, '0')}`,
  source: 'pbx',
  system: 'ivr',
  type: 'keyPressed',
  channel: 'voice',
  occurredAt: place,
  receivedAt: place,
  customerId: null,
});

/** A house in which events arrive, one each millisecond. */
class House {
  arrived: ArrivedEvent[] = [];

  arrive(n: number): void {
    this.arrived.push(...Array.from({ length: n }, (_, index) => eventOf(this.arrived.length + index)));
  }

  /** As the API: the newest fifty, or what came since, five hundred at a time. */
  async events(_: unknown, cursor: string | undefined): Promise<EventsAnswer> {
    const from = cursor === undefined ? Math.max(0, this.arrived.length - 50) : Number(cursor);
    const events = this.arrived.slice(from, from + 500);
    const next = from + events.length;
    return { events, cursor: String(next), more: next < this.arrived.length };
  }

  async before(id: string): Promise<EventsAnswer> {
    const until = this.arrived.findIndex((event) => event.id === id);
    const from = Math.max(0, until - 500);
    return { events: this.arrived.slice(from, until), cursor: '', more: from > 0 };
  }
}

/** Until the store has been told so many. */
async function told(store: LiveStore, seen: number): Promise<void> {
  while (store.seen() < seen) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function looking(): Promise<{ house: House; store: LiveStore }> {
  const house = new House();
  house.arrive(1_000);
  TestBed.configureTestingModule({ providers: [provideRouter([]), LiveStore, { provide: SourcesApi, useValue: house }] });
  const store = TestBed.inject(LiveStore);
  TestBed.tick();
  await told(store, 50);
  return { house, store };
}
const places = ({ events }: LiveStore): number[] => events().map(({ receivedAt }) => receivedAt);
const down = (from: number, n: number): number[] => Array.from({ length: n }, (_, index) => from - index);

describe('live events', () => {
  it('show the newest five hundred of all that were seen, and going back shows each of the others once', async () => {
    const { house, store } = await looking();
    house.arrive(800);
    await told(store, 850);
    expect(places(store)).toEqual(down(1_799, 500));
    expect(store.seen()).toBe(850);
    await store.older();
    expect(places(store)).toEqual(down(1_799, 1_000));
    expect([store.seen(), store.paused(), store.before()]).toEqual([1_000, true, 'more']);
    await store.older();
    await store.older();
    expect(places(store)).toEqual(down(1_799, 1_800));
    expect([store.seen(), store.before()]).toEqual([1_800, 'none']);
  });

  it('lose nothing of what came while they stood still, however much it was', async () => {
    const { house, store } = await looking();
    store.pause(true);
    house.arrive(1_200);
    await told(store, 1_250);
    expect([store.events().length, store.waiting(), store.seen()]).toEqual([50, 1_200, 1_250]);
    store.pause(false);
    expect(places(store)).toEqual(down(2_199, 500));
    expect([store.waiting(), store.seen()]).toEqual([0, 1_250]);
    await store.older();
    await store.older();
    expect(places(store)).toEqual(down(2_199, 1_500));
  });
});
