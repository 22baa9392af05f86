import type { Instant } from '@throughline/contracts';
import {
  failuresOf,
  fieldsOf,
  surveyTexts,
  type AnswerProblem,
  type PostedForm,
  type SurveyForm,
  type SurveyTexts,
  type TouchPoint,
} from '@throughline/domain-feedback';
import { markup, page, type Markup } from './page-frame';

export type SurveyLanguage = keyof typeof surveyTexts;
export const surveyLanguages = Object.keys(surveyTexts) as SurveyLanguage[];

/** Says instants the way the customer's calendar does. */
export interface Clock {
  readonly zone: string;
}

export interface ShownForm {
  readonly form: SurveyForm;
  readonly language: SurveyLanguage;
  readonly clock: Clock;
  readonly nonce: string;
  /** What was filled in before, to go on with. */
  readonly values: PostedForm;
  readonly problems: readonly (AnswerProblem | { readonly field: 'form'; readonly problem: 'empty' | 'stale' })[];
}

/** Each page links to itself in the other language; the token stays out of the link. */
const others = (language: SurveyLanguage): { lang: string; name: string; href: string }[] =>
  surveyLanguages.filter((other) => other !== language).map((other) => ({ lang: other, name: surveyTexts[other].languageName, href: `?lang=${other}` }));

/** The words for a person or a system, with the day and the time of the meeting. */
export function touchLabel({ role, at }: Pick<TouchPoint, 'role' | 'at'>, texts: SurveyTexts, { zone }: Clock): string {
  const say = (options: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat(texts.locale, { ...options, timeZone: zone }).format(at);
  return texts.touch[role]
    .replace('{day}', say({ weekday: 'long', day: 'numeric', month: 'long' }))
    .replace('{time}', say({ hour: '2-digit', minute: '2-digit' }));
}

export const dayLabel = (at: Instant, texts: SurveyTexts, { zone }: Clock): string =>
  new Intl.DateTimeFormat(texts.locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: zone }).format(at);

/** The form: radio groups, tick boxes and texts, in one page that works without a script. */
export function formPage(shown: ShownForm): string {
  const { form, language, clock, nonce, problems } = shown;
  const texts = surveyTexts[language];
  const fields = new FormFields(shown, texts);
  const whole = {
    solved: () =>
      fields.choice('solved', texts.solved.ask, [
        { value: '1', label: texts.solved.yes },
        { value: '0', label: texts.solved.no },
      ]),
    csat: () => fields.choice('csat', texts.csat.ask, numbers(1, 5), texts.csat),
    effort: () => fields.choice('effort', texts.effort.ask, numbers(1, 7), texts.effort),
    nps: () => fields.choice('nps', texts.nps.ask, numbers(0, 10), texts.nps),
  };
  const body = markup`<h1>${texts.title}</h1>
<p>${texts.intro}</p><p class="soft">${texts.optional}</p>
${problems.length > 0 && problemBox(problems, texts)}
<form method="post" autocomplete="off">
<input type="hidden" name="nonce" value="${nonce}"><input type="hidden" name="lang" value="${language}">
${form.ask.map((question) => whole[question]())}
${form.touchPoints.length > 0 && markup`<h2>${texts.touchesTitle}</h2>`}${form.touchPoints.map((point) => fields.touch(point, touchLabel(point, texts, clock)))}
<div class="box">${fields.words('comment', texts.comment)}${fields.tick('callback', 'yes', texts.callBack)}</div>
<div class="buttons"><button class="main" name="do" value="send">${texts.send}</button><button name="do" value="save" formnovalidate>${texts.saveForLater}</button></div>
<div class="buttons"><button class="plain" name="do" value="stop" formnovalidate>${texts.stop}</button></div>
</form>`;
  return page({ lang: language, title: texts.title, languages: others(language), body });
}

const problemBox = (problems: ShownForm['problems'], texts: SurveyTexts): Markup =>
  markup`<div class="problem" role="alert"><h2>${texts.problemsTitle}</h2>${problems.map(({ field, problem }) =>
    field === 'form' ? markup`<p>${texts.problems[problem]}</p>` : markup`<p><a href="#${field}">${texts.problems[problem]}</a></p>`,
  )}</div>`;

interface Option {
  readonly value: string;
  readonly label: string;
}
const numbers = (from: number, to: number): Option[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ value: String(from + index), label: String(from + index) }));

