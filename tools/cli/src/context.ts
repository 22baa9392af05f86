import os from 'node:os';
import path from 'node:path';
import { ApiClient } from './api-client';
import { inkFor, type Ink } from './ink';
import { findRunningStack, type RunningStack } from './running-stack';
import { calendarOf, type Calendar } from './words';

/** What a command works with: the running stack, its address, and how to speak to the person. The stack is looked for when first asked. */
export class Context {
  readonly root = process.env.THROUGHLINE_ROOT ?? process.cwd();
  readonly ink: Ink = inkFor(process.stdout, process.env);
  readonly calendar: Calendar = calendarOf(process.env.TZ ?? Intl.DateTimeFormat().resolvedOptions().timeZone);
  /** Who does it, for the record of a decision. */
  readonly by = process.env.THROUGHLINE_USER ?? os.userInfo().username;
  private found?: RunningStack;

  get stack(): RunningStack {
    return (this.found ??= findRunningStack(this.root, process.env));
  }

  get api(): ApiClient {
    return new ApiClient(this.stack);
  }

  say(text: string): void {
    process.stdout.write(`${text}\n`);
  }

  sayJson(value: unknown): void {
    this.say(JSON.stringify(value, null, 2));
  }

  /** A path as the person would type it. */
  nearPath(file: string): string {
    return path.relative(process.cwd(), file);
  }
}
