import { Injectable, signal } from '@angular/core';
import type { CustomerTree } from '@throughline/contracts';
import { customerName, shortId } from '../shell/customer-name';

/** A customer as a list shows it: nothing but what the tree said. */
export interface CustomerLine {
  readonly id: string;
  readonly name: string;
  readonly events: number;
  readonly firstAt: number | null;
  readonly lastAt: number | null;
}

const kept = 8;

/** Customers opened in this tab, the latest first. In memory alone: nothing of a person stays in the browser. */
@Injectable({ providedIn: 'root' })
export class OpenedCustomers {
  private readonly lines = signal<readonly CustomerLine[]>([]);
  readonly list = this.lines.asReadonly();

  add(tree: CustomerTree): void {
    const line = lineOf(tree);
    this.lines.update((lines) => [line, ...lines.filter(({ id }) => id !== line.id)].slice(0, kept));
  }
}

export function lineOf({ customer, journey }: CustomerTree): CustomerLine {
  return {
    id: customer.id,
    name: customerName(customer.identifiers) ?? shortId(customer.id),
    events: journey.events,
    firstAt: journey.firstAt,
    lastAt: journey.lastAt,
  };
}
