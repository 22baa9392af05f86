import { ChangeDetectionStrategy, Component, ElementRef, inject, input, output, signal, viewChild } from '@angular/core';
import type { Agent, Team } from '../../api/schema';
import { ApiProblem } from '../../api/api-problem';
import { texts } from '../../texts';
import { AdministrationApi } from './administration-api';
import { SaidOnce } from './said-once';
import { UserChoicesFields } from './user-choices';

/** Invites a user, and shows the link once. */
@Component({
  selector: 'tl-invite-panel',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [SaidOnce, UserChoicesFields],
  template: `
    @if (made(); as link) {
      <div class="tl-stack wide" role="status">
        <div class="tl-stack">
          <strong>{{ text.done(link.name) }}</strong>
          <p class="tl-small">{{ text.doneDetail }}</p>
        </div>
        <tl-said-once [takesFocus]="true" [label]="text.link" [value]="link.link" />
        <button class="tl-button" type="button" (click)="made.set(undefined)">{{ text.another }}</button>
      </div>
    } @else {
      <form class="tl-stack wide" novalidate (submit)="submit($event)">
        <div class="tl-field">
          <label for="invite-email">{{ choices.email }}</label>
          <input #email class="tl-input" id="invite-email" type="email" autocomplete="off" aria-describedby="invite-fault" />
        </div>
        <tl-user-choices prefix="invite-" [teams]="teams()" [agents]="agents()" />
        <p id="invite-fault" class="tl-fault" role="alert">{{ fault() }}</p>
        <button class="tl-button primary" type="submit" [attr.aria-disabled]="working()">{{ working() ? text.working : text.submit }}</button>
      </form>
    }
  `,
  styles: `
    .primary {
      justify-content: center;
      min-height: var(--tl-entry);
    }

    .tl-fault:empty {
      display: none;
    }
  `,
})
export class InvitePanel {
  private readonly api = inject(AdministrationApi);
  private readonly email = viewChild<ElementRef<HTMLInputElement>>('email');
  private readonly fields = viewChild(UserChoicesFields);
  readonly teams = input.required<readonly Team[]>();
  readonly agents = input.required<readonly Agent[]>();
  readonly invited = output();

  protected readonly text = texts.administration.invite;
  protected readonly choices = texts.administration.choices;
  protected readonly made = signal<{ readonly name: string; readonly link: string } | undefined>(undefined);
  protected readonly working = signal(false);
  protected readonly fault = signal('');

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.working()) return;
    const email = this.email()?.nativeElement.value.trim() ?? '';
    const chosen = this.fields()?.complete();
    if (email === '' || !chosen) return this.fault.set(this.choices.missingEmail);
    this.working.set(true);
    this.fault.set('');
    try {
      const { link } = await this.api.invite({ email, ...chosen, roles: [...chosen.roles], teams: [...chosen.teams] });
      this.made.set({ name: chosen.name, link: new URL(link, location.origin).href });
      this.invited.emit();
    } catch (error) {
      const { title, detail } = ApiProblem.from(error);
      this.fault.set(detail ? `${title}. ${detail}` : `${title}.`);
    } finally {
      this.working.set(false);
    }
  }
}
