import type { Channel, EngagementEnding, Instant, System } from '@throughline/contracts';

/** One transaction of an engagement, as far as a survey needs it. */
export interface Step {
  /** The event that an answer about this step names: its last live event, else its last. */
  readonly eventId: string;
  readonly startAt: Instant;
  readonly endAt: Instant;
  readonly system: System;
  readonly channel: Channel;
  readonly agent: string | null;
  /** The customer gave time to it. */
  readonly live: boolean;
  /** Of a field visit: an event says that nobody came, or it was moved. */
  readonly visit: 'missed' | 'moved' | 'done' | null;
}

/** An engagement that is over, with what happened in it. */
export interface ClosedEngagement {
  readonly customerId: string;
  /** Anchor event. */
  readonly anchor: string;
  readonly endedAs: EngagementEnding;
  readonly endedAt: Instant;
  /** In the order of their start. */
  readonly steps: readonly Step[];
}

/** What of an engagement a customer met: a person, a system, or an appointment that did not take place. */
export const touchRoles = [
  'phoneMenu',
  'queue',
  'phoneAgent',
  'chatAgent',
  'chat',
  'writtenAgent',
  'written',
  'technician',
  'appointment',
  'website',
  'ordering',
  'shop',
] as const;
export type TouchRole = (typeof touchRoles)[number];

export interface TouchPoint {
  /** Unique in its form: `t1`, `t2`, … in the order of time. */
  readonly key: string;
  readonly kind: 'agent' | 'system';
  readonly role: TouchRole;
  /** The agent's name in the source, or the role of the system. Not shown to the customer. */
  readonly name: string;
  readonly eventId: string;
  readonly at: Instant;
  /** The ten items instead of the one. */
  readonly longForm: boolean;
}

/** The questions about the whole. */
export type WholeQuestion = 'csat' | 'effort' | 'nps' | 'solved';

/** What one customer is asked about one engagement; kept with the invitation, so that later changes of the engagement or the settings change no form that was sent. */
export interface SurveyForm {
  readonly touchPoints: readonly TouchPoint[];
  readonly ask: readonly WholeQuestion[];
  /** The step that answers about the whole hang on: the last one the customer took part in. */
  readonly aboutEventId: string;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
}

/** How a respondent rated a person or a system: 1 to 5. */
export interface TouchAnswer {
  readonly key: string;
  /** One item, or the mean of the ten. null: not rated, does not apply, or too many of the ten missing. */
  readonly empathy: number | null;
  /** Of the long form: how many of the ten were answered. */
  readonly answered?: number;
  readonly failures: readonly string[];
  readonly comment: string | null;
}

/** Checked answers to one form. */
export interface SurveyAnswers {
  readonly csat: number | null;
  readonly nps: number | null;
  readonly effort: number | null;
  readonly solved: 0 | 1 | null;
  readonly touches: readonly TouchAnswer[];
  readonly comment: string | null;
  readonly callBack: boolean;
}
