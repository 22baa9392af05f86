import { JsonPipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { texts } from '../../texts';
import { channelName } from '../ui/channel';
import { formatMoment, formatSpan } from '../ui/format';
import { CorrectionForm } from './correction-form';
import type { NewCorrection } from './customers-api';
import { FrustrationLedger } from './frustration-ledger';
import { LinkEvidence } from './link-evidence';
import { eventsOf, transactionsOf, type TimelineNode, type TransactionNode } from './timeline';
import { agentOf, intentOf, percentOf, scoreOf, stateOf, wordOf } from './node-words';

const words = texts.customers.evidence;

/** The chosen thing: facts, why it stands where it does, what was recorded, and how to correct it. */
@Component({
  selector: 'tl-node-panel',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [JsonPipe, FrustrationLedger, LinkEvidence, CorrectionForm],
  template: `
    @if (score(); as score) {
      <tl-frustration-ledger [score]="score" (shown)="shown.emit($event)" />
    }
    @if (node().link; as link) {
      <section>
        <h3>
          {{ text.why }} <span class="tl-small">{{ hint() }}</span>
        </h3>
        <tl-link-evidence [link]="link" (shown)="shown.emit($event)" />
      </section>
    }
    @if (owner(); as owner) {
      <section>
        <h3>{{ text.owner }}</h3>
        <tl-link-evidence [link]="owner" />
      </section>
    }
    <section>
      <h3>{{ text.facts }}</h3>
      <dl class="tl-facts">
        @for (fact of facts(); track fact.name) {
          <dt>{{ fact.name }}</dt>
          <dd [class.tl-mono]="fact.mono">{{ fact.value }}</dd>
        }
      </dl>
    </section>
    @if (raw(); as event) {
      <details>
        <summary>{{ text.raw }}</summary>
        <pre class="tl-mono" tabindex="0">{{ event | json }}</pre>
      </details>
    }
    @if (mayCorrect()) {
      <tl-correction-form [node]="node()" [all]="all()" [working]="working()" (corrected)="corrected.emit($event)" />
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 16px;
      grid-template-columns: minmax(0, 1fr);
    }

    section {
      display: grid;
      gap: 8px;
    }

    section + section,
    tl-frustration-ledger + section {
      border-top: 1px solid var(--tl-line-soft);
      padding-top: 16px;
    }

    summary {
      cursor: pointer;
      font-size: 13px;
      min-height: 24px;
    }

    pre {
      margin-top: 8px;
      padding: 12px;
      max-height: 320px;
      overflow: auto;
      white-space: pre-wrap;
      border: 1px solid var(--tl-line);
      border-radius: var(--tl-radius-small);
      background: var(--tl-bg);
    }
  `,
})
export class NodePanel {
  readonly node = input.required<TimelineNode>();
  /** The whole timeline: what it could be joined with. */
  readonly all = input.required<readonly TimelineNode[]>();
  readonly mayCorrect = input(false);
  readonly working = input(false);
  readonly corrected = output<NewCorrection>();
  /** An event to go to. */
  readonly shown = output<string>();

  protected readonly text = words;
  protected readonly hint = computed(() => {
    const parent = this.node().parent;
    return parent ? words.whyHint(texts.ui.level[parent.level].toLowerCase()) : '';
  });
  protected readonly score = computed(() => scoreOf(this.node()));
  protected readonly raw = computed(() => {
    const node = this.node();
    return node.level === 'event' ? node.branch.event : undefined;
  });
  protected readonly owner = computed(() => {
    const node = this.node();
    if (node.level !== 'event') return undefined;
    return { ...node.branch.owner, otherEvent: null, gapMs: null, limitMs: null };
  });

  protected readonly facts = computed(() => {
    const node = this.node();
    const of = (part: (branch: TransactionNode['branch']) => string | null): string =>
      [...new Set(transactionsOf(node).flatMap(({ branch }) => part(branch) ?? []))].join(', ');
    const single = node.level === 'event' ? node.branch.event : undefined;
    const around = single && node.parent?.level === 'transaction' ? node.parent.branch : undefined;
    const state = stateOf(node);
    const events = eventsOf(node);
    const channels = [...new Set(events.map(({ channel }) => channelName(channel)))].join(', ');
    const systems = [...new Set(events.map(({ system }) => wordOf(texts.customers.systems, system)))].join(', ');
    const keys = [...new Set(events.flatMap(({ issueKeys }) => issueKeys.map(({ kind, value }) => `${kind} ${value}`)))].join(', ');
    const facts: { name: string; value: string | undefined; mono?: boolean }[] = [
      { name: words.when, value: formatMoment(node.at) },
      { name: words.lasted, value: node.endAt > node.at ? formatSpan(node.endAt - node.at) : undefined },
      { name: words.state, value: state ? wordOf(texts.customers.states, state) : undefined },
      { name: words.intent, value: intentOf(node) },
      { name: words.outcome, value: single?.outcome },
      { name: words.ending, value: single?.ending },
      { name: words.channel, value: channels },
      { name: words.system, value: systems },
      { name: words.queue, value: single?.queue ?? of(({ queue }) => queue) },
      { name: words.agent, value: single?.agent ? (around?.agent === single.agent ? (agentOf(around) ?? undefined) : single.agent) : of(agentOf) },
      { name: words.site, value: single?.site },
      { name: words.source, value: single?.source ?? of(({ source }) => source) },
      { name: words.keys, value: keys },
      { name: words.id, value: node.id === 'loose' ? undefined : node.id, mono: true },
    ];
    return facts.filter(({ value }) => value);
  });
  protected readonly percent = percentOf;
}
