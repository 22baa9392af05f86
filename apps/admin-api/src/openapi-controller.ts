import { Controller, Get } from '@nestjs/common';
import { Access } from './access';
import { describeApi } from './openapi';

@Controller()
export class OpenApiController {
  private readonly description = describeApi();

  @Get('openapi.json')
  @Access('anyone')
  show(): object {
    return this.description;
  }
}
