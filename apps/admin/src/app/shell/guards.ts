import { inject } from '@angular/core';
import { RedirectCommand, Router, type CanActivateFn } from '@angular/router';
import type { Permission } from '@throughline/contracts';
import { pages } from '../pages';
import { Session } from './session';

/** Leads to the sign-in page, and back to the wanted one afterwards. */
export const signedIn: CanActivateFn = async (_route, { url }) => {
  const router = inject(Router);
  if (await inject(Session).restore()) return true;
  return router.createUrlTree(['/sign-in'], url === '/' ? {} : { queryParams: { next: url } });
};

/** Without one of these permissions the refusal is shown at the wanted address. */
export const mayOpen =
  (needs: readonly Permission[]): CanActivateFn =>
  () =>
    inject(Session).can(...needs) || new RedirectCommand(inject(Router).parseUrl('/denied'), { skipLocationChange: true });

/** The first page of the rail that this person may open. */
export const firstPage: CanActivateFn = () => {
  const session = inject(Session);
  const first = pages.find(({ needs }) => session.can(...needs));
  return inject(Router).parseUrl(first ? `/${first.path}` : '/denied');
};
