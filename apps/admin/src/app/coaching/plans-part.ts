import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { texts } from '../../texts';
import { Loaded } from '../ui/loaded';
import { UrlState } from '../shell/url-state';
import { Card } from '../ui/card';
import { formatDay } from '../ui/format';
import { Table, TableCell, type Column } from '../ui/table';
import { CoachingApi, type PlanRow, type PlansAnswer } from './coaching-api';
import { stateWords } from './coaching-words';

const words = texts.coaching;
const states = ['', 'draft', 'agreed', 'practising', 'remeasureDue', 'closed'] as const;

/** The plans in scope, what is due first. */
@Component({
  selector: 'tl-coaching-plans',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Card, Table, TableCell],
  template: `
    <tl-card [heading]="text.plans">
      <div controls class="tl-row">
        <label class="tl-small" for="plan-state">{{ text.stateLabel }}</label>
        <select class="tl-select compact" id="plan-state" (change)="state.set($any($event.target).value)">
          @for (choice of states; track choice) {
            <option [value]="choice" [selected]="state() === choice">{{ choice === '' ? text.anyState : text.states[choice] }}</option>
          }
        </select>
      </div>
      <tl-table
        [label]="text.plans"
        [columns]="columns"
        [rows]="rows()"
        [keyOf]="idOf"
        [state]="answer.state() ?? (rows().length > 0 ? undefined : all().length > 0 ? 'filtered' : 'empty')"
        [problem]="answer.problem()"
        [sentence]="answer.value() && all().length === 0 ? (own() ? text.ownEmpty : text.plansEmpty) : undefined"
        [detail]="answer.value() && all().length === 0 ? (own() ? text.ownEmptyDetail : text.plansEmptyDetail) : undefined"
        (acted)="answer.problem() ? read() : state.set('')"
      >
        <ng-template tlCell="state" let-plan>
          <span class="tl-chip" [class.good]="plan.result === 'worked'" [class.bad]="plan.result === 'worse'" [class.warn]="plan.state === 'remeasureDue'">{{
            stateOf(plan)
          }}</span>
        </ng-template>
      </tl-table>
    </tl-card>
  `,
})
export class PlansPart {
  private readonly api = inject(CoachingApi);
  readonly own = input(false);
  protected readonly text = words;
  protected readonly states = states;
  protected readonly state = inject(UrlState).choice('state', states, '');
  protected readonly answer = new Loaded<PlansAnswer>();
  protected readonly all = computed(() => this.answer.value()?.plans ?? []);
  protected readonly rows = computed(() => {
    const order = (plan: PlanRow): number => ['remeasureDue', 'practising', 'agreed', 'draft', 'closed'].indexOf(plan.state);
    return this.all()
      .filter((plan) => this.state() === '' || plan.state === this.state())
      .sort((a, b) => order(a) - order(b) || a.remeasureAt - b.remeasureAt);
  });

  protected readonly columns: readonly Column<PlanRow>[] = [
    { name: 'agent', head: words.planColumns.agent, text: ({ agentName }) => agentName, link: ({ id }) => ({ commands: ['/coaching/plans', id] }) },
    { name: 'goal', head: words.planColumns.goal, align: 'left', long: true, text: ({ goal }) => goal.behaviour },
    {
      name: 'metric',
      head: words.planColumns.metric,
      align: 'left',
      text: ({ goal }) => this.answer.value()?.metrics.find(({ metric }) => metric === goal.metric)?.title ?? goal.metric,
    },
    { name: 'state', head: words.planColumns.state, align: 'left', text: (plan) => stateWords(plan) },
    { name: 'practice', head: words.planColumns.practice, text: ({ exercises, exercisesDone }) => `${exercisesDone}/${exercises}` },
    { name: 'remeasure', head: words.planColumns.remeasure, text: ({ remeasureAt }) => formatDay(remeasureAt) },
    { name: 'coach', head: words.planColumns.coach, align: 'left', text: ({ coach }) => coach },
  ];

  constructor() {
    void this.read();
  }

  protected read(): Promise<void> {
    return this.answer.load((signal) => this.api.plans(signal));
  }

  protected stateOf = (plan: PlanRow): string => stateWords(plan);
  protected idOf = ({ id }: PlanRow): string => id;
}
