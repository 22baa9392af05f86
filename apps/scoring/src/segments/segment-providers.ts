import type { Provider, Type } from '@nestjs/common';
import { SETTINGS, type CommandHandler, type Sweep } from '@throughline/service';
import { CountSegment } from './count-segment';
import { DrawCustomerSample } from './draw-customer-sample';
import { KeepSegmentsCurrent } from './keep-segments-current';
import { OnPreviewSegment } from './on-preview-segment';
import { OnPublishSegment } from './on-publish-segment';
import { OnRestoreSegmentVersion } from './on-restore-segment-version';
import { OnRetireSegment } from './on-retire-segment';
import { OnSaveSegment } from './on-save-segment';
import { RuleRunner } from './rule-runner';
import { WorkOutSegment } from './work-out-segment';

/** What the rules of segments need to know of the environment. */
export interface SegmentSettings {
  /** Postgres as `tl_rules`. */
  readonly RULES_DATABASE_URL: string;
  readonly RULES_TIMEOUT_MS: number;
  readonly RULES_COST_LIMIT: number;
}

/** The part of scoring's module that is about segments. */
export const segmentProviders: Provider[] = [
  {
    provide: RuleRunner,
    inject: [SETTINGS],
    useFactory: (settings: SegmentSettings) =>
      new RuleRunner({ url: settings.RULES_DATABASE_URL, statementTimeoutMs: settings.RULES_TIMEOUT_MS, costLimit: settings.RULES_COST_LIMIT }),
  },
  CountSegment,
  WorkOutSegment,
];
export const segmentCommands = [
  OnSaveSegment,
  OnPublishSegment,
  OnRestoreSegmentVersion,
  OnRetireSegment,
  OnPreviewSegment,
] as unknown as Type<CommandHandler>[];
export const segmentSweeps: Type<Sweep>[] = [KeepSegmentsCurrent, DrawCustomerSample];
