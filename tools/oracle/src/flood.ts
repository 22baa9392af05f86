/** Groups of the things that are tied, directly or through each other: from each one not yet reached, visit every other. Things keep their order. */
export function flood<Thing>(things: readonly Thing[], tied: (a: Thing, b: Thing) => boolean): Thing[][] {
  const groups: Thing[][] = [];
  const reached = new Set<number>();
  for (let first = 0; first < things.length; first += 1) {
    if (reached.has(first)) continue;
    reached.add(first);
    const group = [first];
    for (let at = 0; at < group.length; at += 1)
      for (let other = 0; other < things.length; other += 1)
        if (!reached.has(other) && tied(things[group[at]!]!, things[other]!)) {
          reached.add(other);
          group.push(other);
        }
    groups.push(group.sort((a, b) => a - b).map((index) => things[index]!));
  }
  return groups;
}

/** The things by key, in the order in which keys first appear. */
export function byKey<Thing>(things: readonly Thing[], key: (thing: Thing) => string): Map<string, Thing[]> {
  const groups = new Map<string, Thing[]>();
  for (const thing of things) {
    const name = key(thing);
    const group = groups.get(name);
    if (group) group.push(thing);
    else groups.set(name, [thing]);
  }
  return groups;
}

/** Says that a rule was met; a run of properties collects these to show what it covered. */
export type Note = (what: string) => void;
export const noNote: Note = () => undefined;

/** Says which side of a limit was met, where it was met to the millisecond. */
export function noteLimit(note: Note, name: string, value: number, limit: number): void {
  if (value === limit) note(`limit: ${name} 0`);
  else if (value === limit - 1) note(`limit: ${name} -1`);
  else if (value === limit + 1) note(`limit: ${name} +1`);
}
