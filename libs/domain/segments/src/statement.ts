import type { Instant } from '@throughline/contracts';
import { since } from './rule';

/** The type of a parameter as Postgres is told it: never left to be guessed from what stands around it. */
export type ParameterType = 'text' | 'text[]' | 'uuid' | 'uuid[]' | 'double precision' | 'timestamptz';

export type ParameterValue = string | number | readonly string[];

/**
 * A statement in the making: text that the program wrote, and values beside it. Whatever a person typed goes through `value`, and so never into the text; the text is the
 * same for any values in the same form.
 */
export class Statement {
  readonly params: ParameterValue[] = [];
  private nowPlace: string | undefined;

  constructor(readonly asOf: Instant) {}

  /** A place for a value: `$3::text`. */
  value(value: ParameterValue, type: ParameterType): string {
    this.params.push(value);
    return `$${this.params.length}::${type}`;
  }

  instant(at: Instant): string {
    return this.value(new Date(at).toISOString(), 'timestamptz');
  }

  /** The instant as of which the rule is asked: one place, however often it is named. */
  now(): string {
    this.nowPlace ??= this.instant(this.asOf);
    return this.nowPlace;
  }

  /** So many days before now. */
  daysAgo(days: number): string {
    return this.instant(since(this.asOf, days));
  }
}
