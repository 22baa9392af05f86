import { ChangeDetectionStrategy, Component, ElementRef, inject, output, signal, viewChild } from '@angular/core';
import { ApiProblem } from '../../api/api-problem';
import { texts } from '../../texts';
import { Session } from './session';

/** E-mail and password. Used by the sign-in page, and in place when a session has ended. */
@Component({
  selector: 'tl-sign-in-form',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="tl-stack wide" novalidate (submit)="submit($event)">
      <div class="tl-field">
        <label for="email">{{ text.email }}</label>
        <input
          #email
          class="tl-input"
          id="email"
          name="email"
          type="email"
          autocomplete="username"
          required
          [attr.aria-invalid]="fault() ? true : null"
          aria-describedby="sign-in-fault"
        />
      </div>
      <div class="tl-field">
        <div class="tl-row">
          <label for="password">{{ text.password }}</label>
          <button class="tl-link tl-push" type="button" [attr.aria-pressed]="shown()" (click)="shown.set(!shown())">
            {{ shown() ? text.hide : text.show }}
          </button>
        </div>
        <input
          #password
          class="tl-input"
          id="password"
          name="password"
          [type]="shown() ? 'text' : 'password'"
          autocomplete="current-password"
          required
          [attr.aria-invalid]="fault() ? true : null"
          aria-describedby="sign-in-fault"
        />
      </div>
      <p id="sign-in-fault" class="tl-fault" role="alert">{{ fault() }}</p>
      <button class="tl-button primary" type="submit" [attr.aria-disabled]="working()">{{ working() ? text.working : text.submit }}</button>
    </form>
  `,
  styles: `
    .primary {
      justify-content: center;
      min-height: 36px;
    }

    p:empty {
      display: none;
    }
  `,
})
export class SignInForm {
  private readonly session = inject(Session);
  private readonly email = viewChild.required<ElementRef<HTMLInputElement>>('email');
  private readonly password = viewChild.required<ElementRef<HTMLInputElement>>('password');
  protected readonly text = texts.shell.signIn;
  protected readonly shown = signal(false);
  protected readonly working = signal(false);
  protected readonly fault = signal('');
  readonly done = output();

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.working()) return;
    const [email, password] = [this.email().nativeElement.value.trim(), this.password().nativeElement.value];
    if (email === '' || password === '') return this.fault.set(this.text.missing);
    this.working.set(true);
    this.fault.set('');
    try {
      await this.session.signIn(email, password);
      this.done.emit();
    } catch (error) {
      const { title, detail } = ApiProblem.from(error);
      this.fault.set(detail ? `${title}. ${detail}` : `${title}.`);
      this.password().nativeElement.focus();
    } finally {
      this.working.set(false);
    }
  }
}
