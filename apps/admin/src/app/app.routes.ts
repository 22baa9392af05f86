import type { Routes } from '@angular/router';
import { texts } from '../texts';
import { pages } from './pages';
import { firstPage, mayOpen, signedIn } from './shell/guards';

/** Sign-in stands alone; everything else is inside the frame, each page lazy and only for those who may. */
export const routes: Routes = [
  { path: 'sign-in', title: texts.shell.signIn.title, loadComponent: () => import('./shell/sign-in-page').then(({ SignInPage }) => SignInPage) },
  {
    path: '',
    canActivate: [signedIn],
    loadComponent: () => import('./shell/frame').then(({ Frame }) => Frame),
    children: [
      { path: '', pathMatch: 'full', canActivate: [firstPage], children: [] },
      ...pages.map(({ path, label, needs, load }) => ({ path, title: label, canActivate: [mayOpen(needs)], loadChildren: load })),
      { path: 'denied', data: { kind: 'denied' }, loadComponent: () => import('./shell/refusal-page').then(({ RefusalPage }) => RefusalPage) },
      { path: '**', data: { kind: 'notFound' }, loadComponent: () => import('./shell/refusal-page').then(({ RefusalPage }) => RefusalPage) },
    ],
  },
];