/** The fields of one form, each with what was filled in and what is wrong with it. */
class FormFields {
  constructor(
    private readonly shown: Pick<ShownForm, 'values' | 'problems'>,
    private readonly texts: SurveyTexts,
  ) {}

  /** One of several, as a group of radio buttons; `ends` says what the first and the last number mean. */
  choice(name: string, question: string, options: readonly Option[], ends?: { readonly low: string; readonly high: string }): Markup {
    const scale = options.filter(({ value }) => value !== 'na');
    return markup`<fieldset id="${name}"><legend>${question}${ends && markup` <span class="soft">${scale[0]!.label} = ${ends.low}, ${scale.at(-1)!.label} = ${ends.high}</span>`}</legend>
${this.wrong(name)}<div class="scale">${options.map(
      ({ value, label }) =>
        markup`<label${!/\d/.test(label) && markup` class="${value === 'na' ? 'wide' : 'half'}"`}><input type="radio" name="${name}" value="${value}"${this.has(name, value) && checked}>${label}</label>`,
    )}</div></fieldset>`;
  }

  tick(name: string, value: string, label: string): Markup {
    return markup`<label class="tick"><input type="checkbox" name="${name}" value="${value}"${this.has(name, value) && checked}>${label}</label>`;
  }

  words(name: string, label: string): Markup {
    return markup`<label class="words" id="${name}">${label}${this.wrong(name)}<textarea name="${name}" rows="3" maxlength="2000">${this.valuesOf(name)[0] ?? ''}</textarea></label>`;
  }

  /** A person or a system: how it did, and what went wrong there. */
  touch(point: TouchPoint, label: string): Markup {
    const { texts } = this;
    const names = fieldsOf(point);
    const rated = [...numbers(1, 5), { value: 'na', label: texts.scale.none }];
    const item = point.kind === 'agent' ? texts.personItem : texts.systemItem;
    const isOpen = this.valuesOf(names.failures).length > 0 || this.valuesOf(names.comment).some((text) => text !== '');
    return markup`<fieldset><legend>${label}</legend>
${names.empathy.map((name, index) => this.choice(name, point.longForm ? texts.longItems[index]! : item, rated, texts.scale))}
<details id="${names.failures}"${isOpen && markup` open`}><summary>${texts.failedAsk}</summary>
${this.wrong(names.failures)}${failuresOf[point.role].map((failure) => this.tick(names.failures, failure, texts.failures[failure]))}${this.words(names.comment, texts.touchComment)}</details></fieldset>`;
  }

  private wrong(field: string): Markup | false {
    const found = this.shown.problems.find((one) => one.field === field);
    return found !== undefined && markup`<p class="wrong" id="${field}-wrong">${this.texts.problems[found.problem]}</p>`;
  }

  private valuesOf(name: string): readonly string[] {
    const value = this.shown.values[name];
    return value === undefined ? [] : typeof value === 'string' ? [value] : value;
  }

  private has(name: string, value: string): boolean {
    return this.valuesOf(name).includes(value);
  }
}

const checked = markup` checked`;

/** After an answer: thanks, what will be done, and how to change it as long as that is possible. */
export function thanksPage(language: SurveyLanguage, options: { readonly callBack: boolean; readonly nonce: string | null }): string {
  const texts = surveyTexts[language];
  const { title, text, callBack, change, changeLink } = texts.thanks;
  const ask =
    options.nonce !== null &&
    !options.callBack &&
    markup`<form method="post"><input type="hidden" name="nonce" value="${options.nonce}"><input type="hidden" name="lang" value="${language}">
<div class="buttons"><button name="do" value="callback">${texts.callBack}</button></div></form>`;
  const body = markup`<h1>${title}</h1><p>${text}</p>${options.callBack && markup`<p>${callBack}</p>`}
${options.nonce !== null && markup`<p class="soft">${change} <a href="?change=1&amp;lang=${language}">${changeLink}</a></p>`}${ask}`;
  return page({ lang: language, title, languages: [], body });
}

/** A page that only says something. `closed` is the one answer to every link that cannot be answered, whatever the reason. */
export function wordsPage(language: SurveyLanguage, kind: 'saved' | 'stopped' | 'closed' | 'busy'): string {
  const { title, text } = surveyTexts[language][kind];
  return page({ lang: language, title, languages: [], body: markup`<h1>${title}</h1><p>${text}</p>` });
}
