import { ChangeDetectionStrategy, Component, computed, effect, ElementRef, inject, input, output, signal, viewChild } from '@angular/core';
import { ApiProblem } from '../../api/api-problem';
import type { WriteKey } from '../../api/schema';
import { texts } from '../../texts';
import { formatAgo, formatMoment } from '../ui/format';
import { Toasts } from '../ui/toasts';
import { AdministrationApi, type NewKey } from './administration-api';
import { SaidOnce } from './said-once';

const overlaps = [24, 168, 1, 0] as const;

/** A new key, or one that is there: rotated, or ended. A secret is shown once. */
@Component({
  selector: 'tl-key-panel',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [SaidOnce],
  template: `
    @if (made(); as key) {
      <div class="tl-stack wide" role="status">
        <div class="tl-stack">
          <strong>{{ text.secretTitle(key.source) }}</strong>
          <p class="tl-small">{{ text.secretDetail }}</p>
        </div>
        <tl-said-once [takesFocus]="true" [label]="text.secret" [value]="key.secret" />
        @if (snippetOf(key); as snippet) {
          <tl-said-once [label]="text.snippet" [value]="snippet" />
        }
      </div>
    } @else if (key(); as key) {
      <dl class="tl-facts">
        <dt>{{ text.source }}</dt>
        <dd>{{ key.source }}</dd>
        <dt>{{ text.columns.label }}</dt>
        <dd>{{ key.label }}</dd>
        <dt>{{ text.columns.madeBy }}</dt>
        <dd>{{ key.madeBy }}, {{ moment(key.createdAt) }}</dd>
        <dt>{{ text.columns.used }}</dt>
        <dd>{{ key.lastUsedAt === null ? text.notUsed : ago(key.lastUsedAt) }}</dd>
        @if (key.endsAt; as endsAt) {
          <dt>{{ ends(endsAt) }}</dt>
          <dd>{{ moment(endsAt) }}</dd>
        }
      </dl>
      @if (key.endsAt === null) {
        <form class="tl-stack" (submit)="rotate($event, +overlap.value)">
          <p class="tl-small">{{ text.rotateDetail }}</p>
          <div class="tl-field">
            <label for="overlap">{{ text.overlap }}</label>
            <select #overlap class="tl-select" id="overlap">
              @for (hours of overlaps; track hours) {
                <option [value]="hours">{{ text.overlaps[hours] }}</option>
              }
            </select>
          </div>
          <p class="tl-fault" role="alert">{{ fault() }}</p>
          <button class="tl-button primary" type="submit" [attr.aria-disabled]="working()">{{ working() ? text.rotating : text.rotate }}</button>
        </form>
      }
      @if (key.endsAt === null || key.endsAt > now) {
        <section class="tl-stack last">
          <p class="tl-small">{{ text.revokeDetail }}</p>
          @if (sure()) {
            <button class="tl-button danger" type="button" (click)="end(key)">{{ text.revokeSure }}</button>
          } @else {
            <button class="tl-button danger" type="button" (click)="sure.set(true)">{{ text.revoke }}</button>
          }
        </section>
      }
    } @else {
      <form class="tl-stack wide" novalidate (submit)="make($event)">
        <div class="tl-field">
          <label for="key-source">{{ text.source }}</label>
          <select #source class="tl-select" id="key-source">
            @for (name of sources(); track name) {
              <option [value]="name">{{ name }}</option>
            }
          </select>
        </div>
        <div class="tl-field">
          <label for="key-label">{{ text.label }}</label>
          <input #label class="tl-input" id="key-label" type="text" maxlength="120" autocomplete="off" aria-describedby="key-label-hint" />
          <span class="tl-small" id="key-label-hint">{{ text.labelHint }}</span>
        </div>
        <p class="tl-fault" role="alert">{{ fault() }}</p>
        <button class="tl-button primary" type="submit" [attr.aria-disabled]="working()">{{ working() ? text.working : text.make }}</button>
      </form>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 20px;
    }

    .primary,
    .danger {
      justify-content: center;
    }

    .last {
      border-top: 1px solid var(--tl-line-soft);
      padding-top: 16px;
    }

    .tl-fault:empty {
      display: none;
    }
  `,
})
export class KeyPanel {
  private readonly api = inject(AdministrationApi);
  private readonly toasts = inject(Toasts);
  private readonly source = viewChild<ElementRef<HTMLSelectElement>>('source');
  private readonly label = viewChild<ElementRef<HTMLInputElement>>('label');
  /** The open key; undefined for a new one. */
  readonly key = input<WriteKey>();
  readonly sources = input.required<readonly string[]>();
  readonly ingestUrl = input<string | null>(null);
  readonly changed = output();

  protected readonly text = texts.administration.keys;
  protected readonly overlaps = overlaps;
  protected readonly now = Date.now();
  protected readonly made = signal<NewKey | undefined>(undefined);
  protected readonly sure = signal(false);
  protected readonly working = signal(false);
  protected readonly fault = signal('');
  private readonly id = computed(() => this.key()?.id);

  constructor() {
    effect(() => {
      this.id();
      this.made.set(undefined);
      this.sure.set(false);
      this.fault.set('');
    });
  }

  protected async make(event: Event): Promise<void> {
    event.preventDefault();
    const [source, label] = [this.source()?.nativeElement.value ?? '', this.label()?.nativeElement.value.trim() ?? ''];
    if (source === '') this.fault.set(this.text.noSource);
    else await this.get(() => this.api.makeKey(source, label));
  }

  protected async rotate(event: Event, overlapHours: number): Promise<void> {
    event.preventDefault();
    const id = this.id();
    if (id) await this.get(() => this.api.rotateKey(id, overlapHours));
  }

  protected async end({ id, prefix }: WriteKey): Promise<void> {
    try {
      await this.api.endKey(id);
      this.toasts.show(this.text.revoked(prefix));
      this.sure.set(false);
      this.changed.emit();
    } catch (error) {
      this.toasts.problem(error);
    }
  }

  private async get(ask: () => Promise<NewKey>): Promise<void> {
    if (this.working()) return;
    this.working.set(true);
    this.fault.set('');
    try {
      this.made.set(await ask());
      this.changed.emit();
    } catch (error) {
      const { title, detail } = ApiProblem.from(error);
      this.fault.set(detail ? `${title}. ${detail}` : `${title}.`);
    } finally {
      this.working.set(false);
    }
  }

  protected snippetOf({ secret }: NewKey): string | undefined {
    const address = this.ingestUrl();
    if (address === null) return undefined;
    return `curl ${address}/v1/events -H 'authorization: Bearer ${secret}' -H 'content-type: application/json' -d '{"sourceEventId":"1","occurredAt":"${new Date(this.now).toISOString()}","system":"ivr","type":"entered","channel":"voice"}'`;
  }

  protected ends(at: number): string {
    return at > this.now ? this.text.endsIn : this.text.ended;
  }

  protected ago = (at: number): string => formatAgo(at);
  protected moment = (at: number): string => formatMoment(at);
}
