/** Sets of the numbers 0…size-1 that only ever merge; the root of a set is its smallest member. */
export class DisjointSets {
  private readonly parent: number[];

  constructor(size: number) {
    this.parent = Array.from({ length: size }, (_, index) => index);
  }

  root(index: number): number {
    let root = index;
    while (this.parent[root] !== root) root = this.parent[root]!;
    let step = index;
    while (step !== root) {
      const next = this.parent[step]!;
      this.parent[step] = root;
      step = next;
    }
    return root;
  }

  join(a: number, b: number): void {
    const left = this.root(a);
    const right = this.root(b);
    if (left === right) return;
    if (left < right) this.parent[right] = left;
    else this.parent[left] = right;
  }
}
