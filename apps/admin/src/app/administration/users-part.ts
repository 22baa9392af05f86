import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import type { Agent, Invitation, Team, User } from '../../api/schema';
import { texts } from '../../texts';
import { Shortcuts } from '../shell/shortcuts';
import { UrlState } from '../shell/url-state';
import { Card } from '../ui/card';
import { Drawer } from '../ui/drawer';
import { formatAgo } from '../ui/format';
import { Table, TableCell, type Column } from '../ui/table';
import { Toasts } from '../ui/toasts';
import { AdministrationApi, type UsersAnswer } from './administration-api';
import { InvitePanel } from './invite-panel';
import { Loaded } from '../ui/loaded';
import { UserPanel } from './user-panel';

const words = texts.administration.users;
const newUser = 'new';

/** Users and standing invitations; the open one, or a new one, beside the list. */
@Component({
  selector: 'tl-users-part',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Card, Drawer, InvitePanel, Table, TableCell, UserPanel],
  template: `
    <tl-card [heading]="names.parts.users" [sub]="text.sub">
      <button controls class="tl-button primary" type="button" (click)="open.set('new')">{{ text.invite }} <kbd>n</kbd></button>
      <tl-table
        [label]="names.parts.users"
        [columns]="columns"
        [rows]="users()"
        [keyOf]="idOf"
        [chosen]="open()"
        [opens]="true"
        [state]="answer.state()"
        [busy]="answer.busy()"
        [problem]="answer.problem()"
        (opened)="open.set($event.id)"
        (acted)="read()"
      >
        <ng-template tlCell="name" let-user>
          {{ user.name }}
          @if (user.disabledAt) {
            <span class="tl-chip bad">{{ text.disabled }}</span>
          }
        </ng-template>
      </tl-table>
    </tl-card>
    @if (invitations().length > 0) {
      <tl-card [heading]="text.invitations" [sub]="text.invitationsSub">
        <tl-table [label]="text.invitations" [columns]="invitationColumns" [rows]="invitations()" [keyOf]="idOfInvitation">
          <ng-template tlCell="withdraw" let-invitation>
            <button class="tl-button" type="button" [attr.aria-label]="text.withdraw + ': ' + invitation.email" (click)="withdraw(invitation)">
              {{ text.withdraw }}
            </button>
          </ng-template>
        </tl-table>
      </tl-card>
    }
    @if (open() === 'new') {
      <tl-drawer [heading]="names.invite.title" (closed)="open.set('')">
        <tl-invite-panel [teams]="teams()" [agents]="agents()" (invited)="read()" />
      </tl-drawer>
    } @else if (chosen(); as user) {
      <tl-drawer [heading]="user.name" (closed)="open.set('')">
        <tl-user-panel [user]="user" [teams]="teams()" [agents]="agents()" (changed)="read()" />
      </tl-drawer>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 16px;
      grid-template-columns: minmax(0, 1fr);
    }
  `,
})
export class UsersPart {
  private readonly api = inject(AdministrationApi);
  private readonly toasts = inject(Toasts);
  protected readonly text = words;
  protected readonly names = texts.administration;
  /** The id of the open user, or `new`. */
  protected readonly open = inject(UrlState).text('user');

  protected readonly answer = new Loaded<UsersAnswer>();
  private readonly directory = new Loaded<{ teams: readonly Team[]; agents: readonly Agent[] }>();
  protected readonly users = computed(() => this.answer.value()?.users ?? []);
  protected readonly invitations = computed(() => this.answer.value()?.invitations ?? []);
  protected readonly teams = computed(() => this.directory.value()?.teams ?? []);
  protected readonly agents = computed(() => this.directory.value()?.agents ?? []);
  protected readonly chosen = computed(() => this.users().find(({ id }) => id === this.open()));

  protected readonly columns: readonly Column<User>[] = [
    { name: 'name', head: words.columns.name, text: ({ name }) => name },
    { name: 'email', head: words.columns.email, align: 'left', text: ({ email }) => email },
    { name: 'roles', head: words.columns.roles, align: 'left', text: ({ roles }) => roles.map((role) => texts.shell.roles[role]).join(', ') },
    { name: 'teams', head: words.columns.teams, align: 'left', text: ({ teams }) => this.teamNames(teams) },
    { name: 'seen', head: words.columns.seen, text: ({ lastSeenAt }) => (lastSeenAt === null ? words.never : formatAgo(lastSeenAt)) },
  ];
  protected readonly invitationColumns: readonly Column<Invitation>[] = [
    { name: 'email', head: words.columns.email, text: ({ email }) => email },
    { name: 'name', head: words.columns.name, align: 'left', text: ({ name }) => name },
    { name: 'roles', head: words.columns.roles, align: 'left', text: ({ roles }) => roles.map((role) => texts.shell.roles[role]).join(', ') },
    { name: 'ends', head: words.ends, text: ({ endsAt }) => formatAgo(endsAt) },
    { name: 'withdraw', head: words.withdraw, text: () => '' },
  ];

  constructor() {
    inject(Shortcuts).add([{ keys: 'n', label: words.inviteKey, run: () => this.open.set(newUser) }]);
    void this.read();
    void this.directory.load(async () => {
      const [teams, agents] = await Promise.all([this.api.teams(), this.api.agents()]);
      return { teams, agents };
    });
  }

  protected read(): Promise<void> {
    return this.answer.load(() => this.api.users());
  }

  protected async withdraw({ id, email }: Invitation): Promise<void> {
    try {
      await this.api.withdraw(id);
      this.toasts.show(words.withdrawn(email));
      await this.read();
    } catch (error) {
      this.toasts.problem(error);
    }
  }

  private teamNames(ids: readonly string[]): string | null {
    if (ids.length === 0) return null;
    if (ids.length > 2) return words.allTeams(ids.length);
    return ids.map((id) => this.teams().find((team) => team.id === id)?.name ?? '').join(', ');
  }

  protected idOf = ({ id }: User): string => id;
  protected idOfInvitation = ({ id }: Invitation): string => id;
}
