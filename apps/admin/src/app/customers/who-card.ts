import { ChangeDetectionStrategy, Component, computed, input, output, signal } from '@angular/core';
import type { CustomerTree } from '@throughline/contracts';
import { texts } from '../../texts';
import { Card } from '../ui/card';
import { Ink } from '../ui/ink';
import { wordOf } from './node-words';

/** Who the customer is: their identifiers, and why all of them are one person. */
@Component({
  selector: 'tl-who-card',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Card, Ink],
  template: `
    <tl-card [heading]="text.title">
      <dl class="tl-facts">
        @for (identifier of customer().identifiers; track $index) {
          <dt>{{ kind(identifier.kind) }}</dt>
          <dd>
            {{ identifier.value }}
            @if (why()) {
              <span class="reason">
                <tl-ink
                  [of]="identifier.link.confidence < 1000 ? 'inferred' : 'recorded'"
                  [confidence]="identifier.link.confidence < 1000 ? identifier.link.confidence : null"
                />
                @if (identifier.link.eventId; as id) {
                  <button class="tl-link" type="button" (click)="shown.emit(id)">{{ rule(identifier.link.rule) }}</button>
                } @else {
                  <span>{{ rule(identifier.link.rule) }}</span>
                }
              </span>
            }
          </dd>
        }
      </dl>
      @for (review of customer().reviews; track review.id) {
        <p class="review">
          <strong>{{ text.reviews }}</strong> {{ review.detail }}
        </p>
      }
      <p class="tl-foot">
        {{ text.identifiers(customer().identifiers.length) }} ·
        <button class="tl-link" type="button" [attr.aria-expanded]="why()" (click)="why.set(!why())">{{ why() ? text.hideWhy : text.why }}</button>
        @if (former(); as n) {
          <br />{{ text.formerly(n) }}
        }
      </p>
    </tl-card>
  `,
  styles: `
    .reason {
      display: flex;
      flex-wrap: wrap;
      gap: 0 8px;
      justify-content: flex-end;
      font-size: 12px;
      color: var(--tl-mute);
    }

    dd {
      padding-bottom: 2px;
    }

    .review {
      margin-top: 12px;
      padding-left: 10px;
      border-left: 3px solid var(--tl-warn);
      font-size: 13px;
    }
  `,
})
export class WhoCard {
  readonly customer = input.required<CustomerTree['customer']>();
  /** An event that showed an identifier. */
  readonly shown = output<string>();
  protected readonly text = texts.customers.who;
  protected readonly why = signal(false);
  protected readonly former = computed(() => this.customer().formerIds.filter((id) => id !== this.customer().id).length);
  protected readonly kind = (kind: string): string => wordOf(this.text.kinds, kind);
  protected readonly rule = (rule: string): string => wordOf(this.text.rules, rule);
}
