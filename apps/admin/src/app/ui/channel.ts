import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { texts } from '../../texts';

/** Icon and hue of a channel, the same everywhere. */
interface Look {
  readonly icon: string;
  readonly hue: string;
}

const call = 'M5 2.5 3 4c0 5 4 9 9 9l1.5-2-3-2-1.5 1c-1.3-.7-2.300-1.700-3-3l1-1.500z';
const chat = 'M2.500 3.500h11v7h-6l-3 2.500v-2.500h-2z';
const looks: Readonly<Record<string, Look>> = {
  voice: { icon: call, hue: 'voice-call' },
  chat: { icon: chat, hue: 'chat' },
  messaging: { icon: `${chat}M5.500 7h5`, hue: 'message' },
  sms: { icon: `${chat}M5.500 7h5`, hue: 'message' },
  email: { icon: 'M2.500 4h11v8h-11zM2.500 4.500 8 9l5.500-4.500', hue: 'mail' },
  letter: { icon: 'M2.500 4h11v8h-11zM2.500 4.500 8 9l5.500-4.500', hue: 'mail' },
  web: { icon: 'M2.500 3.500h11v9h-11zM2.500 6h11', hue: 'web' },
  app: { icon: 'M5 2.500h6v11H5zM7.500 11.500h1', hue: 'web' },
  social: {
    icon: 'M4 9.500a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM12 5.500a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM12 14.500a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM5.800 6.500l4.400-2M5.800 8.500l4.400 3',
    hue: 'social',
  },
  field: {
    icon: 'M8 14c-3-3.500-4.500-5.500-4.500-7.500a4.500 4.500 0 0 1 9 0C12.500 8.500 11 10.500 8 14zM8 8a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3z',
    hue: 'field',
  },
  store: { icon: 'M3 6.500 4 3h8l1 3.500M3.500 7v6h9V7M3 6.500h10', hue: 'desk' },
};
const unknown: Look = { icon: 'M3 8a5 5 0 1 0 10 0A5 5 0 0 0 3 8z', hue: 'desk' };

/** The colour of a channel as a CSS value, for lanes and bars. */
export const hueOf = (channel: string): string => `var(--tl-${(looks[channel] ?? unknown).hue})`;

export const channelName = (channel: string): string => (texts.ui.channel as Readonly<Record<string, string>>)[channel] ?? channel;

@Component({
  selector: 'tl-channel',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '[style.color]': 'hue()' },
  template: `
    <svg
      viewBox="0 0 16 16"
      width="16"
      height="16"
      [attr.role]="quiet() ? null : 'img'"
      [attr.aria-hidden]="quiet() ? true : null"
      [attr.aria-label]="quiet() ? null : name()"
    >
      <path [attr.d]="icon()" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linejoin="round" stroke-linecap="round" />
    </svg>
  `,
  styles: `
    :host {
      display: inline-flex;
      flex: none;
    }
  `,
})
export class ChannelIcon {
  readonly of = input.required<string>();
  readonly quiet = input(false);
  protected readonly icon = computed(() => (looks[this.of()] ?? unknown).icon);
  protected readonly hue = computed(() => hueOf(this.of()));
  protected readonly name = computed(() => channelName(this.of()));
}
