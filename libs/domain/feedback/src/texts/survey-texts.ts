import type { Failure } from '../failures';
import type { TouchRole } from '../feedback';
import { de } from './de';
import { en } from './en';

/** Everything a customer reads, in one language. `{day}` and `{time}` in a label are the start of the meeting. */
export interface SurveyTexts {
  readonly locale: string;
  readonly languageName: string;
  readonly title: string;
  readonly intro: string;
  readonly optional: string;
  readonly scale: { readonly low: string; readonly high: string; readonly none: string };
  readonly solved: { readonly ask: string; readonly yes: string; readonly no: string };
  readonly csat: { readonly ask: string; readonly low: string; readonly high: string };
  readonly effort: { readonly ask: string; readonly low: string; readonly high: string };
  readonly nps: { readonly ask: string; readonly low: string; readonly high: string };
  readonly touchesTitle: string;
  readonly touch: Readonly<Record<TouchRole, string>>;
  readonly personItem: string;
  readonly systemItem: string;
  /** The ten items about a person; our own wording. */
  readonly longItems: readonly string[];
  readonly failedAsk: string;
  readonly failures: Readonly<Record<Failure, string>>;
  readonly touchComment: string;
  readonly comment: string;
  readonly callBack: string;
  readonly send: string;
  readonly saveForLater: string;
  readonly stop: string;
  readonly problems: Readonly<Record<'range' | 'tooLong' | 'unknown' | 'empty' | 'stale', string>>;
  readonly problemsTitle: string;
  readonly thanks: { readonly title: string; readonly text: string; readonly callBack: string; readonly change: string; readonly changeLink: string };
  readonly saved: { readonly title: string; readonly text: string };
  readonly stopped: { readonly title: string; readonly text: string };
  readonly closed: { readonly title: string; readonly text: string };
  readonly busy: { readonly title: string; readonly text: string };
  readonly mail: {
    readonly subject: string;
    readonly greeting: string;
    readonly text: string;
    readonly link: string;
    readonly until: string;
    readonly stop: string;
  };
}

export const surveyTexts: Readonly<Record<'en' | 'de', SurveyTexts>> = { en, de };
