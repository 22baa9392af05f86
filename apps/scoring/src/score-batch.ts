import type { ScoringSettings } from '@throughline/contracts';
import type { Row, Transaction } from '@throughline/database';
import type { Readings } from '@throughline/domain-scoring';
import { CustomerScore } from './customer-score';
import { readChangedSpans, readJourneyHeads, type FailedCustomer, type LockedCustomer } from './due-customers';
import { addRowsOf, contactReadingRow, itemReadingRow, noRows, shareRow } from './fact-rows';
import { readEngagements, readEngagementsOf, readParts } from './hierarchy-reader';
import { saveCustomers, type CustomerChange } from './customer-rows';
import { extentTable, factNames, factTables, readingTable, shareTable } from './score-tables';
import {
  noNames,
  readAnswersAbout,
  readExtents,
  readFactRows,
  readHulls,
  readItemsOf,
  readReadingsIn,
  readRowsOf,
  readShareRows,
  readUnhungAnswers,
  readUnsettled,
  readWhoAnswered,
  shareFrom,
  type Keyed,
} from './score-store';
import { reasonOf } from './reason-of';
import { writeDifference } from './write-rows';

const nothing: Readings = { contacts: [], items: [] };

/** What one transaction knows of its customers and what the rules answered. Every step loads for all of them at once; a customer for whom a rule throws is a failure, not an end. */
export class ScoreBatch {
  readonly failures: FailedCustomer[] = [];
  /** Customers whose hierarchy moved while it was read: they are due still. */
  readonly moved: string[] = [];
  eventsRead = 0;
  private scores: CustomerScore[] = [];
  private readonly shareRows = new Map<string, Row[]>();

  constructor(
    private readonly tx: Transaction,
    private readonly settings: ScoringSettings,
  ) {}

  get scored(): readonly LockedCustomer[] {
    return this.scores.map(({ customer }) => customer);
  }

  get whole(): number {
    return this.scores.filter(({ isWhole }) => isWhole).length;
  }

  /** Loads what the customers need and asks the rules. */
  async decide(customers: readonly LockedCustomer[]): Promise<void> {
    const windows = await readChangedSpans(
      this.tx,
      customers.filter(({ whole }) => !whole),
    );
    this.scores = customers.map((customer) => new CustomerScore(customer, this.settings, windows.get(customer.customerId) ?? null));
    const engagements = await readEngagements(this.tx, this.ids());
    for (const score of this.scores) score.engagements = score.customer.kind === 'internal' ? [] : engagements.get(score.customerId)!;
    await this.load(this.scores);
    const changes = this.scores.filter(({ isWhole }) => !isWhole);
    await this.load(await this.widened(changes));
    await this.refuseMoved();
    this.eventsRead = this.scores.reduce((sum, { part }) => sum + part.events, 0);
    this.each((score) => score.read());
    await this.scoreAll();
  }

  private ids(scores: readonly CustomerScore[] = this.scores): string[] {
    return scores.map(({ customerId }) => customerId);
  }

  private changes(): CustomerScore[] {
    return this.scores.filter(({ isWhole }) => !isWhole);
  }

  /** Reads the spans of these customers, or everything of those that have none. */
  private async load(scores: readonly CustomerScore[]): Promise<void> {
    if (scores.length === 0) return;
    const stored = await readReadingsIn(
      this.tx,
      scores.flatMap(({ customerId, span }) => (span ? [{ customerId, span }] : [])),
    );
    const parts = await readParts(
      this.tx,
      scores.map(({ customerId, span }) => ({ customerId, span, interactions: stored.get(customerId)?.contacts.map(({ anchor }) => anchor) ?? [] })),
    );
    for (const score of scores) score.take(parts.get(score.customerId)!, stored.get(score.customerId) ?? nothing);
  }

