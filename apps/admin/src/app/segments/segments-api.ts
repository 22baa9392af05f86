import { inject, Injectable } from '@angular/core';
import type { SegmentDraft } from '@throughline/contracts';
import type { CustomerFacts, SegmentRule, Thing } from '@throughline/domain-segments';
import { ApiClient } from '../../api/api-client';
import { ApiProblem } from '../../api/api-problem';
import type { Segment, SegmentMembers, SegmentPreview, SegmentPublished, Segments, SegmentVersions } from '../../api/schema';

export type SegmentEntry = Segments['segments'][number];
export type Version = Omit<SegmentVersions['versions'][number], 'rule'> & { readonly rule: SegmentRule };
/** With rules as the rules' own code reads them. */
export type WholeSegment = Omit<Segment, 'rule' | 'draftRule'> & { readonly rule: SegmentRule | null; readonly draftRule: SegmentRule };

export interface DraftToSave {
  readonly name: string;
  readonly description: string;
  readonly rule: SegmentRule;
}

/** Segments over HTTP. */
@Injectable({ providedIn: 'root' })
export class SegmentsApi {
  private readonly api = inject(ApiClient);

  list(retired: boolean): Promise<Segments> {
    return this.api.get('/v1/segments', { query: { retired } });
  }

  async read(id: string): Promise<WholeSegment> {
    return (await this.api.get('/v1/segments/{id}', { params: { id } })) as WholeSegment;
  }

  async create(draft: DraftToSave): Promise<string> {
    const { id } = await this.api.post('/v1/segments', { body: draft as never });
    return id;
  }

  /** Gives the new revision; throws a problem with `theirs` when somebody else was first (`conflictOf`). */
  async save(id: string, basedOn: number, draft: DraftToSave): Promise<number> {
    const { revision } = await this.api.put('/v1/segments/{id}', { params: { id }, body: { ...draft, basedOn } as never });
    return revision;
  }

  publish(id: string, basedOn: number, note: string): Promise<SegmentPublished> {
    return this.api.post('/v1/segments/{id}/publish', { params: { id }, body: { note, basedOn } });
  }

  async restore(id: string, version: number, basedOn: number): Promise<number> {
    const { revision } = await this.api.post('/v1/segments/{id}/restore', { params: { id }, body: { version, basedOn } });
    return revision;
  }

  async retire(id: string, retired: boolean): Promise<void> {
    await this.api.post('/v1/segments/{id}/retire', { params: { id }, body: { retired } });
  }

  preview(rule: SegmentRule, segmentId: string, exact: boolean, signal: AbortSignal): Promise<SegmentPreview> {
    return this.api.post('/v1/segments/preview', { body: { rule, segmentId, exact } as never, signal });
  }

  async versions(id: string): Promise<readonly Version[]> {
    const { versions } = await this.api.get('/v1/segments/{id}/versions', { params: { id } });
    return versions as unknown as readonly Version[];
  }

  members(id: string, page: number, limit: number): Promise<SegmentMembers> {
    return this.api.get('/v1/segments/{id}/members', { params: { id }, query: { page, limit } });
  }

  membersFile(id: string): string {
    return this.api.url('/v1/segments/{id}/members.csv', { params: { id } });
  }

  async facts(customerId: string): Promise<{ readonly facts: CustomerFacts; readonly asOf: number }> {
    const { facts, asOf } = await this.api.get('/v1/segments/facts/{customerId}', { params: { customerId } });
    return { facts: facts as CustomerFacts, asOf };
  }

  async values(thing: Thing | 'customer', field: string): Promise<readonly { readonly value: string; readonly count: number }[]> {
    const { values } = await this.api.get('/v1/segments/values', { query: { thing, field } });
    return values;
  }

  /** The customer of a phone number, e-mail or account number. */
  async lookUp(identifier: string): Promise<string | undefined> {
    try {
      const { customers } = await this.api.post('/v1/customers/lookup', { body: { identifier, limit: 1 } });
      return customers[0]?.customer.id;
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 404) return undefined;
      throw error;
    }
  }
}

/** What somebody else saved meanwhile, where that is why it was refused. */
export function conflictOf(error: unknown): (SegmentDraft & { readonly rule: SegmentRule }) | undefined {
  if (!(error instanceof ApiProblem) || error.status !== 409) return undefined;
  const entry = error.errors.find(({ pointer }) => pointer === 'theirs') as { readonly theirs?: SegmentDraft & { readonly rule: SegmentRule } } | undefined;
  return entry?.theirs;
}
