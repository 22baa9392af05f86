import { bootService, parseSettings } from '@throughline/service';
import { migrations } from '../migrations';
import { sessionizationSettings } from './settings';
import { SessionizationModule } from './sessionization-module';

await bootService({
  name: 'sessionization',
  schema: 'sessionization',
  settings: parseSettings(sessionizationSettings),
  migrations,
  module: SessionizationModule,
});
