import { Controller, Get } from '@nestjs/common';
import { Open } from './access/needs';
import { describeApi } from './openapi';

@Controller()
export class OpenApiController {
  private readonly description = describeApi();

  @Get('openapi.json')
  @Open()
  show(): object {
    return this.description;
  }
}
