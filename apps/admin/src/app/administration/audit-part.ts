import { ChangeDetectionStrategy, Component, computed, effect, inject, signal, untracked } from '@angular/core';
import type { AuditEntry } from '../../api/schema';
import { texts } from '../../texts';
import { UrlState } from '../shell/url-state';
import { Card } from '../ui/card';
import { formatMoment, formatNumber } from '../ui/format';
import { Table, TableCell, type Column } from '../ui/table';
import { Toasts } from '../ui/toasts';
import { AdministrationApi, type AuditAnswer, type ChainAnswer } from './administration-api';
import { actionWords, detailWords, targetWords } from './audit-words';
import { Loaded } from '../ui/loaded';

const words = texts.administration.audit;

/** Who did what, newest first, and whether the chain of it is whole. */
@Component({
  selector: 'tl-audit-part',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Card, Table, TableCell],
  template: `
    <tl-card [heading]="names.parts.audit" [sub]="text.sub">
      <div controls class="tl-row">
        <label class="tl-hidden" for="audit-action">{{ text.action }}</label>
        <select class="tl-select compact" id="audit-action" (change)="action.set($any($event.target).value)">
          @for (kind of kinds; track kind.prefix) {
            <option [value]="kind.prefix" [selected]="kind.prefix === action()">{{ kind.name }}</option>
          }
        </select>
        <a class="tl-button" [href]="file()" download>{{ text.csv }}</a>
        <button class="tl-button" type="button" [attr.aria-disabled]="verifying()" (click)="verify()">{{ verifying() ? text.verifying : text.verify }}</button>
      </div>
      <p class="chain" role="status">
        @if (chain(); as chain) {
          <span class="tl-chip" [class.good]="chain.intact" [class.bad]="!chain.intact">{{ chainWords(chain) }}</span>
        }
      </p>
      <tl-table
        [label]="names.parts.audit"
        [columns]="columns"
        [rows]="entries()"
        [keyOf]="placeOf"
        [state]="entries().length === 0 && !answer.state() ? (action() === '' ? 'empty' : 'filtered') : answer.state()"
        [sentence]="answer.state() ? undefined : action() === '' ? text.empty : text.filtered"
        [busy]="answer.busy()"
        [problem]="answer.problem()"
        (acted)="action() === '' || answer.problem() ? read() : action.set('')"
      >
        <ng-template tlCell="details" let-entry
          ><span class="details tl-small">{{ detailsOf(entry) }}</span></ng-template
        >
        <ng-template tlCell="target" let-entry
          ><span [title]="entry.target">{{ targetOf(entry) }}</span></ng-template
        >
      </tl-table>
      @if (answer.value()?.next) {
        <div foot class="more">
          <button class="tl-button" type="button" (click)="older()">{{ text.older }}</button>
        </div>
      }
    </tl-card>
  `,
  styles: `
    .chain:empty {
      display: none;
    }

    .chain {
      margin-block: 8px;
    }

    .details {
      display: block;
      max-width: 80ch;
    }

    .more {
      display: grid;
      justify-content: center;
      padding-top: 12px;
    }
  `,
})
export class AuditPart {
  private readonly api = inject(AdministrationApi);
  private readonly toasts = inject(Toasts);
  protected readonly text = words;
  protected readonly names = texts.administration;
  protected readonly kinds = Object.entries(words.actions).map(([prefix, name]) => ({ prefix, name }));
  protected readonly action = inject(UrlState).text('action');

  protected readonly answer = new Loaded<AuditAnswer>();
  protected readonly entries = computed(() => this.answer.value()?.entries ?? []);
  protected readonly file = computed(() => this.api.auditFile(this.action()));
  protected readonly verifying = signal(false);
  protected readonly chain = signal<ChainAnswer | undefined>(undefined);

  protected readonly columns: readonly Column<AuditEntry>[] = [
    { name: 'at', head: words.columns.at, text: ({ at }) => formatMoment(at) },
    { name: 'actor', head: words.columns.actor, align: 'left', text: ({ actor }) => (actor.kind === 'nobody' ? words.nobody : actor.name) },
    { name: 'action', head: words.columns.action, align: 'left', text: ({ action }) => actionWords(action) },
    { name: 'target', head: words.columns.target, align: 'left', text: (entry) => this.targetOf(entry) },
    { name: 'details', head: words.columns.details, align: 'left', long: true, text: (entry) => this.detailsOf(entry) },
    { name: 'address', head: words.columns.address, text: ({ address }) => address },
  ];

  constructor() {
    effect(() => {
      this.action();
      untracked(() => void this.read());
    });
  }

  protected read(): Promise<void> {
    const action = this.action();
    return this.answer.load(() => this.api.audit(action, undefined));
  }

  protected async older(): Promise<void> {
    const shown = this.answer.value();
    if (!shown?.next) return;
    const { next } = shown;
    const action = this.action();
    await this.answer.load(async () => {
      const page = await this.api.audit(action, next);
      return { ...page, entries: [...shown.entries, ...page.entries] };
    });
  }

  protected async verify(): Promise<void> {
    if (this.verifying()) return;
    this.verifying.set(true);
    try {
      this.chain.set(await this.api.verify());
    } catch (error) {
      this.toasts.problem(error);
    } finally {
      this.verifying.set(false);
    }
  }

  protected chainWords(chain: ChainAnswer): string {
    return chain.intact ? words.intact(formatNumber(chain.entries)) : words.broken(formatNumber(chain.brokenAt), chain.reason);
  }

  protected detailsOf = ({ details }: AuditEntry): string => detailWords(details);
  protected targetOf = ({ target }: AuditEntry): string => targetWords(target);
  protected placeOf = ({ place }: AuditEntry): number => place;
}
