import { bootService, parseSettings } from '@throughline/service';
import { migrations } from '../migrations';
import { IdentityModule } from './identity-module';
import { identitySettings } from './settings';

await bootService({ name: 'identity', schema: 'identity', settings: parseSettings(identitySettings), migrations, module: IdentityModule });
