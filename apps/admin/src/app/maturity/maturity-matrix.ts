import { ChangeDetectionStrategy, Component, inject, input, output } from '@angular/core';
import { texts } from '../../texts';
import { Toasts } from '../ui/toasts';
import type { Cell, Dimension, Level, MaturityAnswer } from './maturity-api';
import { levels, MaturityStore } from './maturity-store';
import { Standing } from './standing';

/** Three dimensions by four levels: reached cells filled, the target outlined, each with its checklist. */
@Component({
  selector: 'tl-maturity-matrix',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Standing],
  templateUrl: './maturity-matrix.html',
  styleUrl: './maturity-matrix.css',
})
export class MaturityMatrix {
  protected readonly store = inject(MaturityStore);
  private readonly toasts = inject(Toasts);
  readonly answer = input.required<MaturityAnswer>();
  readonly chosen = input('');
  readonly mayAttest = input(false);
  readonly opened = output<string>();
  protected readonly text = texts.maturity;
  protected readonly levels = levels;
  protected readonly aims = ['claimed', 'target'] as const;

  protected keyOf({ dimension, level }: Cell): string {
    return `${dimension}.${level}`;
  }

  protected metOf({ criteria }: Cell): string {
    return this.text.met(criteria.filter(({ standing }) => standing === 'met').length, criteria.length);
  }

  protected isTarget({ dimension, level }: Cell): boolean {
    return this.answer().target[dimension] === level;
  }

  protected isClaimed({ dimension, level }: Cell): boolean {
    return this.answer().claimed[dimension] === level;
  }

  protected async aim(dimension: Dimension, of: 'claimed' | 'target', chosen: string): Promise<void> {
    const { claimed, target } = this.answer();
    const before = { claimed: claimed[dimension], target: target[dimension] };
    try {
      await this.store.aim(dimension, { ...before, [of]: chosen === '' ? null : (chosen as Level) });
      this.toasts.show(this.text.aimed, { undo: () => this.store.aim(dimension, before) });
    } catch (error) {
      this.toasts.problem(error);
    }
  }
}
