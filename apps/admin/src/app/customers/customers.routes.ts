import type { Routes } from '@angular/router';
import { CustomerPage } from './customer-page';
import { CustomersPage } from './customers-page';

export const routes: Routes = [
  { path: '', component: CustomersPage },
  { path: ':id', component: CustomerPage },
];
