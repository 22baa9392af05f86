/** The bound values of one statement, in the order of their `$n`. Nothing that comes from outside reaches a statement by another way. */
export class SqlParameters {
  readonly values: unknown[] = [];
  private readonly instants = new Map<number, string>();

  /** Binds a value and gives the text that stands for it. */
  add(value: unknown, type: 'timestamptz' | 'text' | 'text[]' | 'uuid' | 'uuid[]' | 'boolean' | 'integer' | 'timestamptz[]'): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }

  /** Binds an instant, the same one once. */
  instant(at: number): string {
    const known = this.instants.get(at);
    if (known !== undefined) return known;
    const text = this.add(new Date(at).toISOString(), 'timestamptz');
    this.instants.set(at, text);
    return text;
  }
}

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}
