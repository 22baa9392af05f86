import { bootService, parseSettings } from '@throughline/service';
import { migrations } from '../migrations';
import { AdminApiModule } from './admin-api-module';
import { hardenHttp } from './harden-http';
import { adminApiSettings } from './settings';

const settings = parseSettings(adminApiSettings);
await bootService({
  name: 'admin-api',
  schema: 'admin_api',
  settings,
  migrations,
  outbox: false,
  module: AdminApiModule,
  http: { port: settings.PORT, bodyLimit: 65_536, configure: hardenHttp },
});
