import { bootService, parseSettings } from '@throughline/service';
import { migrations } from '../migrations';
import { configureHttp } from './configure-http';
import { FeedbackModule } from './feedback-module';
import { feedbackSettings } from './settings';

const settings = parseSettings(feedbackSettings);
await bootService({
  name: 'feedback',
  schema: 'feedback',
  settings,
  migrations,
  module: FeedbackModule,
  http: { port: settings.PORT, bodyLimit: 131_072, configure: configureHttp },
});
