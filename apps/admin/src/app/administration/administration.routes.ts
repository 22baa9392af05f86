import type { Routes } from '@angular/router';
import { AdministrationPage } from './administration-page';

export const routes: Routes = [{ path: '', component: AdministrationPage }];
