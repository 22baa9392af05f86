import { ChangeDetectionStrategy, Component, inject, input, signal } from '@angular/core';
import { Router } from '@angular/router';
import { texts } from '../../texts';
import { Mark } from '../ui/mark';
import { JoinForm, type JoinLink } from './join-form';
import { SignInForm } from './sign-in-form';

@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Mark, SignInForm, JoinForm],
  template: `
    <main>
      <section class="tl-stack wide">
        <tl-mark />
        @if (link(); as link) {
          <div class="tl-stack">
            <h1>{{ text.join.title }}</h1>
            <p class="tl-mute">{{ link.kind === 'invitation' ? text.join.invitation : text.join.firstAdmin }}</p>
          </div>
          <tl-join-form [link]="link" (done)="goOn()" (abandoned)="forget()" />
        } @else {
          <div class="tl-stack">
            <h1>{{ text.signIn.title }}</h1>
            <p class="tl-mute">{{ text.signIn.lead }}</p>
          </div>
          <tl-sign-in-form (done)="goOn()" />
        }
      </section>
    </main>
  `,
  styles: `
    main {
      min-height: 100vh;
      display: grid;
      place-items: center;
      padding: 24px 12px;
    }

    section {
      width: min(360px, 100%);
      gap: 20px;
      background: var(--tl-card);
      border: 1px solid var(--tl-line);
      border-radius: var(--tl-radius);
      padding: 28px 24px;
    }
  `,
})
export class SignInPage {
  private readonly router = inject(Router);
  protected readonly text = texts.shell;
  /** A token comes behind the #, which no server sees. */
  protected readonly link = signal(linkIn(location.hash));
  /** The page that was wanted; only one of ours. */
  readonly next = input<string>();

  protected forget(): void {
    this.link.set(undefined);
    void this.router.navigate(['/sign-in']);
  }

  protected goOn(): void {
    const next = this.next() ?? '/';
    void this.router.navigateByUrl(/^\/(?![/\\])/.test(next) ? next : '/');
  }
}

function linkIn(hash: string): JoinLink | undefined {
  const [, kind, token] = /^#(invitation|first-admin)=([\w-]+)$/.exec(hash) ?? [];
  return kind && token ? { kind: kind as JoinLink['kind'], token } : undefined;
}
