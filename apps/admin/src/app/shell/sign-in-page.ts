import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { Router } from '@angular/router';
import { texts } from '../../texts';
import { Mark } from '../ui/mark';
import { SignInForm } from './sign-in-form';

@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Mark, SignInForm],
  template: `
    <main>
      <section class="tl-stack wide">
        <tl-mark />
        <div class="tl-stack">
          <h1>{{ text.signIn.title }}</h1>
          <p class="tl-mute">{{ text.signIn.lead }}</p>
        </div>
        <tl-sign-in-form (done)="goOn()" />
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
  /** The page that was wanted; only one of ours. */
  readonly next = input<string>();

  protected goOn(): void {
    const next = this.next() ?? '/';
    void this.router.navigateByUrl(/^\/(?![/\\])/.test(next) ? next : '/');
  }
}
