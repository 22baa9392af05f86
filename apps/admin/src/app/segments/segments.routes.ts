import type { Routes } from '@angular/router';
import { SegmentPage } from './segment-page';
import { SegmentsPage } from './segments-page';

export const routes: Routes = [
  { path: '', component: SegmentsPage },
  { path: ':id', component: SegmentPage, canDeactivate: [(page: SegmentPage) => page.leave()] },
];
