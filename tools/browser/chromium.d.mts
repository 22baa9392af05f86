import type { Browser } from 'playwright-core';

/** A running headless browser; the caller closes it. */
export function launchChromium(): Promise<Browser>;
