import { bootService, parseSettings } from '@throughline/service';
import { migrations } from '../migrations';
import { serveAdminApp } from './admin-app/admin-app';
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
  http: {
    port: settings.PORT,
    bodyLimit: 65_536,
    configure: async (app) => {
      await hardenHttp(app);
      serveAdminApp(app, settings.ADMIN_APP_DIR);
    },
  },
});
