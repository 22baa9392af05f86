import { isTransient } from '@throughline/database';

/** An item that alone cannot be saved, and why. */
export interface Poison<Item> {
  readonly item: Item;
  readonly error: unknown;
}

/**
 * Saves all items, by halves where a save fails for good, so that only the items that fail alone are left out; those are given back. A transient error is thrown on:
 * it says nothing about an item. `save` must be one transaction. Saves are at most about 2 · poison · log2(items) + 1.
 */
export async function bisect<Item>(items: readonly Item[], save: (items: readonly Item[]) => Promise<void>): Promise<Poison<Item>[]> {
  if (items.length === 0) return [];
  try {
    await save(items);
    return [];
  } catch (error) {
    if (isTransient(error)) throw error;
    if (items.length === 1) return [{ item: items[0]!, error }];
    const middle = items.length >> 1;
    return [...(await bisect(items.slice(0, middle), save)), ...(await bisect(items.slice(middle), save))];
  }
}
