import { ChangeDetectionStrategy, Component, computed, effect, inject, signal, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';
import { texts } from '../../texts';
import { shortId } from '../shell/customer-name';
import { Session } from '../shell/session';
import { UrlState } from '../shell/url-state';
import { aboutWords } from '../ui/about-words';
import { Card } from '../ui/card';
import { Drawer } from '../ui/drawer';
import { capitalised, formatAgo, formatMoment, formatNumber } from '../ui/format';
import { Loaded } from '../ui/loaded';
import { Table, type Column } from '../ui/table';
import { Toasts } from '../ui/toasts';
import { SurveysApi, type CasesAnswer, type CaseStep, type RecoveryCase } from './surveys-api';

const words = texts.surveys;
type Kind = CaseStep['kind'];

/** What can be done next with a case, in the order in which it is usually done. */
const nextSteps: Readonly<Record<RecoveryCase['state'], readonly Kind[]>> = {
  open: ['assigned', 'notRecovered'],
  owned: ['contacted', 'tried', 'assigned', 'notRecovered'],
  contacted: ['gesture', 'askedAgain', 'recovered', 'notRecovered'],
  askedAgain: ['recovered', 'notRecovered'],
  recovered: ['reopened'],
  notRecovered: ['reopened'],
};

const nameOf = ({ customerName, customerId }: RecoveryCase): string => customerName ?? shortId(customerId);
const aboutOf = ({ intent, family }: RecoveryCase): string | null => (intent === null || family === null ? null : aboutWords({ intent, family }));

/** Customers who rated low or want to be called: who has the case, what the clock says, what was done. */
@Component({
  selector: 'tl-cases-part',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Card, Drawer, RouterLink, Table],
  template: `
    <tl-card [heading]="text.cases" [sub]="text.casesSub">
      <div controls class="tl-parts" role="group" [attr.aria-label]="text.caseStatesLabel">
        @for (name of states; track name) {
          <button class="tl-button" type="button" [attr.aria-pressed]="name === state()" (click)="state.set(name)">{{ text.caseStates[name] }}</button>
        }
      </div>
      <p class="tl-small rate">{{ rate() }}</p>
      <tl-table
        [label]="text.cases"
        [columns]="columns"
        [rows]="cases()"
        [keyOf]="keyOf"
        [opens]="true"
        [chosen]="chosen()"
        [state]="cases().length === 0 ? (answer.state() ?? 'empty') : undefined"
        [sentence]="answer.state() ? undefined : text.casesEmpty"
        [detail]="answer.state() ? undefined : text.casesEmptyDetail"
        [busy]="answer.busy()"
        [problem]="answer.problem()"
        (opened)="chosen.set($event.anchor)"
        (acted)="read()"
      />
    </tl-card>
    @if (open(); as one) {
      <tl-drawer [heading]="text.caseTitle" (closed)="chosen.set('')">
        <dl class="tl-facts">
          <dt>{{ text.caseColumns.customer }}</dt>
          <dd>{{ nameOf(one) }}</dd>
          <dt>{{ text.caseColumns.about }}</dt>
          <dd>{{ aboutOf(one) }}</dd>
          <dt>{{ text.caseColumns.reasons }}</dt>
          <dd>{{ reasonsOf(one) }}</dd>
          <dt>{{ text.caseColumns.state }}</dt>
          <dd>{{ text.caseState[one.state] }}</dd>
          @if (clockOf(one); as due) {
            <dt>{{ text.caseColumns.clock }}</dt>
            <dd>{{ due }}</dd>
          }
          <dt>{{ text.caseColumns.owner }}</dt>
          <dd>{{ one.owner ?? '–' }}</dd>
          <dt>{{ text.caseColumns.opened }}</dt>
          <dd>{{ moment(one.openedAt) }}</dd>
        </dl>
        <a class="tl-link" [routerLink]="['/customers', one.customerId]" [queryParams]="{ focus: 'eng_' + one.anchor }">{{ text.openCustomer }}</a>
        @if (mayWork) {
          <label class="tl-field"
            ><span class="label">{{ text.stepNote }}</span>
            <textarea class="tl-area" rows="3" maxlength="2000" [value]="note()" (input)="note.set($any($event.target).value)"></textarea>
          </label>
          <div class="tl-row wrap">
            @for (kind of next[one.state]; track kind) {
              <button class="tl-button" type="button" [class.primary]="$first" [disabled]="working()" (click)="take(one, kind)">{{ text.steps[kind] }}</button>
            }
          </div>
        }
        @if (one.steps.length > 0) {
          <h3>{{ text.history }}</h3>
          <ol>
            @for (step of one.steps; track step.id) {
              <li>
                <strong>{{ text.stepDone[step.kind] ?? step.kind }}</strong>&ngsp;<span class="tl-small">{{ moment(step.at) }}, {{ step.by }}</span>
                @if (step.note) {
                  <p>{{ step.note }}</p>
                }
              </li>
            }
          </ol>
        }
      </tl-drawer>
    }
  `,
  styles: `
    .rate {
      margin-bottom: 12px;
    }

    .wrap {
      flex-wrap: wrap;
    }

    ol {
      margin: 0;
      padding: 0;
      list-style: none;
      display: grid;
      gap: 8px;
    }
  `,
})
export class CasesPart {
  private readonly api = inject(SurveysApi);
  private readonly toasts = inject(Toasts);
  private readonly session = inject(Session);
  private readonly url = inject(UrlState);
  protected readonly mayWork = this.session.can('case.work');
  protected readonly text = words;
  protected readonly next = nextSteps;
  protected readonly states = ['open', 'over', 'all'] as const;
  protected readonly state = this.url.choice('cases', this.states, 'open');
  protected readonly chosen = this.url.text('case');
  protected readonly answer = new Loaded<CasesAnswer>();
  protected readonly cases = computed(() => this.answer.value()?.cases ?? []);
  protected readonly open = computed(() => this.cases().find(({ anchor }) => anchor === this.chosen()));
  protected readonly note = signal('');
  protected readonly working = signal(false);
  protected readonly rate = computed(() => {
    const rate = this.answer.value()?.recovered;
    return !rate ? '' : rate.of === 0 ? words.noneOver : words.recovered(formatNumber(rate.count), formatNumber(rate.of));
  });
  protected readonly columns: readonly Column<RecoveryCase>[] = [
    { name: 'customer', head: words.caseColumns.customer, text: nameOf },
    { name: 'about', head: words.caseColumns.about, align: 'left', text: aboutOf },
    { name: 'reasons', head: words.caseColumns.reasons, align: 'left', long: true, aside: true, text: (one) => this.reasonsOf(one) },
    { name: 'clock', head: words.caseColumns.clock, align: 'left', text: (one) => this.clockOf(one) },
    { name: 'state', head: words.caseColumns.state, align: 'left', text: ({ state }) => words.caseState[state] },
    { name: 'owner', head: words.caseColumns.owner, align: 'left', text: ({ owner }) => owner },
    { name: 'opened', head: words.caseColumns.opened, text: ({ openedAt }) => formatAgo(openedAt) },
  ];

