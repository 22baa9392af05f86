import type { Routes } from '@angular/router';
import { CoachingPage } from './coaching-page';

export const routes: Routes = [
  { path: '', component: CoachingPage },
  { path: 'plans/:id', loadComponent: () => import('./plan-page').then(({ PlanPage }) => PlanPage) },
];
