import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import type { Permission } from '@throughline/contracts';
import { texts } from '../../texts';
import { Session } from '../shell/session';
import { UrlState } from '../shell/url-state';
import { PageHead } from '../ui/page-head';
import { AdministrationApi } from './administration-api';
import { AuditPart } from './audit-part';
import { KeysPart } from './keys-part';
import { UsersPart } from './users-part';

const parts = ['users', 'keys', 'audit'] as const;
type PartName = (typeof parts)[number];
const needs: Readonly<Record<PartName, Permission>> = { users: 'user.edit', keys: 'key.edit', audit: 'audit.read' };

/** Who may come in, what may send, and what everybody did. */
@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [PageHead, UsersPart, KeysPart, AuditPart],
  providers: [AdministrationApi],
  template: `
    <tl-page-head [heading]="text.title">
      <div class="tl-parts" role="group" [attr.aria-label]="text.partsLabel">
        @for (name of open(); track name) {
          <button class="tl-button" type="button" [attr.aria-pressed]="name === part()" (click)="part.set(name)">{{ text.parts[name] }}</button>
        }
      </div>
    </tl-page-head>
    <div class="tl-page">
      @switch (part()) {
        @case ('users') {
          <tl-users-part />
        }
        @case ('keys') {
          <tl-keys-part />
        }
        @case ('audit') {
          <tl-audit-part />
        }
      }
    </div>
  `,
})
export class AdministrationPage {
  private readonly session = inject(Session);
  protected readonly text = texts.administration;
  protected readonly part = inject(UrlState).choice('part', parts, 'users');
  protected readonly open = computed(() => parts.filter((name) => this.session.can(needs[name])));
}
