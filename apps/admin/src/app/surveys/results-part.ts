import { ChangeDetectionStrategy, Component, computed, effect, inject, signal, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';
import { texts } from '../../texts';
import { Session } from '../shell/session';
import { UrlState } from '../shell/url-state';
import { DotWhisker } from '../ui/charts/dot-whisker';
import { Card } from '../ui/card';
import { channelName } from '../ui/channel';
import { formatMoment, formatNumber, formatShare } from '../ui/format';
import { Ink } from '../ui/ink';
import { Loaded } from '../ui/loaded';
import { NumberFigure } from '../ui/number';
import { State } from '../ui/state';
import { Table, TableCell, type Column } from '../ui/table';
import { SurveysApi, type Comments, type Results } from './surveys-api';

const words = texts.surveys;
type Line = Results['empathy'][number];
type Response = Results['response'][number];

/** Too few have answered for it to be shown. */
const isFew = ({ state }: Line): boolean => state === 'hidden' || state === 'unknown';

/** Who answers, how each person and system did, what lay behind it, and what customers wrote. */
@Component({
  selector: 'tl-results-part',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Card, DotWhisker, Ink, NumberFigure, RouterLink, State, Table, TableCell],
  template: `
    <div class="tl-row">
      <select class="tl-select compact" [attr.aria-label]="text.daysLabel" (change)="days.set(+$any($event.target).value)">
        @for (choice of text.days; track choice) {
          <option [value]="choice" [selected]="choice === days()">{{ text.range(choice) }}</option>
        }
      </select>
      <span class="tl-mute">{{ respondents() }}</span>
    </div>
    @if (failed()) {
      <tl-card [heading]="text.parts.results"><tl-state state="error" [problem]="results.problem()" (acted)="read()" /></tl-card>
    } @else {
      @for (kind of kinds; track kind) {
        <tl-card [heading]="text.empathy[kind]" [sub]="text.empathySub[kind]">
          <tl-ink controls of="said" />
          <tl-table
            [label]="text.empathy[kind]"
            [columns]="columns"
            [rows]="shownOf(kind)"
            [keyOf]="keyOf"
            [state]="shownOf(kind).length === 0 ? (results.state() ?? 'empty') : undefined"
            [sentence]="results.state() ? undefined : linesOf(kind).length === 0 ? text.empathyEmpty : text.allFew"
            [detail]="!results.state() && linesOf(kind).length === 0 ? text.empathyEmptyDetail : undefined"
            [busy]="results.busy()"
            [problem]="results.problem()"
            (acted)="read()"
          >
            <ng-template tlCell="picture" let-line>
              <tl-dot-whisker [value]="line.mean" [low]="line.interval?.[0] ?? null" [high]="line.interval?.[1] ?? null" [n]="line.n" [least]="1" [most]="5" />
            </ng-template>
          </tl-table>
          @if (kind === 'team' && results.value()?.withoutTeam; as left) {
            @if (left.agents > 0) {
              <p class="tl-row few tl-small">{{ text.withoutTeam(left.agents, number(left.ratings)) }}</p>
            }
          }
          @if (fewOf(kind); as few) {
            <p class="tl-row few">
              <span class="tl-small">{{ text.few(few) }}</span>
              <button class="tl-link" type="button" [attr.aria-expanded]="withFew()" (click)="withFew.set(!withFew())">
                {{ withFew() ? text.fewHide : text.fewShow }}
              </button>
            </p>
          }
        </tl-card>
      }
      <tl-card [heading]="text.causes" [sub]="text.causesSub">
        @if (results.value(); as answer) {
          @if (answer.causes.length === 0) {
            <p class="tl-mute">{{ text.causesEmpty }}</p>
          } @else {
            <div class="tl-tiles">
              @for (part of answer.causes; track part.cause) {
                <div>
                  <p class="tl-small">{{ text.cause[part.cause] }}</p>
                  <tl-number [value]="part.count" size="small" [reason]="text.tooFew" />
                </div>
              }
            </div>
          }
        } @else {
          <tl-state [state]="results.state() ?? 'loading'" [problem]="results.problem()" (acted)="read()" />
        }
      </tl-card>
      <tl-card [heading]="text.response" [sub]="text.responseSub">
        <tl-table
          [label]="text.response"
          [columns]="responseColumns"
          [rows]="results.value()?.response ?? []"
          [keyOf]="responseKey"
          [state]="(results.value()?.response ?? []).length === 0 ? (results.state() ?? 'empty') : undefined"
          [sentence]="results.state() ? undefined : text.responseEmpty"
          [detail]="results.state() ? undefined : text.responseEmptyDetail"
          [problem]="results.problem()"
          (acted)="read()"
        />
      </tl-card>
    }
    @if (mayRead) {
      <tl-card [heading]="text.comments" [sub]="text.commentsSub">
        <tl-ink controls of="said" />
        @if (comments.value(); as answer) {
          @if (answer.state === 'tooFew') {
            <p class="tl-mute">{{ text.commentsFew(answer.needed) }}</p>
          } @else if (answer.comments.length === 0) {
            <p class="tl-mute">{{ text.commentsEmpty }}</p>
          }
          @for (comment of answer.comments; track $index) {
            <blockquote class="tl-quote">
              {{ comment.text }}
              <footer class="tl-small">
                {{ detailOf(comment) }} ·
                <a class="tl-link" [routerLink]="['/customers', comment.customerId]">{{ text.openCustomer }}</a>
              </footer>
            </blockquote>
          }
        } @else {
          <tl-state [state]="comments.state() ?? 'loading'" [problem]="comments.problem()" (acted)="read()" />
        }
      </tl-card>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 16px;
      grid-template-columns: minmax(0, 1fr);
    }

    .tl-quote + .tl-quote {
      margin-top: 12px;
    }

    .few {
      max-width: none;
      margin-top: 8px;
      font-size: 13px;
    }
  `,
})
export class ResultsPart {
  private readonly api = inject(SurveysApi);
  protected readonly mayRead = inject(Session).can('content.read');
  protected readonly text = words;
  protected readonly kinds = ['agent', 'team', 'system'] as const;
  protected readonly days = inject(UrlState).number('days', 90);
  protected readonly withFew = signal(false);
  protected readonly results = new Loaded<Results>();
  protected readonly comments = new Loaded<Comments>();
  /** Nothing came: it is said once, not in every card. */
  protected readonly failed = computed(() => this.results.state() === 'error');
  protected readonly respondents = computed(() => {
    const answer = this.results.value();
    return answer ? words.respondents(formatNumber(answer.respondents)) : '';
  });

