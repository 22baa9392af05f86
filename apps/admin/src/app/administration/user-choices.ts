import { ChangeDetectionStrategy, Component, computed, input, linkedSignal } from '@angular/core';
import { roles, type Role } from '@throughline/contracts';
import type { Agent, Team } from '../../api/schema';
import { texts } from '../../texts';

export interface Chosen {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly teams: readonly string[];
  readonly agentId: string | null;
}

const nothing: Chosen = { name: '', roles: [], teams: [], agentId: null };

/** Name, roles, teams and agent of a user: the fields of an invitation and of a change. */
@Component({
  selector: 'tl-user-choices',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="tl-field">
      <label [attr.for]="prefix() + 'name'">{{ text.name }}</label>
      <input
        class="tl-input"
        type="text"
        autocomplete="off"
        maxlength="120"
        [id]="prefix() + 'name'"
        [value]="now().name"
        (input)="put({ name: $any($event.target).value })"
      />
    </div>
    <fieldset>
      <legend>{{ text.roles }}</legend>
      <p class="tl-small">{{ text.rolesHint }}</p>
      @for (role of roles; track role) {
        <label class="choice">
          <input type="checkbox" [checked]="now().roles.includes(role)" (change)="put({ roles: toggled(now().roles, role) })" />
          <span
            >{{ roleNames[role] }}<span class="tl-small">{{ text.roleHints[role] }}</span></span
          >
        </label>
      }
    </fieldset>
    @if (wantsTeams()) {
      <fieldset>
        <legend>{{ text.teams }}</legend>
        <p class="tl-small">{{ teams().length === 0 ? text.noTeams : text.teamsHint }}</p>
        <div class="many">
          @for (team of teams(); track team.id) {
            <label class="choice">
              <input type="checkbox" [checked]="now().teams.includes(team.id)" (change)="put({ teams: toggled(now().teams, team.id) })" />
              <span>{{ team.name }}</span>
            </label>
          }
        </div>
      </fieldset>
    }
    @if (wantsAgent()) {
      <div class="tl-field">
        <label [attr.for]="prefix() + 'agent'">{{ text.agent }}</label>
        <input
          class="tl-input"
          type="text"
          autocomplete="off"
          spellcheck="false"
          [id]="prefix() + 'agent'"
          [attr.list]="prefix() + 'agents'"
          [attr.aria-describedby]="prefix() + 'agent-hint'"
          [value]="now().agentId ?? ''"
          (input)="put({ agentId: $any($event.target).value.trim() || null })"
        />
        <span class="tl-small" [id]="prefix() + 'agent-hint'">{{ text.agentHint }}</span>
        <datalist [id]="prefix() + 'agents'">
          @for (agent of agents(); track agent.id) {
            <option [value]="agent.id">{{ agent.name }}</option>
          }
        </datalist>
      </div>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 16px;
    }

    fieldset {
      display: grid;
      gap: 6px;
      padding: 0;
      border: 0;
      min-width: 0;
    }

    legend {
      padding: 0;
      font-size: 13px;
      font-weight: 500;
    }

    .choice {
      display: flex;
      align-items: start;
      gap: 8px;
      min-height: 24px;
      font-size: 13px;
    }

    .choice span {
      display: grid;
    }

    input[type='checkbox'] {
      accent-color: var(--tl-act);
      width: 16px;
      height: 16px;
      flex: none;
      translate: 0 2px;
    }

    .many {
      display: grid;
      gap: 2px;
      max-height: 220px;
      overflow-y: auto;
    }
  `,
})
export class UserChoicesFields {
  /** Of the ids of fields. */
  readonly prefix = input.required<string>();
  readonly initial = input<Chosen>(nothing);
  readonly teams = input.required<readonly Team[]>();
  readonly agents = input.required<readonly Agent[]>();

  readonly now = linkedSignal(() => this.initial());
  protected readonly text = texts.administration.choices;
  protected readonly roles = roles;
  protected readonly roleNames = texts.shell.roles;
  protected readonly wantsTeams = computed(() => this.now().roles.some((role) => role === 'supervisor' || role === 'qa') || this.now().teams.length > 0);
  protected readonly wantsAgent = computed(() => this.now().roles.includes('agent') || this.now().agentId !== null);

  /** What would be sent; undefined while something that is needed is missing. */
  complete(): Chosen | undefined {
    const chosen = { ...this.now(), name: this.now().name.trim() };
    return chosen.name === '' || chosen.roles.length === 0 ? undefined : chosen;
  }

  protected put(change: Partial<Chosen>): void {
    this.now.update((chosen) => ({ ...chosen, ...change }));
  }

  protected toggled<Item>(items: readonly Item[], item: Item): Item[] {
    return items.includes(item) ? items.filter((one) => one !== item) : [...items, item];
  }
}