  /** Those whose change reaches beyond what was read. */
  private async widened(changes: readonly CustomerScore[]): Promise<CustomerScore[]> {
    if (changes.length === 0) return [];
    const extents = await readExtents(this.tx, this.ids(changes));
    const unsettled = await readUnsettled(
      this.tx,
      this.named(changes, ({ touched }) => touched),
      new Map(changes.map(({ customerId, span }) => [customerId, span!])),
    );
    return changes.filter((score) => score.widen(extents.get(score.customerId)!, unsettled.get(score.customerId) ?? new Set()));
  }

  private named(scores: readonly CustomerScore[], of: (score: CustomerScore) => Iterable<string>): Keyed[] {
    return scores.flatMap((score) => [...of(score)].map((anchor) => ({ customerId: score.customerId, anchor })));
  }

  /** The views are read statement by statement: a customer whose head moved meanwhile was perhaps read half before and half after. */
  private async refuseMoved(): Promise<void> {
    const heads = new Map((await readJourneyHeads(this.tx, this.ids())).map((head) => [head.customerId, head]));
    this.scores = this.scores.filter(({ customer }) => {
      const head = heads.get(customer.customerId);
      if (head?.revision === customer.revision && head.rewritten === customer.rewritten) return true;
      this.moved.push(customer.customerId);
      return false;
    });
  }

  private each(step: (score: CustomerScore) => void): void {
    this.scores = this.scores.filter((score) => {
      try {
        step(score);
        return true;
      } catch (error) {
        const { customerId, revision, rewritten } = score.customer;
        this.failures.push({ customerId, revision, rewritten, reason: reasonOf(error) });
        return false;
      }
    });
  }

  private async scoreAll(): Promise<void> {
    const changes = this.changes();
    await this.askAnswers(changes);
    const cores = changes.map((score) => ({ customerId: score.customerId, span: score.reachOut()! }));
    const hulls = await readHulls(this.tx, cores);
    const near = await readReadingsIn(
      this.tx,
      changes.map((score) => ({ customerId: score.customerId, span: score.neighbours(hulls.get(score.customerId)) })),
    );
    for (const score of changes) score.choose(near.get(score.customerId)!);
    const wanted = this.named(changes, (score) => score.wanted);
    for (const row of await readShareRows(this.tx, wanted)) {
      const id = row[0] as string;
      const rows = this.shareRows.get(id);
      if (rows) rows.push(row);
      else this.shareRows.set(id, [row]);
    }
    const far = await readItemsOf(this.tx, wanted);
    this.each((score) => score.score(far.get(score.customerId) ?? [], (this.shareRows.get(score.customerId) ?? []).map(shareFrom)));
  }

  private async askAnswers(changes: readonly CustomerScore[]): Promise<void> {
    const answered = await readWhoAnswered(this.tx, this.ids(changes));
    const asking = changes.filter(({ customerId }) => answered.has(customerId));
    const about = await readAnswersAbout(
      this.tx,
      this.named(asking, (score) => score.lookedAt()),
    );
    const hanging = await readItemsOf(
      this.tx,
      this.named(asking, ({ touched }) => touched),
    );
    const unhung = await readUnhungAnswers(this.tx, this.ids(asking));
    const asked = asking.flatMap((score) => {
      const stored = new Map(
        [about, hanging, unhung].flatMap((found) => found.get(score.customerId) ?? []).map((item) => [`${item.kind}|${item.anchor}`, item]),
      );
      return score.ask([...stored.values()]).map(({ anchor }) => ({ customerId: score.customerId, anchor }));
    });
    const engagements = await readEngagementsOf(this.tx, asked);
    for (const score of asking) score.hang((event) => engagements.get(`${score.customerId}|${event}`) ?? null);
  }

  /** Writes what differs. Gives the number of rows of facts written. */
  async save(): Promise<number> {
    const whole = this.ids(this.scores.filter(({ isWhole }) => isWhole));
    const stored = await readFactRows(this.tx, whole, this.storedNames());
    const wanted = noRows();
    for (const { customerId, facts } of this.scores) addRowsOf(customerId, facts!, wanted);
    let written = 0;
    for (const name of factNames) written += await writeDifference(this.tx, factTables[name], stored[name], wanted[name]);
    written += await this.movePlaces();
    const items = await this.saveReadings(whole);
    await saveCustomers(
      this.tx,
      this.scores.map((score): CustomerChange => ({ score, before: items.get(score.customerId) ?? [], stored })),
    );
    return written;
  }

