import { bootService } from '@throughline/service';
import { migrations } from '../migrations';
import { configureHttp } from './configure-http';
import { IngestionModule } from './ingestion-module';
import { readSettings } from './settings';

const settings = readSettings();
await bootService({
  name: 'ingestion',
  schema: 'ingestion',
  settings,
  migrations,
  module: IngestionModule,
  http: { port: settings.PORT, configure: (app) => configureHttp(app, settings) },
});
