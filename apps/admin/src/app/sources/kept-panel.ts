import { afterNextRender, ChangeDetectionStrategy, Component, effect, ElementRef, inject, Injector, input, output, signal, viewChild } from '@angular/core';
import { texts } from '../../texts';
import { Loaded } from '../ui/loaded';
import { Session } from '../shell/session';
import { formatMoment, formatNumber } from '../ui/format';
import { State } from '../ui/state';
import { Toasts } from '../ui/toasts';
import { editOf } from './mended';
import { SourcesApi, type KeptGroup, type KeptItem, type KeptRecord } from './sources-api';

/** The records of one cause, one of them opened: where it is wrong, mended, tried, let in. */
@Component({
  selector: 'tl-kept-panel',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [State],
  template: `
    @if (chosen(); as id) {
      <button #top class="tl-button quiet" type="button" (click)="turnTo('')">‹ {{ text.back }}</button>
      @if (record.value(); as item) {
        <dl class="tl-facts">
          <dt>{{ text.at }}</dt>
          <dd class="tl-mono">{{ item.pointer ?? '–' }}</dd>
          <dt>{{ text.columns.fix }}</dt>
          <dd>{{ item.fix ?? '–' }}</dd>
          <dt>{{ text.columns.first }}</dt>
          <dd>{{ moment(item.receivedAt) }}</dd>
        </dl>
        <div class="tl-field">
          <label for="kept-record">{{ text.record }}</label>
          <textarea
            class="tl-area tl-mono"
            id="kept-record"
            rows="14"
            spellcheck="false"
            [value]="shown(item)"
            [readOnly]="!mayReplay"
            (input)="mended.set($any($event.target).value)"
          ></textarea>
        </div>
        @if (!seesAll) {
          <p class="tl-small">{{ shape }}</p>
        }
        @if (mayReplay) {
          <p class="tl-small">{{ text.edit }}</p>
          <p class="tl-fault" role="alert">{{ fault() }}</p>
          <div class="tl-row">
            <button class="tl-button primary" type="button" [attr.aria-disabled]="working()" (click)="again(item, false)">{{ text.again }}</button>
            <button class="tl-button" type="button" [attr.aria-disabled]="working()" (click)="again(item, true)">{{ text.try }}</button>
          </div>
        }
      } @else {
        <tl-state [state]="record.state() ?? 'loading'" [problem]="record.problem()" (acted)="open(id)" />
      }
    } @else {
      <ul #top tabindex="-1">
        @for (item of items(); track item.id) {
          <li>
            @if (mayOpen) {
              <button class="tl-link tl-mono" type="button" (click)="turnTo(item.id)">{{ item.sourceEventId ?? item.id }}</button>
            } @else {
              <span class="tl-mono">{{ item.sourceEventId ?? item.id }}</span>
            }
            <span class="tl-small">{{ moment(item.receivedAt) }} · {{ text.tries(item.attempts) }}</span>
          </li>
        }
      </ul>
      @if (!mayOpen) {
        <p class="tl-small">{{ text.denied }}</p>
      }
      @if (cursor()) {
        <button class="tl-button" type="button" (click)="more()">{{ text.more }}</button>
      }
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 12px;
      align-content: start;
    }

    li {
      display: grid;
      padding: 8px 0;
      border-bottom: 1px solid var(--tl-line-soft);
    }

    ul {
      outline: none;
    }

    .quiet {
      justify-self: start;
    }

    .tl-fault:empty {
      display: none;
    }
  `,
})
export class KeptPanel {
  private readonly api = inject(SourcesApi);
  private readonly toasts = inject(Toasts);
  private readonly session = inject(Session);
  private readonly injector = inject(Injector);
  private readonly top = viewChild<ElementRef<HTMLElement>>('top');
  readonly group = input.required<KeptGroup>();
  readonly changed = output();
  protected readonly text = texts.sources.quarantine;
  protected readonly mayReplay = this.session.can('quarantine.replay');
  protected readonly mayOpen = this.session.can('event.read');
  protected readonly seesAll = this.session.can('customer.reveal') && this.session.can('content.read');
  protected readonly shape = texts.sources.event.shape;
  protected readonly items = signal<readonly KeptItem[]>([]);
  protected readonly cursor = signal<string | null>(null);
  protected readonly chosen = signal('');
  protected readonly record = new Loaded<KeptRecord>();
  protected readonly mended = signal<string | undefined>(undefined);
  protected readonly working = signal(false);
  protected readonly fault = signal('');

  constructor() {
    effect(() => {
      const { source, reason } = this.group();
      this.items.set([]);
      this.chosen.set('');
      void this.read({ source, reason }, undefined);
    });
    effect(() => {
      const id = this.chosen();
      this.record.clear();
      this.mended.set(undefined);
      this.fault.set('');
      if (id !== '') void this.open(id);
    });
  }

  /** To a record, or back to all of them; what was pressed for it is gone, so the focus goes along. */
  protected turnTo(id: string): void {
    this.chosen.set(id);
    afterNextRender({ read: () => this.top()?.nativeElement.focus() }, { injector: this.injector });
  }

  protected open(id: string): Promise<void> {
    return this.record.load((abort) => this.api.record(id, abort));
  }

  protected more(): Promise<void> {
    return this.read(this.group(), this.cursor() ?? undefined);
  }

  protected shown({ record }: KeptRecord): string {
    return typeof record === 'string' ? record : JSON.stringify(record, null, 2);
  }

  protected async again(item: KeptRecord, dryRun: boolean): Promise<void> {
    if (this.working()) return;
    const text = this.mended();
    const edit = text === undefined ? undefined : editOf(item.record, text);
    if (edit === null) return this.fault.set(this.text.notJson);
    this.fault.set('');
    this.working.set(true);
    try {
      const { items } = await this.api.replay({ ids: [item.id], dryRun, ...(edit && { edit }) });
      const [of] = items;
      if (of && of.status !== 'accepted' && of.status !== 'duplicate')
        return this.fault.set(this.text.still([of.pointer, of.fix ?? of.reason].filter(Boolean).join(': ')));
      this.toasts.show(dryRun ? this.text.accepted : this.text.let);
      if (dryRun) return;
      this.items.update((all) => all.filter(({ id }) => id !== item.id));
      this.turnTo('');
      this.changed.emit();
    } catch (error) {
      this.toasts.problem(error);
    } finally {
      this.working.set(false);
    }
  }

  private async read(group: Pick<KeptGroup, 'source' | 'reason'>, cursor: string | undefined): Promise<void> {
    try {
      const answer = await this.api.items(group, cursor, 50);
      this.items.update((all) => [...all, ...answer.items]);
      this.cursor.set(answer.cursor);
    } catch (error) {
      this.toasts.problem(error);
    }
  }

  protected moment = (at: number): string => formatMoment(at);
  protected count = (n: number): string => formatNumber(n);
}
