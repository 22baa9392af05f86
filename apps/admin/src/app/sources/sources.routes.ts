import type { Routes } from '@angular/router';
import { SourcesPage } from './sources-page';

export const routes: Routes = [{ path: '', component: SourcesPage }];
