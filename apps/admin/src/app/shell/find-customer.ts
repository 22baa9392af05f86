import { inject, Injectable } from '@angular/core';
import { Router } from '@angular/router';
import { ApiClient } from '../../api/api-client';
import { ApiProblem } from '../../api/api-problem';
import { texts } from '../../texts';
import { customerName } from './customer-name';
import type { PaletteEntry, PaletteSource } from './palette';

/** Customers by a whole phone number, e-mail or account number. The value goes in the body, never into an address. */
@Injectable({ providedIn: 'root' })
export class FindCustomer implements PaletteSource {
  private readonly api = inject(ApiClient);
  private readonly router = inject(Router);
  readonly group = texts.shell.palette.customers;

  async ask(query: string, signal: AbortSignal): Promise<readonly PaletteEntry[]> {
    if (!looksLikeIdentifier(query)) return [];
    try {
      const { customers, others } = await this.api.post('/v1/customers/lookup', { body: { identifier: query, limit: 1 }, signal });
      const known = customers.map(({ customer, journey }) => ({
        id: customer.id,
        label: customerName(customer.identifiers) ?? texts.customers.customer,
        detail: texts.customers.events(journey.events),
      }));
      const further = others.map((id) => ({ id, label: texts.customers.customer, detail: id }));
      return [...known, ...further].map(({ id, label, detail }) => ({ label, detail, run: () => void this.router.navigate(['/customers', id]) }));
    } catch (error) {
      if (error instanceof ApiProblem && [400, 404].includes(error.status)) return [];
      throw error;
    }
  }
}

/** Worth asking the server for: it has a digit or an @, and some length. */
export const looksLikeIdentifier = (query: string): boolean => query.trim().length >= 4 && /[\d@]/.test(query);
