import { inject, Injectable } from '@angular/core';
import type { CustomerTree, Family } from '@throughline/contracts';
import { ApiClient } from '../../api/api-client';
import type { AnswerOf } from '../../api/api-types';

export type RecentCustomer = AnswerOf<'/v1/customers', 'get'>['customers'][number];

/** A person's correction, as the page knows it; the server adds id, time and author. */
export type NewCorrection =
  | { readonly kind: 'cut'; readonly level: 'interaction' | 'engagement'; readonly eventId: string }
  | { readonly kind: 'join'; readonly level: 'interaction' | 'engagement'; readonly eventId: string; readonly toEventId: string }
  | { readonly kind: 'relabel'; readonly eventId: string; readonly family: Family };

/** Customers over HTTP. Identifiers go in bodies, never into an address. */
@Injectable({ providedIn: 'root' })
export class CustomersApi {
  private readonly api = inject(ApiClient);

  async find(identifier: string): Promise<{ readonly customers: readonly CustomerTree[]; readonly others: readonly string[] }> {
    const { customers, others } = await this.api.post('/v1/customers/lookup', { body: { identifier, limit: 1 } });
    return { customers: customers as readonly CustomerTree[], others };
  }

  /** Who was in touch lately, the latest first. */
  async latest(): Promise<readonly RecentCustomer[]> {
    return (await this.api.get('/v1/customers')).customers;
  }

  /** By the id of the customer, or of any node or event of theirs. */
  async tree(id: string, { cursor, signal }: { readonly cursor?: string | undefined; readonly signal?: AbortSignal } = {}): Promise<CustomerTree> {
    return (await this.api.get('/v1/customers/{id}', { params: { id }, query: { cursor }, ...(signal && { signal }) })) as CustomerTree;
  }

  /** Answers when its effect can be read, with the id by which it is withdrawn. */
  async correct(correction: NewCorrection): Promise<string> {
    const { id } = (await this.api.post('/v1/corrections', { body: correction as never })) as { readonly id: string };
    return id;
  }

  async withdraw(id: string): Promise<void> {
    await this.api.delete('/v1/corrections/{id}', { params: { id } });
  }
}
