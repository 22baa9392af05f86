import { ChangeDetectionStrategy, Component, computed, effect, inject, input, output, signal, viewChild } from '@angular/core';
import { ApiProblem } from '../../api/api-problem';
import type { Agent, SessionEntry, Team, User } from '../../api/schema';
import { texts } from '../../texts';
import { formatAgo, formatMoment } from '../ui/format';
import { State } from '../ui/state';
import { Toasts } from '../ui/toasts';
import { AdministrationApi } from './administration-api';
import { browserName } from './browser-name';
import { Loaded } from '../ui/loaded';
import { UserChoicesFields, type Chosen } from './user-choices';

/** One user: roles and teams, sessions, and the way out. */
@Component({
  selector: 'tl-user-panel',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [State, UserChoicesFields],
  template: `
    <p class="tl-small">
      {{ user().email }}
      @if (user().disabledAt; as at) {
        <span class="tl-chip bad">{{ text.disabledSince }} {{ moment(at) }}</span>
      }
    </p>
    <form class="tl-stack wide" novalidate (submit)="save($event)">
      <tl-user-choices prefix="user-" [initial]="initial()" [teams]="teams()" [agents]="agents()" />
      <p class="tl-small">{{ text.rolesEnd }}</p>
      <p class="tl-fault" role="alert">{{ fault() }}</p>
      <button class="tl-button primary" type="submit" [attr.aria-disabled]="working()">{{ working() ? text.saving : text.save }}</button>
    </form>
    <section class="tl-stack">
      <h3>{{ text.sessions }}</h3>
      @if (sessions.state(); as state) {
        <tl-state [state]="state" [problem]="sessions.problem()" (acted)="read()" />
      } @else if (sessions.value()?.length === 0) {
        <p class="tl-small">{{ text.none }}</p>
      } @else {
        <ul class="tl-stack">
          @for (session of sessions.value(); track session.id) {
            <li class="tl-row">
              <span class="where">
                {{ browserOf(session) }}
                <span class="tl-small">{{ session.address }} · {{ text.seen }} {{ ago(session.lastSeenAt) }}</span>
              </span>
              <button class="tl-button tl-push" type="button" [attr.aria-label]="text.end + ': ' + browserOf(session)" (click)="end(session)">
                {{ text.end }}
              </button>
            </li>
          }
        </ul>
        <button class="tl-button" type="button" (click)="endAll()">{{ text.endAll }}</button>
      }
    </section>
    <section class="tl-stack last">
      @if (user().disabledAt === null) {
        <p class="tl-small">{{ text.disableDetail }}</p>
        <button class="tl-button danger" type="button" (click)="disable()">{{ text.disable }}</button>
      } @else {
        <button class="tl-button" type="button" (click)="enable()">{{ text.enable }}</button>
      }
    </section>
  `,
  styles: `
    :host {
      display: grid;
      gap: 20px;
    }

    .primary,
    section > .tl-button {
      justify-content: center;
    }

    .where {
      display: grid;
      font-size: 13px;
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
export class UserPanel {
  private readonly api = inject(AdministrationApi);
  private readonly toasts = inject(Toasts);
  private readonly fields = viewChild.required(UserChoicesFields);
  readonly user = input.required<User>();
  readonly teams = input.required<readonly Team[]>();
  readonly agents = input.required<readonly Agent[]>();
  readonly changed = output();

  protected readonly text = texts.administration.user;
  protected readonly sessions = new Loaded<readonly SessionEntry[]>();
  protected readonly working = signal(false);
  protected readonly fault = signal('');
  private readonly id = computed(() => this.user().id);
  protected readonly initial = computed<Chosen>(() => {
    const { name, roles, teams, agentId } = this.user();
    return { name, roles, teams, agentId };
  });

  constructor() {
    effect(() => {
      this.id();
      this.sessions.clear();
      this.fault.set('');
      void this.read();
    });
  }

  protected read(): Promise<void> {
    const id = this.id();
    return this.sessions.load(() => this.api.sessions(id));
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    if (this.working()) return;
    const before = this.initial();
    const chosen = this.fields().complete();
    if (!chosen) return this.fault.set(texts.administration.choices.missing);
    this.fault.set('');
    this.working.set(true);
    try {
      await this.put(chosen);
      this.toasts.show(this.text.saved(chosen.name), { undo: () => this.put(before) });
    } catch (error) {
      const { title, detail } = ApiProblem.from(error);
      this.fault.set(detail ? `${title}. ${detail}` : `${title}.`);
    } finally {
      this.working.set(false);
    }
  }

  protected async end(session: SessionEntry): Promise<void> {
    await this.act(async () => {
      await this.api.endSession(this.id(), session.id);
      this.toasts.show(this.text.ended(1));
    });
  }

  protected async endAll(): Promise<void> {
    await this.act(async () => this.toasts.show(this.text.ended(await this.api.endSessions(this.id()))));
  }

  protected async disable(): Promise<void> {
    const { id, name } = this.user();
    await this.act(async () => {
      await this.api.disable(id);
      const undo = async (): Promise<void> => {
        await this.api.enable(id);
        this.changed.emit();
      };
      this.toasts.show(this.text.disabled(name), { undo });
    });
  }

  protected async enable(): Promise<void> {
    const { id, name } = this.user();
    await this.act(async () => {
      await this.api.enable(id);
      this.toasts.show(this.text.enabled(name));
    });
  }

  private async put(chosen: Chosen): Promise<void> {
    await this.api.change(this.id(), { ...chosen, roles: [...chosen.roles], teams: [...chosen.teams] });
    this.changed.emit();
    await this.read();
  }

  private async act(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.changed.emit();
      await this.read();
    } catch (error) {
      this.toasts.problem(error);
    }
  }

  protected browserOf = ({ client }: SessionEntry): string => browserName(client);
  protected ago = (at: number): string => formatAgo(at);
  protected moment = (at: number): string => formatMoment(at);
}
