import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { texts } from '../../texts';
import { Card } from '../ui/card';
import { State } from '../ui/state';
import { Explained } from './explained';
import { TryOut } from './try-out';

/** "Test a customer": in or out, and why, told of the rule as it is written. */
@Component({
  selector: 'tl-try-out-card',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [RouterLink, Card, State, Explained],
  template: `
    <tl-card [heading]="text.title" [sub]="text.sub">
      <form class="ask" novalidate (submit)="ask($event, identifier.value)">
        <input #identifier class="tl-input" type="text" autocomplete="off" spellcheck="false" [attr.aria-label]="text.label" [placeholder]="text.placeholder" />
        <button class="tl-button" type="submit" [disabled]="tryOut.busy()">{{ text.submit }}</button>
      </form>
      @if (tryOut.missing()) {
        <p class="tl-fault" role="alert">{{ text.none }}</p>
      }
      @if (tryOut.problem(); as problem) {
        <tl-state state="error" [problem]="problem" (acted)="ask($event, identifier.value)" />
      }
      @if (tryOut.customer(); as customer) {
        @if (tryOut.explanation(); as explanation) {
          <p class="verdict" role="status" [class.in]="tryOut.isIn()">
            <strong>{{ tryOut.isIn() ? '✓ ' + text.in : '✗ ' + text.out }}</strong>
            <span class="tl-small">{{ tryOut.isIn() ? text.inDetail : text.outDetail }}</span>
          </p>
          <tl-explained [of]="explanation.of" [label]="text.list" />
        } @else {
          <p class="tl-small">{{ count.incomplete }}</p>
        }
        <a [routerLink]="['/customers', customer.customerId]">{{ text.timeline }}</a>
      }
    </tl-card>
  `,
  styles: `
    .ask {
      display: flex;
      gap: 8px;
      margin: 12px 0 8px;
    }

    .verdict {
      display: grid;
      gap: 2px;
      margin: 8px 0;
      padding: 8px 12px;
      border: 1px solid currentcolor;
      border-radius: var(--tl-radius-small);
      color: var(--tl-bad);
    }

    .verdict.in {
      color: var(--tl-good);
    }

    tl-explained {
      display: block;
      margin-bottom: 8px;
    }
  `,
})
export class TryOutCard {
  protected readonly tryOut = inject(TryOut);
  protected readonly text = texts.segments.tryOut;
  protected readonly count = texts.segments.count;

  protected ask(event: Event | void, identifier: string): void {
    if (event instanceof Event) event.preventDefault();
    if (identifier.trim() !== '') void this.tryOut.ask(identifier.trim());
  }
}