  protected readonly columns: readonly Column<Line>[] = [
    { name: 'name', head: words.empathyColumns.name, text: (line) => this.nameOf(line) },
    { name: 'mean', head: words.empathyColumns.mean, text: ({ mean }) => (mean === null ? null : formatNumber(mean, { digits: 1 })) },
    {
      name: 'interval',
      head: words.empathyColumns.interval,
      text: ({ interval }) => interval && `${formatNumber(interval[0], { digits: 1 })}–${formatNumber(interval[1], { digits: 1 })}`,
    },
    { name: 'top', head: words.empathyColumns.top, text: ({ topBox }) => (topBox === null ? null : formatShare(topBox)) },
    { name: 'n', head: words.empathyColumns.n, text: ({ n }) => n },
    { name: 'state', head: words.empathyColumns.state, align: 'left', text: ({ state }) => words.state[state] },
    { name: 'picture', head: words.empathyColumns.picture, text: () => '' },
  ];
  protected readonly responseColumns: readonly Column<Response>[] = [
    { name: 'way', head: words.responseColumns.way, text: ({ channel }) => channelName(channel) },
    { name: 'source', head: words.responseColumns.source, align: 'left', text: ({ source }) => source },
    { name: 'asked', head: words.responseColumns.asked, text: ({ answered }) => answered.of },
    { name: 'answered', head: words.responseColumns.answered, text: ({ answered }) => answered.count },
    { name: 'rate', head: words.responseColumns.rate, text: ({ answered }) => (answered.share === null ? null : formatShare(answered.share, 1)) },
    {
      name: 'interval',
      head: words.responseColumns.interval,
      text: ({ answered: { interval } }) => interval && `${formatNumber(interval[0] * 100, { digits: 1 })}–${formatShare(interval[1], 1)}`,
    },
  ];

  constructor() {
    effect(() => {
      this.days();
      untracked(() => this.read());
    });
  }

  protected read(): void {
    const days = this.days();
    void this.results.load(() => this.api.results(days));
    if (this.mayRead) void this.comments.load(() => this.api.comments(days));
  }

  protected readonly number = (n: number): string => formatNumber(n);

  protected linesOf(kind: Line['kind']): readonly Line[] {
    return (this.results.value()?.empathy ?? [])
      .filter((line) => line.kind === kind)
      .sort((a, b) => Number(isFew(a)) - Number(isFew(b)) || this.nameOf(a).localeCompare(this.nameOf(b)));
  }

  /** Those with enough answers to be shown; the others on request. */
  protected shownOf(kind: Line['kind']): readonly Line[] {
    return this.linesOf(kind).filter((line) => this.withFew() || !isFew(line));
  }

  protected fewOf(kind: Line['kind']): number {
    return this.linesOf(kind).filter(isFew).length;
  }

  protected detailOf({ at, about }: Comments['comments'][number]): string {
    return [formatMoment(at), about === null ? '' : words.commentAbout(words.systems[about] ?? about)].filter((part) => part !== '').join(', ');
  }

  protected nameOf({ kind, key, name }: Line): string {
    return kind === 'system' ? (words.systems[key] ?? name) : name;
  }

  protected keyOf(line: Line): string {
    return `${line.kind}/${line.key}`;
  }

  protected responseKey(row: Response): string {
    return `${row.channel}/${row.source}`;
  }
}
