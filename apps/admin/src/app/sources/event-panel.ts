import { ChangeDetectionStrategy, Component, computed, effect, inject, input, signal } from '@angular/core';
import { JsonPipe } from '@angular/common';
import { RouterLink } from '@angular/router';
import { texts } from '../../texts';
import { Loaded } from '../ui/loaded';
import { Session } from '../shell/session';
import { formatMoment } from '../ui/format';
import { Level } from '../ui/level';
import { State } from '../ui/state';
import { Toasts } from '../ui/toasts';
import { curlOf } from './curl-of';
import { SourcesApi, type EventDetail } from './sources-api';

const forms = ['linked', 'pretty', 'raw'] as const;

/** One event: what it became, its canonical form, and the record as it came. */
@Component({
  selector: 'tl-event-panel',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [JsonPipe, Level, RouterLink, State],
  template: `
    @if (event.value(); as value) {
      <p>
        <b>{{ value.system }}.{{ value.type }}</b
        >&ngsp;<span class="tl-small">{{ value.source }}</span>
      </p>
      <div class="tl-parts" role="group" [attr.aria-label]="text.formsLabel">
        @for (name of forms; track name) {
          <button class="tl-button" type="button" [attr.aria-pressed]="form() === name" (click)="form.set(name)">{{ text.forms[name] }}</button>
        }
      </div>
      @switch (form()) {
        @case ('linked') {
          <dl class="tl-facts">
            <dt>{{ text.happened }}</dt>
            <dd>{{ moment(value.occurredAt) }}</dd>
            <dt>{{ text.arrived }}</dt>
            <dd>{{ moment(value.receivedAt) }}</dd>
            <dt>{{ text.owner }}</dt>
            <dd>
              @if (value.customerId && maySeeCustomers) {
                <a class="tl-mono" [routerLink]="['/customers', value.id]">{{ value.customerId }}</a>
              } @else {
                <span [class.tl-mono]="value.customerId">{{ value.customerId ?? text.none }}</span>
              }
            </dd>
            <dt>{{ text.rule }}</dt>
            <dd>{{ value.linked.ownerRule ?? text.none }}</dd>
            @for (node of nodes(); track node.level) {
              <dt class="tl-row"><tl-level [of]="node.level" [quiet]="true" /> {{ node.words }}</dt>
              <dd [class.tl-mono]="node.id">{{ node.id ?? text.none }}</dd>
            }
          </dl>
        }
        @case ('pretty') {
          <pre class="tl-mono" tabindex="0">{{ value.canonical | json }}</pre>
        }
        @case ('raw') {
          @if (value.raw === null) {
            <p class="tl-small">{{ text.rawGone }}</p>
          } @else {
            <pre class="tl-mono" tabindex="0">{{ value.raw | json }}</pre>
            @if (!seesAll) {
              <p class="tl-small">{{ text.shape }}</p>
            }
          }
        }
      }
      <button class="tl-button" type="button" (click)="copy(value)">{{ text.curl }}</button>
    } @else {
      <tl-state [state]="event.state() ?? 'loading'" [problem]="event.problem()" [rows]="6" (acted)="read()" />
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 12px;
    }

    pre {
      max-height: 60vh;
      overflow: auto;
      padding: 12px;
      white-space: pre-wrap;
      background: var(--tl-bg);
      border: 1px solid var(--tl-line);
      border-radius: var(--tl-radius-small);
    }

    .tl-button,
    .tl-parts {
      justify-self: start;
    }
  `,
})
export class EventPanel {
  private readonly api = inject(SourcesApi);
  private readonly toasts = inject(Toasts);
  readonly id = input.required<string>();
  protected readonly text = texts.sources.event;
  protected readonly forms = forms;
  protected readonly form = signal<(typeof forms)[number]>('linked');
  protected readonly event = new Loaded<EventDetail>();
  private readonly session = inject(Session);
  protected readonly maySeeCustomers = this.session.can('customer.read');
  protected readonly seesAll = this.session.can('customer.reveal') && this.session.can('content.read');
  protected readonly nodes = computed(() => {
    const linked = this.event.value()?.linked;
    return [
      { level: 'transaction' as const, words: this.text.transaction, id: linked?.transactionId },
      { level: 'interaction' as const, words: this.text.interaction, id: linked?.interactionId },
      { level: 'engagement' as const, words: this.text.engagement, id: linked?.engagementId },
    ];
  });

  constructor() {
    effect(() => {
      this.id();
      this.event.clear();
      void this.read();
    });
  }

  protected read(): Promise<void> {
    const id = this.id();
    return this.event.load((signal) => this.api.event(id, signal));
  }

  protected async copy(event: EventDetail): Promise<void> {
    await navigator.clipboard.writeText(curlOf(event, location.origin));
    this.toasts.show(this.text.copied);
  }

  protected moment = (at: number): string => formatMoment(at);
}
