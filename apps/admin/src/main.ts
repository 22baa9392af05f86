import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app';
import { appConfig } from './app/app.config';

// The Content-Security-Policy allows no code made from text, which the schema library would otherwise try; it reads this before its first schema.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

bootstrapApplication(App, appConfig).catch((error: unknown) => console.error(error));
