import type { Routes } from '@angular/router';
import { SurveysPage } from './surveys-page';

export const routes: Routes = [{ path: '', component: SurveysPage }];
