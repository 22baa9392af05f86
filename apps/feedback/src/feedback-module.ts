import { Inject, Injectable, Module, type OnModuleInit } from '@nestjs/common';
import { Database } from '@throughline/database';
import { commands, consumers, PathToHierarchy, SETTINGS, sweeps } from '@throughline/service';
import { CoachingPlanStore } from './coaching/coaching-plan-store';
import { OnTakeCoachingStep } from './coaching/on-take-coaching-step';
import { InviteMissedEngagements } from './invite-missed-engagements';
import { Inviter } from './inviter';
import { OnJourneyChanged } from './on-journey-changed';
import { OnMakeSurveyLink } from './on-make-survey-link';
import { OnReviewEngagement } from './on-review-engagement';
import { OnScoreChanged } from './on-score-changed';
import { OnSetSurvey } from './on-set-survey';
import { OnTakeCaseStep } from './on-take-case-step';
import { PostEvents } from './post-events';
import { QueueMissedReviews } from './queue-missed-reviews';
import { ReviewQueue } from './review-queue';
import { SendInvitations } from './send-invitations';
import type { FeedbackSettings } from './settings';
import { SurveyController } from './survey-controller';
import { SurveyLimits } from './survey-limits';
import { ensureSurveySettings } from './survey-settings-store';
import { SurveyStore } from './survey-store';

@Injectable()
class FirstSettings implements OnModuleInit {
  constructor(@Inject(Database) private readonly database: Database) {}

  onModuleInit(): Promise<void> {
    return ensureSurveySettings(this.database);
  }
}

/** What feedback hears, is asked to do, does in time, and shows to customers. */
@Module({
  controllers: [SurveyController],
  providers: [
    FirstSettings,
    PathToHierarchy,
    SurveyStore,
    SurveyLimits,
    ReviewQueue,
    CoachingPlanStore,
    {
      provide: Inviter,
      inject: [Database, SETTINGS],
      useFactory: (database: Database, settings: FeedbackSettings) => new Inviter(database, { mail: settings.SMTP_URL !== undefined }),
    },
    ...consumers(OnJourneyChanged, OnScoreChanged),
    ...commands(OnSetSurvey, OnMakeSurveyLink, OnTakeCaseStep, OnReviewEngagement, OnTakeCoachingStep),
    ...sweeps(InviteMissedEngagements, SendInvitations, PostEvents, QueueMissedReviews),
  ],
})
export class FeedbackModule {}
