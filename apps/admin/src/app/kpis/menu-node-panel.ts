import { ChangeDetectionStrategy, Component, computed, effect, inject, input, linkedSignal, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { OptOuts } from '../../api/schema';
import { texts } from '../../texts';
import { Session } from '../shell/session';
import { UrlState } from '../shell/url-state';
import { formatMoment, formatNumber, formatSpan } from '../ui/format';
import { Ink } from '../ui/ink';
import { NumberFigure } from '../ui/number';
import { State } from '../ui/state';
import { KpiAddress } from './kpi-address';
import { halfOf } from './kpi-figures';
import { KpisApi, type MenuNode, type OptOut } from './kpis-api';
import { shareText, signWords } from './menu-words';
import { Part } from './part';

const step = 25;
const most = 200;
type Reason = OptOut['reason'];

/** One node of the menu: what its callers did, the reasons for which they left it for a person, and each of them with its evidence. */
@Component({
  selector: 'tl-menu-node-panel',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Ink, NumberFigure, RouterLink, State],
  templateUrl: './menu-node-panel.html',
  styleUrl: './menu-node-panel.css',
})
export class MenuNodePanel {
  private readonly api = inject(KpisApi);
  private readonly address = inject(KpiAddress);
  protected readonly mayOpen = inject(Session).can('customer.read');
  protected readonly text = texts.menus.node;
  protected readonly reasons = texts.menus.reasons;
  readonly node = input.required<MenuNode>();
  protected readonly reason = inject(UrlState).text('reason');
  protected readonly optOuts = new Part<OptOuts>();
  private readonly limit = linkedSignal({ source: () => `${this.node().node} ${this.reason()}`, computation: () => step });

  protected readonly half = halfOf;
  protected readonly share = shareText;
  protected readonly number = formatNumber;
  protected readonly span = formatSpan;
  protected readonly facts = computed(() => {
    const { calls, firstChoice, medianDwellMs, again, invalidInputs, ended } = this.node();
    return [
      { head: this.text.calls, words: formatNumber(calls) },
      { head: this.text.first, words: shareText(firstChoice) },
      { head: this.text.dwell, words: formatSpan(medianDwellMs ?? 0) },
      { head: this.text.again, words: formatNumber(again ?? 0) },
      { head: this.text.invalid, words: formatNumber(invalidInputs ?? 0) },
      { head: this.text.ended, words: `${formatNumber(ended ?? 0)}, ${this.text.endedHint}` },
    ];
  });
  protected readonly bars = computed(() => {
    const reasons = this.node().reasons ?? [];
    const all = reasons.reduce((sum, { count }) => sum + count, 0);
    return reasons.map(({ reason, count }) => ({ reason, count, percent: (100 * count) / all, words: this.reasons[reason] }));
  });
  protected readonly shown = computed(() => this.optOuts.answer()?.optOuts ?? []);
  protected readonly own = computed(() => {
    const agents = this.optOuts.answer()?.asked.agents;
    return agents == null ? '' : this.text.own(formatNumber(agents));
  });
  protected readonly counted = computed(() => this.text.of(formatNumber(this.shown().length), formatNumber(this.optOuts.answer()?.total ?? 0)));
  protected readonly hasMore = computed(() => this.shown().length < Math.min(most, this.optOuts.answer()?.total ?? 0));

  constructor() {
    effect(() => {
      const mayAsk = this.mayOpen && this.bars().length > 0;
      this.node();
      this.reason();
      this.limit();
      this.address.question();
      untracked(() => {
        // Another node's callers do not stand under this one's name.
        if (this.optOuts.answer()?.node !== this.node().node) this.optOuts.clear();
        if (mayAsk) this.load();
      });
    });
  }

  protected load(): void {
    const reason = this.bars().find((bar) => bar.reason === this.reason())?.reason;
    const query = { ...this.address.question(), node: this.node().node, limit: String(this.limit()), ...(reason && { reason }) };
    void this.optOuts.load((signal) => this.api.optOuts(query, signal));
  }

  /** Only this reason; all of them again when it was the only one. */
  protected choose(reason: Reason): void {
    this.reason.set(this.reason() === reason ? '' : reason);
  }

  protected more(): void {
    this.limit.update((limit) => Math.min(most, limit + step));
  }

  protected when({ at }: OptOut): string {
    return formatMoment(at, this.address.zone());
  }

  protected signs({ evidence }: OptOut): string[] {
    return signWords(evidence, this.address.zone());
  }

  protected agentOf({ agent }: OptOut): string {
    return agent === null ? '' : (this.optOuts.answer()?.agents[agent] ?? agent);
  }
}