  constructor() {
    effect(() => {
      this.state();
      untracked(() => void this.read());
    });
  }

  protected read(): Promise<void> {
    const state = this.state();
    return this.answer.load(() => this.api.cases(state));
  }

  protected async take(one: RecoveryCase, kind: Kind): Promise<void> {
    this.working.set(true);
    try {
      const note = this.note().trim();
      const owner = kind === 'assigned' ? this.session.user()?.name : undefined;
      await this.api.step(one.anchor, { id: crypto.randomUUID(), kind, ...(note !== '' && { note }), ...(owner && { owner }) });
      // What was typed while it was on its way stays.
      this.note.update((now) => (now.trim() === note ? '' : now));
      this.toasts.show(words.taken);
      await this.read();
    } catch (error) {
      this.toasts.problem(error);
    } finally {
      this.working.set(false);
    }
  }

  protected readonly nameOf = nameOf;
  protected readonly aboutOf = aboutOf;

  protected reasonsOf({ reasons }: RecoveryCase): string {
    return capitalised(reasons.map((reason) => words.reasons[reason] ?? reason).join(', '));
  }

  protected clockOf({ clock: { next, dueAt, late } }: RecoveryCase): string | null {
    if (next === null || dueAt === null) return null;
    return `${late ? words.clock.late : ''}${words.clock[next](formatAgo(dueAt))}`;
  }

  protected moment(at: number): string {
    return formatMoment(at);
  }

  protected keyOf(one: RecoveryCase): string {
    return one.anchor;
  }
}
