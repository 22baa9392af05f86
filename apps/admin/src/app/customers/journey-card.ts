import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import type { CustomerTree } from '@throughline/contracts';
import { texts } from '../../texts';
import { Card } from '../ui/card';
import { ChannelIcon, channelName } from '../ui/channel';
import { formatAgo, formatDay, formatNumber } from '../ui/format';

/** The whole relationship in a few facts, as far as the page shows it. */
@Component({
  selector: 'tl-journey-card',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Card, ChannelIcon],
  template: `
    <tl-card [heading]="text.title">
      <dl class="tl-facts">
        @if (tree().journey.firstAt; as at) {
          <dt>{{ text.since }}</dt>
          <dd>{{ day(at) }}</dd>
        }
        @if (tree().journey.lastAt; as at) {
          <dt>{{ text.last }}</dt>
          <dd>{{ ago(at) }}</dd>
        }
        <dt>{{ text.size }}</dt>
        <dd>{{ number(tree().journey.events) }}</dd>
        @for (channel of channels(); track channel.name) {
          <dt class="tl-row"><tl-channel [of]="channel.of" [quiet]="true" />{{ channel.name }}</dt>
          <dd>{{ number(channel.contacts) }}</dd>
        }
      </dl>
    </tl-card>
  `,
})
export class JourneyCard {
  readonly tree = input.required<CustomerTree>();
  protected readonly text = texts.customers.journey;
  protected readonly day = (at: number): string => formatDay(at);
  protected readonly ago = (at: number): string => formatAgo(at);
  protected readonly number = (value: number): string => formatNumber(value);

  /** Contact transactions by channel, the busiest first. */
  protected readonly channels = computed(() => {
    const { engagements, unengaged } = this.tree();
    const interactions = [...engagements.flatMap((one) => one.interactions), ...unengaged.interactions];
    const transactions = new Map(interactions.flatMap((one) => one.transactions).map((one) => [one.id, one]));
    const counts = new Map<string, number>();
    for (const { kind, channel } of transactions.values()) if (kind === 'contact') counts.set(channel, (counts.get(channel) ?? 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1]).map(([of, contacts]) => ({ of, name: channelName(of), contacts }));
  });
}
