import { ChangeDetectionStrategy, Component, ElementRef, inject, input, output, resource, signal, viewChild } from '@angular/core';
import { ApiProblem } from '../../api/api-problem';
import { texts } from '../../texts';
import { State } from '../ui/state';
import { Session } from './session';
import { SessionApi } from './session-api';

/** What the link brought: an invitation, or the right to make the first admin. */
export interface JoinLink {
  readonly kind: 'invitation' | 'first-admin';
  readonly token: string;
}

const leastPassword = 12;

/** Becoming a user by a link: a name and a password, and for the first admin an e-mail. */
@Component({
  selector: 'tl-join-form',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [State],
  template: `
    @if (invitation.error(); as error) {
      <tl-state state="error" [problem]="problemOf(error)" [action]="text.toSignIn" (acted)="abandoned.emit()" />
    } @else if (invitation.isLoading()) {
      <tl-state state="loading" />
    } @else {
      <form class="tl-stack wide" novalidate (submit)="submit($event)">
        <div class="tl-field">
          <label for="join-email">{{ signIn.email }}</label>
          <input
            #email
            class="tl-input"
            id="join-email"
            type="email"
            autocomplete="username"
            required
            [value]="invited()?.email ?? ''"
            [readOnly]="link().kind === 'invitation'"
          />
        </div>
        <div class="tl-field">
          <label for="join-name">{{ text.name }}</label>
          <input #name class="tl-input" id="join-name" type="text" autocomplete="name" required [value]="invited()?.name ?? ''" />
        </div>
        <div class="tl-field">
          <label for="join-password">{{ text.password }}</label>
          <input
            #password
            class="tl-input"
            id="join-password"
            type="password"
            autocomplete="new-password"
            required
            [attr.aria-invalid]="fault() ? true : null"
            aria-describedby="join-rule join-fault"
          />
          <span class="tl-small" id="join-rule">{{ text.rule }}</span>
        </div>
        <p id="join-fault" class="tl-fault" role="alert">{{ fault() }}</p>
        <button class="tl-button primary" type="submit" [attr.aria-disabled]="working()">{{ working() ? text.working : text.submit }}</button>
      </form>
    }
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
export class JoinForm {
  private readonly api = inject(SessionApi);
  private readonly session = inject(Session);
  private readonly email = viewChild<ElementRef<HTMLInputElement>>('email');
  private readonly name = viewChild<ElementRef<HTMLInputElement>>('name');
  private readonly password = viewChild<ElementRef<HTMLInputElement>>('password');
  readonly link = input.required<JoinLink>();
  readonly done = output();
  readonly abandoned = output();

  protected readonly text = texts.shell.join;
  protected readonly signIn = texts.shell.signIn;
  protected readonly working = signal(false);
  protected readonly fault = signal('');
  /** Whom the invitation is for; nothing to ask for the first admin. */
  protected readonly invitation = resource({
    params: () => this.link(),
    loader: async ({ params: { kind, token } }) => (kind === 'invitation' ? this.api.lookAtInvitation(token) : undefined),
  });
  protected readonly invited = (): { readonly email: string; readonly name: string } | undefined =>
    this.invitation.hasValue() ? this.invitation.value() : undefined;
  protected readonly problemOf = (error: unknown): ApiProblem => ApiProblem.from((error as { cause?: unknown }).cause ?? error);

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.working()) return;
    const [email, name, password] = [this.email(), this.name(), this.password()].map((field) => field?.nativeElement.value ?? '');
    if (!email?.trim() || !name?.trim()) return this.fault.set(this.text.missing);
    if ((password?.length ?? 0) < leastPassword) return this.fault.set(this.text.tooShort);
    this.working.set(true);
    this.fault.set('');
    const { kind, token } = this.link();
    try {
      await this.session.join(
        kind === 'invitation' ? this.api.accept({ token, name, password: password! }) : this.api.makeFirstAdmin({ token, email, name, password: password! }),
      );
      this.done.emit();
    } catch (error) {
      const { title, detail } = ApiProblem.from(error);
      this.fault.set(detail ? `${title}. ${detail}` : `${title}.`);
    } finally {
      this.working.set(false);
    }
  }
}
