import { computed, inject, Injectable } from '@angular/core';
import { Loaded } from '../ui/loaded';
import { MaturityApi, type Attested, type Dimension, type Level, type MaturityAnswer, type Snapshot } from './maturity-api';

export const dimensions = ['integration', 'insights', 'operations'] as const satisfies readonly Dimension[];
export const levels = ['basic', 'foundational', 'advanced', 'distinctive'] as const satisfies readonly Level[];

/** The matrix and its history. */
@Injectable()
export class MaturityStore {
  private readonly api = inject(MaturityApi);
  readonly matrix = new Loaded<MaturityAnswer>();
  readonly history = new Loaded<readonly Snapshot[]>();
  /** By dimension, its four cells in order. */
  readonly rows = computed(() => {
    const { cells = [] } = this.matrix.value() ?? {};
    return dimensions.map((dimension) => ({ dimension, cells: cells.filter((cell) => cell.dimension === dimension) }));
  });

  async load(): Promise<void> {
    await Promise.all([this.matrix.load((signal) => this.api.read(signal)), this.history.load((signal) => this.api.snapshots(signal))]);
  }

  async attest(criterion: Attested, holds: boolean, comment: string, validDays: number): Promise<void> {
    await this.api.attest({ criterion, holds, comment, validDays });
    await this.load();
  }

  async aim(dimension: Dimension, aim: { claimed: Level | null; target: Level | null }): Promise<void> {
    await this.api.aim({ dimension, ...aim });
    await this.load();
  }

  async keep(): Promise<void> {
    await this.api.keep();
    await this.load();
  }
}
