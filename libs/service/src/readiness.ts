/** Why this service should get no work at the moment. No reason: it is ready. */
export class Readiness {
  private readonly refusals = new Map<string, string>();
  private readonly checks: (() => string | undefined | Promise<string | undefined>)[] = [];

  /** From now on, until `accept` of the same topic. The reason is shown at `/ready`. */
  refuse(topic: string, reason: string): void {
    this.refusals.set(topic, reason);
  }

  accept(topic: string): void {
    this.refusals.delete(topic);
  }

  /** Asked at each look; gives a reason when it is not well. */
  check(look: () => string | undefined | Promise<string | undefined>): void {
    this.checks.push(look);
  }

  /** All reasons against. Checks have two seconds. */
  async reasons(): Promise<string[]> {
    const looks = this.checks.map(async (look) => {
      try {
        return await Promise.race([Promise.resolve(look()), late()]);
      } catch {
        return 'a check failed';
      }
    });
    return [...this.refusals.values(), ...(await Promise.all(looks)).filter((reason) => reason !== undefined)];
  }
}

function late(): Promise<string> {
  return new Promise((resolve) => setTimeout(resolve, 2_000, 'a check gave no answer within two seconds').unref());
}
