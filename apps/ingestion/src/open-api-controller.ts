import { Controller, Get, Inject } from '@nestjs/common';
import { SETTINGS } from '@throughline/service';
import { Access } from './access';
import { openApi, withPathsOf } from './open-api';
import type { IngestionSettings } from './settings';

/** One document for the one address: our routes, and those of admin-api where its paths are forwarded. */
@Controller()
@Access('open')
export class OpenApiController {
  constructor(@Inject(SETTINGS) private readonly settings: IngestionSettings) {}

  @Get('openapi.json')
  async document(): Promise<object> {
    const { ADMIN_API_URL: admin } = this.settings;
    if (admin === undefined) return openApi;
    try {
      const answer = await fetch(new URL('/openapi.json', admin), { signal: AbortSignal.timeout(2_000) });
      return answer.ok ? withPathsOf(openApi, (await answer.json()) as object) : openApi;
    } catch {
      // Admin-api is not up yet: our own part is true without it.
      return openApi;
    }
  }
}
