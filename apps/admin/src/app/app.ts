import { ChangeDetectionStrategy, Component } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { ToastList } from './ui/toast-list';

@Component({
  selector: 'tl-root',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [RouterOutlet, ToastList],
  template: `
    <router-outlet />
    <tl-toast-list />
  `,
})
export class App {}
