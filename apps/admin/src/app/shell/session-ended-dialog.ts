import { afterNextRender, ChangeDetectionStrategy, Component, ElementRef, viewChild } from '@angular/core';
import { texts } from '../../texts';
import { SignInForm } from './sign-in-form';

/** The session has ended under the page: sign in here, and what was asked for is asked again. Nothing on the page is lost. */
@Component({
  selector: 'tl-session-ended-dialog',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [SignInForm],
  template: `
    <dialog #dialog aria-labelledby="ended-title" (cancel)="$event.preventDefault()">
      <div class="tl-stack wide">
        <h2 id="ended-title">{{ text.title }}</h2>
        <p class="tl-mute">{{ text.ended }}</p>
        <tl-sign-in-form (done)="dialog.close()" />
      </div>
    </dialog>
  `,
  styles: `
    dialog {
      width: min(380px, calc(100vw - 24px));
      padding: 24px;
    }
  `,
})
export class SessionEndedDialog {
  protected readonly text = texts.shell.signIn;
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');

  constructor() {
    afterNextRender(() => this.dialog().nativeElement.showModal());
  }
}
