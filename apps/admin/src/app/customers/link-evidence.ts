import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { texts } from '../../texts';
import { formatSpan } from '../ui/format';
import { Ink } from '../ui/ink';
import { wordOf } from './node-words';
import type { LinkEvidence as Evidence } from './timeline';

/** Why something belongs where it stands: the rule in words, what it rests on, how sure it is. A gap is drawn against its limit. */
@Component({
  selector: 'tl-link-evidence',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Ink],
  template: `
    <div class="tl-row baseline">
      <p class="rule">{{ rule() }}</p>
      <tl-ink class="tl-push" [of]="sure() ? 'recorded' : 'inferred'" [confidence]="sure() ? null : link().confidence" />
    </div>
    @if (link().gapMs !== null && link().limitMs) {
      <div class="bar" aria-hidden="true"><i [style.width.%]="share()"></i></div>
      <p class="tl-small">{{ ofLimit() }}</p>
    } @else if (link().gapMs !== null) {
      <p class="tl-small">{{ text.gap }} {{ gap() }}</p>
    }
    @if (shared(); as shared) {
      <p class="tl-small">
        {{ text.value }} {{ shared.kind }} <code>{{ shared.value }}</code>
      </p>
    }
    @if (link().otherEvent; as other) {
      <button class="tl-link small" type="button" (click)="shown.emit(other)">{{ text.show }}</button>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 6px;
    }

    .rule {
      font-size: 13px;
      flex: 1;
      min-width: 140px;
    }

    .bar {
      height: 8px;
      border-radius: 4px;
      background: var(--tl-line-soft);
      border: 1px solid var(--tl-line);
      overflow: hidden;
    }

    .bar i {
      display: block;
      height: 100%;
      min-width: 2px;
      background: var(--tl-trace);
    }

    .small {
      font-size: 12px;
      justify-self: start;
    }
  `,
})
export class LinkEvidence {
  readonly link = input.required<Evidence>();
  /** The event at the other end. */
  readonly shown = output<string>();
  protected readonly text = texts.customers.evidence;
  protected readonly sure = computed(() => this.link().confidence >= 1000);
  protected readonly rule = computed(() => wordOf(this.text.rules, this.link().rule));
  protected readonly gap = computed(() => formatSpan(this.link().gapMs ?? 0));
  protected readonly share = computed(() => Math.min(100, ((this.link().gapMs ?? 0) / (this.link().limitMs || 1)) * 100));
  protected readonly ofLimit = computed(() => this.text.ofLimit(this.gap(), formatSpan(this.link().limitMs ?? 0)));
  /** `ticket:crm:K3` → kind and value. */
  protected readonly shared = computed(() => {
    const value = this.link().value;
    if (value === null) return undefined;
    const [kind, , ...rest] = value.split(':');
    return rest.length > 0 ? { kind: kind ?? '', value: rest.join(':') } : { kind: '', value };
  });
}