  /** A contact that came, went or moved moves all later ones of its engagement, however long after it. Gives how many moved; those whose facts were written have their place. */
  private async movePlaces(): Promise<number> {
    const moved = this.scores.flatMap(({ customerId, places }) => places.map(({ contact, place }) => [customerId, contact, place] as const));
    if (moved.length === 0) return 0;
    return this.tx.execute(
      `update scoring.contact c set place = w.place from unnest($1::uuid[], $2::uuid[], $3::integer[]) as w (id, anchor, place)
       where c.customer_id = w.id and c.anchor = w.anchor and c.place <> w.place`,
      [moved.map(([customerId]) => customerId), moved.map(([, contact]) => contact), moved.map(([, , place]) => place)],
    );
  }

  /** By table, the anchors of the stored rows that a change may replace. */
  private storedNames(): ReturnType<typeof noNames> {
    const names = noNames();
    for (const score of this.changes()) {
      const key = (anchor: string): Keyed => ({ customerId: score.customerId, anchor });
      const readings = score.storedContacts();
      const contacts = new Set([...readings, ...score.facts!.contacts].map(({ anchor }) => anchor));
      names.contact.push(...[...contacts].map(key));
      names.ledger.push(...[...contacts].map(key));
      names.engagement.push(...[...score.wanted].map(key));
      names.answer.push(...[...score.answers].map(key));
      names.stay.push(...readings.flatMap(({ stays }) => stays.map(({ anchor }) => key(anchor))), ...score.facts!.stays.map(({ anchor }) => key(anchor)));
      names.visit.push(...readings.flatMap(({ menus }) => menus.map(({ anchor }) => key(anchor))), ...score.facts!.visits.map(({ anchor }) => key(anchor)));
    }
    return names;
  }

  /** Writes readings, shares and extents. Gives the stored items that were replaced, for the sums. */
  private async saveReadings(whole: readonly string[]): Promise<Map<string, Row[]>> {
    const storedReadings = await readRowsOf(this.tx, readingTable, whole);
    const storedShares = await readRowsOf(this.tx, shareTable, whole);
    const wantedReadings: Row[] = [];
    const wantedShares: Row[] = [];
    for (const score of this.scores) {
      const { customerId, before, fresh, asked, answered, span } = score;
      const inSpan = ({ at }: { at: number }): boolean => span === null || (at >= span.startAt && at <= span.endAt);
      if (!score.isWhole) {
        storedReadings.push(...before.contacts.map((one) => contactReadingRow(customerId, one)));
        storedReadings.push(...[...before.items.filter(inSpan), ...asked].map((one) => itemReadingRow(customerId, one)));
        storedShares.push(...(this.shareRows.get(customerId) ?? []).filter((row) => score.isCore({ at: row[3] as number, endedAt: row[4] as number })));
      }
      wantedReadings.push(...fresh.contacts.map((one) => contactReadingRow(customerId, one)));
      wantedReadings.push(...[...fresh.items.filter(inSpan), ...answered].map((one) => itemReadingRow(customerId, one)));
      wantedShares.push(...score.facts!.shares.map((share) => shareRow(customerId, share)));
    }
    await writeDifference(this.tx, readingTable, storedReadings, wantedReadings);
    await writeDifference(this.tx, shareTable, storedShares, wantedShares);
    const ids = this.ids();
    await writeDifference(
      this.tx,
      extentTable,
      await readRowsOf(this.tx, extentTable, ids),
      this.scores.flatMap(({ customerId, engagements }) => engagements.map(({ anchor, firstAt, lastAt }): Row => [customerId, anchor, firstAt, lastAt])),
    );
    const items = new Map<string, Row[]>();
    for (const row of storedReadings) {
      if (row[1] !== 'order') continue;
      const list = items.get(row[0] as string);
      if (list) list.push(row);
      else items.set(row[0] as string, [row]);
    }
    return items;
  }
}
