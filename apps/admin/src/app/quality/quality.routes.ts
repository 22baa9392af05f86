import type { Routes } from '@angular/router';
import { QualityPage } from './quality-page';

export const routes: Routes = [{ path: '', component: QualityPage }];
