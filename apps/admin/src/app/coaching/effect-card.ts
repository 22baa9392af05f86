import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import type { ApiProblem } from '../../api/api-problem';
import { texts } from '../../texts';
import { Card } from '../ui/card';
import { Chart, type ChartTable } from '../ui/charts/chart';
import { DotWhisker } from '../ui/charts/dot-whisker';
import { formatDay, formatNumber } from '../ui/format';
import type { StateKind } from '../ui/state';
import { State } from '../ui/state';
import type { Effect } from './coaching-api';
import { changeWords, valueWords } from './coaching-words';

type Measured = Extract<Effect['estimate'], { kind: 'measured' }>;
type TooFew = Extract<Effect['estimate'], { kind: 'tooFew' }>;

/** Before and after with a control: the effect with its interval, the naive view beside it, or the day from which it can be told. */
@Component({
  selector: 'tl-effect-card',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Card, Chart, DotWhisker, State],
  templateUrl: './effect-card.html',
  styleUrl: './effect-card.css',
})
export class EffectCard {
  readonly effect = input.required<Effect | undefined>();
  /** The day that the plan itself has set for looking again. */
  readonly plannedAt = input<number>();
  readonly state = input<StateKind | undefined>();
  readonly problem = input<ApiProblem>();
  readonly acted = output();
  protected readonly text = texts.coaching.effect;

  protected readonly measured = computed<Measured | undefined>(() => {
    const estimate = this.effect()?.estimate;
    return estimate?.kind === 'measured' ? estimate : undefined;
  });
  private readonly tooFew = computed<TooFew | undefined>(() => {
    const estimate = this.effect()?.estimate;
    return estimate?.kind === 'tooFew' ? estimate : undefined;
  });
  protected readonly waits = computed(() => {
    const few = this.tooFew();
    if (!few) return undefined;
    const [fewest, least] = [formatNumber(few.fewest), formatNumber(few.least)];
    if (few.why === 'contactsAfter' && few.remeasureAt !== null) return this.text.tooFewWhen(formatDay(few.remeasureAt), fewest, least);
    return [
      { contactsBefore: this.text.tooFewBefore, contactsAfter: this.text.tooFewNever, controls: this.text.tooFewControls }[few.why](fewest, least),
      this.again(),
    ]
      .filter(Boolean)
      .join(' ');
  });
  /** While waiting alone does not help, the plan's own day is the one on which to look. */
  private readonly again = computed(() => {
    const at = this.plannedAt();
    return at !== undefined && at > Date.now() ? this.text.tooFewAgain(formatDay(at)) : '';
  });

  protected readonly heading = computed(() => this.text.heading[this.measured()?.verdict ?? 'noClearEffect']);
  protected readonly sentence = computed(() => {
    const one = this.measured();
    return one ? this.text.sentence(this.change(one.effect), this.change(one.low), this.change(one.high)) : '';
  });
  protected readonly basis = computed(() => {
    const one = this.measured();
    return one ? this.text.basis(formatNumber(one.coachedAgents), formatNumber(one.controlAgents), formatNumber(one.contacts)) : '';
  });
  protected readonly periods = computed(() => {
    const { before, after } = this.effect()!.periods;
    const words = ({ from, to }: { from: number; to: number }): string =>
      to > from ? `${formatDay(from)} – ${formatDay(to)}` : this.text.from(formatDay(from));
    return this.text.periods(words(before), words(after));
  });

  /** Naive change, the others' change, the effect: on one scale around zero. */
  protected readonly rows = computed(() => {
    const one = this.measured();
    if (!one) return [];
    const { changeOthers } = one.table;
    return [
      { name: this.text.naive, value: one.naive.change, low: one.naive.low, high: one.naive.high, strong: false },
      {
        name: this.text.others,
        value: changeOthers.mean,
        low: changeOthers.mean - 1.96 * changeOthers.error,
        high: changeOthers.mean + 1.96 * changeOthers.error,
        strong: false,
      },
      { name: this.text.effect, value: one.effect, low: one.low, high: one.high, strong: true },
    ];
  });
  protected readonly scale = computed(() => {
    const most = Math.max(...this.rows().flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]), 0.1) * 1.05;
    return { least: -most, most };
  });

  protected readonly table = computed<ChartTable>(() => {
    const one = this.measured();
    const { who, before, after, change } = this.text.tableColumns;
    const columns = [{ head: who }, { head: before }, { head: after }, { head: change }];
    if (!one) return { columns, rows: [] };
    const { rows } = this.text;
    const value = (mean: number): string => valueWords(mean, { ...this.effect()!.metric, of: '' });
    const line = (name: string, was: number, is: number, moved: number) => ({ cells: [name, value(was), value(is), this.change(moved)] });
    const t = one.table;
    return {
      columns,
      rows: [
        line(rows.coached, t.coachedBefore.mean, t.coachedAfter.mean, t.changeCoached.mean),
        line(rows.others, t.othersBefore.mean, t.othersAfter.mean, t.changeOthers.mean),
        { cells: [rows.difference, this.change(t.differenceBefore.mean), this.change(t.differenceAfter.mean), this.change(t.changeMore.mean)] },
        { cells: [this.text.effect, null, null, `${this.change(one.effect)} (${this.change(one.low)} … ${this.change(one.high)})`] },
        { cells: [this.text.returning, null, null, this.change(one.expectedReturn)] },
      ],
    };
  });

  protected change = (value: number): string => changeWords(value, this.effect()!.metric);
}
