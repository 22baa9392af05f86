import type { CanonicalEvent, CanonicalHierarchy } from '@throughline/contracts';

/**
 * One customer's row as two workers see it: a lock that is taken or found taken, events that are read one statement after the lock, a head that names the revision
 * that was built. `pause` stands for every round trip to the database, where the other worker may come in between.
 */
export class CustomerRow {
  private locked = false;
  private events: readonly CanonicalEvent[] = [];
  revision = 0;
  builtRevision = -1;
  built: CanonicalHierarchy | null = null;

  constructor(private readonly pause: (where: string) => Promise<void>) {}

  /** Identity gives the customer an event and counts the revision, in one transaction. */
  async receive(event: CanonicalEvent): Promise<void> {
    await this.pause('receive');
    this.events = [...this.events, event];
    this.revision += 1;
  }

  /** Builds what is due. Answers false when another worker holds the row: the message comes again. */
  async work(build: (events: readonly CanonicalEvent[]) => CanonicalHierarchy, order: 'revisionFirst' | 'eventsFirst' = 'revisionFirst'): Promise<boolean> {
    await this.pause('lock');
    if (this.locked) return false;
    this.locked = true;
    try {
      let revision = this.revision;
      await this.pause('read');
      const events = this.events;
      await this.pause('build');
      if (order === 'eventsFirst') revision = this.revision;
      const built = build(events);
      await this.pause('save');
      if (revision > this.builtRevision) {
        this.built = built;
        this.builtRevision = revision;
      }
      return true;
    } finally {
      this.locked = false;
    }
  }

  get isDue(): boolean {
    return this.builtRevision < this.revision;
  }
}
