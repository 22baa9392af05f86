import { ChangeDetectionStrategy, Component, computed, ElementRef, inject, output, signal, viewChild } from '@angular/core';
import { ApiProblem } from '../../api/api-problem';
import { texts } from '../../texts';
import { formatNumber } from '../ui/format';
import { LiveCount } from './live-count';
import { SegmentStore } from './segment-store';

/** Before a draft is put in force: what changes, for how many, and why. */
@Component({
  selector: 'tl-publish-dialog',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <dialog #dialog aria-labelledby="publish-title" closedby="any">
      <form class="box" novalidate (submit)="publish($event, note.value)">
        <h2 id="publish-title">{{ text.title }}: {{ store.name() }}</h2>
        <p>{{ store.sentence() }}</p>
        @if (size(); as words) {
          <p class="tl-mute">{{ words }}</p>
        }
        <div class="tl-stack">
          <h3>{{ text.changes }}</h3>
          @for (change of store.changes() ?? [text.first]; track $index) {
            <p class="tl-small">{{ change }}</p>
          } @empty {
            <p class="tl-small">{{ text.same }}</p>
          }
        </div>
        <div class="tl-field">
          <label for="publish-note">{{ text.note }}</label>
          <textarea #note class="tl-area" id="publish-note" rows="3" maxlength="1000" required [attr.aria-invalid]="missing()"></textarea>
        </div>
        @if (problem(); as problem) {
          <p class="tl-fault" role="alert">{{ problem.detail ?? problem.title }}</p>
        }
        <div class="tl-row">
          <button class="tl-button tl-push" type="button" (click)="dialog.close()">{{ text.cancel }}</button>
          <button class="tl-button primary" type="submit" [disabled]="store.working()">{{ text.submit }}</button>
        </div>
      </form>
    </dialog>
  `,
  styles: `
    dialog {
      width: min(600px, calc(100vw - 24px));
    }

    .box {
      display: grid;
      gap: 16px;
      padding: 20px;
    }
  `,
})
export class PublishDialog {
  protected readonly store = inject(SegmentStore);
  private readonly live = inject(LiveCount);
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  private readonly note = viewChild.required<ElementRef<HTMLTextAreaElement>>('note');
  readonly said = output<{ readonly words: string; readonly waits: boolean }>();

  protected readonly text = texts.segments.publish;
  protected readonly problem = signal<ApiProblem | undefined>(undefined);
  protected readonly missing = signal(false);
  protected readonly size = computed(() => {
    const [count, segment] = [this.live.count(), this.store.segment()];
    return count && segment ? this.text.size(formatNumber(segment.size), `${count.isExact ? '' : '≈ '}${formatNumber(count.size)}`) : undefined;
  });

  open(): void {
    this.problem.set(undefined);
    this.missing.set(false);
    const dialog = this.dialog().nativeElement;
    if (!dialog.open) dialog.showModal();
    this.note().nativeElement.focus();
  }

  protected async publish(event: Event, note: string): Promise<void> {
    event.preventDefault();
    this.missing.set(note.trim().length < 3);
    if (this.missing()) return this.note().nativeElement.focus();
    try {
      const reply = await this.store.publish(note.trim());
      this.dialog().nativeElement.close();
      if (!reply) return;
      this.note().nativeElement.value = '';
      if (reply.kind === 'published') this.said.emit({ words: this.text.done(reply.version), waits: false });
      else this.said.emit({ words: `${this.text.waits}. ${this.text.waitsDetail(reply.reason)}`, waits: true });
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    }
  }
}
