import type { Routes } from '@angular/router';
import { KpisPage } from './kpis-page';

export const routes: Routes = [
  { path: '', component: KpisPage },
  { path: 'rows', loadComponent: () => import('./rows-page').then(({ RowsPage }) => RowsPage) },
  { path: 'menus', loadComponent: () => import('./menus-page').then(({ MenusPage }) => MenusPage) },
];
