import { bootService, parseSettings } from '@throughline/service';
import { setPriority } from 'node:os';
import { migrations } from '../migrations';
import { ScoringModule } from './scoring-module';
import { scoringServiceSettings } from './settings';

const settings = parseSettings(scoringServiceSettings);
// What comes in and the hierarchy must not wait for scores.
setPriority(settings.SCORE_NICENESS);

await bootService({ name: 'scoring', schema: 'scoring', settings, migrations, module: ScoringModule });
