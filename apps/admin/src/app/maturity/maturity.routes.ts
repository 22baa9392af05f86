import type { Routes } from '@angular/router';
import { MaturityPage } from './maturity-page';

export const routes: Routes = [{ path: '', component: MaturityPage }];
