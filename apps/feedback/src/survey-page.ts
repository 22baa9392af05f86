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
import { html, page, type Html } from './page-frame';

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

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const valuesOf = (values: PostedForm, name: string): readonly string[] => {
  const value = values[name];
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
};

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
  const { form, language, clock, nonce, values, problems } = shown;
  const texts = surveyTexts[language];
  const wrong = (field: string): Html | false => {
    const found = problems.find((one) => one.field === field);
    return found !== undefined && html`<p class="wrong" id="${field}-wrong">${texts.problems[found.problem]}</p>`;
  };
  const scale = (name: string, question: string, options: readonly { value: string; label: string }[], ends?: { low: string; high: string }): Html =>
    html`<fieldset id="${name}">
      <legend>
        ${question}${ends && html` <span class="soft">(${options[0]!.label} = ${ends.low}, ${options.at(options.at(-1)!.value === 'na' ? -2 : -1)!.label} = ${ends.high})</span>`}
      </legend>
      ${wrong(name)}
      <div class="scale">
        ${options.map(
          ({ value, label }) =>
            html`<label><input type="radio" name="${name}" value="${value}" ${valuesOf(values, name).includes(value) && html` checked`} />${label}</label>`,
        )}
      </div>
    </fieldset>`;
  const numbers = (from: number, to: number): { value: string; label: string }[] =>
    range(from, to).map((value) => ({ value: String(value), label: String(value) }));
  const words = (name: string, label: string): Html =>
    html`<label class="words">${label}${wrong(name)}<textarea name="${name}" rows="3" maxlength="2000">${valuesOf(values, name)[0] ?? ''}</textarea></label>`;
  const rated = [...numbers(1, 5), { value: 'na', label: texts.scale.none }];
  const touch = (point: TouchPoint): Html => {
    const fields = fieldsOf(point);
    const ticked = valuesOf(values, fields.failures);
    const item = point.kind === 'agent' ? texts.personItem : texts.systemItem;
    return html`<fieldset><legend>${touchLabel(point, texts, clock)}</legend>
${fields.empathy.map((name, index) => scale(name, point.longForm ? texts.longItems[index]! : item, rated, texts.scale))}
<details${(ticked.length > 0 || valuesOf(values, fields.comment).some((text) => text !== '')) && html` open`}><summary>${texts.failedAsk}</summary>
${wrong(fields.failures)}${failuresOf[point.role].map(
      (failure) =>
        html`<label class="tick"
          ><input type="checkbox" name="${fields.failures}" value="${failure}" ${ticked.includes(failure) && html` checked`} />${texts.failures[failure]}</label
        >`,
    )}${words(fields.comment, texts.touchComment)}</details></fieldset>`;
  };
  const whole = {
    solved: () =>
      scale('solved', texts.solved.ask, [
        { value: '1', label: texts.solved.yes },
        { value: '0', label: texts.solved.no },
      ]),
    csat: () => scale('csat', texts.csat.ask, numbers(1, 5), texts.csat),
    effort: () => scale('effort', texts.effort.ask, numbers(1, 7), texts.effort),
    nps: () => scale('nps', texts.nps.ask, numbers(0, 10), texts.nps),
  };
  const body = html`<h1>${texts.title}</h1>
    <p>${texts.intro}</p>
    <p class="soft">${texts.optional}</p>
    ${
      problems.length > 0 &&
      html`<div class="problem" role="alert">
        <h2>${texts.problemsTitle}</h2>
        ${problems.map(({ field, problem }) =>
          field === 'form' ? html`<p>${texts.problems[problem]}</p>` : html`<p><a href="#${field}">${texts.problems[problem]}</a></p>`,
        )}
      </div>`
    }
    <form method="post" autocomplete="off">
      <input type="hidden" name="nonce" value="${nonce}" /><input type="hidden" name="lang" value="${language}" />
      ${form.ask.map((question) => whole[question]())} ${form.touchPoints.length > 0 && html`<h2>${texts.touchesTitle}</h2>`}${form.touchPoints.map(touch)}
      ${words('comment', texts.comment)}
      <label class="tick"
        ><input type="checkbox" name="callback" value="yes" ${valuesOf(values, 'callback').includes('yes') && html` checked`} />${texts.callBack}</label
      >
      <div class="buttons">
        <button class="main" name="do" value="send">${texts.send}</button><button name="do" value="save" formnovalidate>${texts.saveForLater}</button>
      </div>
      <div class="buttons"><button class="plain" name="do" value="stop" formnovalidate>${texts.stop}</button></div>
    </form>`;
  return page({ lang: language, title: texts.title, languages: others(language), body });
}

/** After an answer: thanks, what will be done, and how to change it as long as that is possible. */
export function thanksPage(language: SurveyLanguage, options: { readonly callBack: boolean; readonly nonce: string | null }): string {
  const texts = surveyTexts[language];
  const { title, text, callBack, change, changeLink } = texts.thanks;
  const ask =
    options.nonce !== null &&
    !options.callBack &&
    html`<form method="post">
      <input type="hidden" name="nonce" value="${options.nonce}" /><input type="hidden" name="lang" value="${language}" />
      <div class="buttons"><button name="do" value="callback">${texts.callBack}</button></div>
    </form>`;
  const body = html`<h1>${title}</h1>
    <p>${text}</p>
    ${options.callBack && html`<p>${callBack}</p>`}
    ${options.nonce !== null && html`<p class="soft">${change} <a href="?change=1&amp;lang=${language}">${changeLink}</a></p>`}${ask}`;
  return page({ lang: language, title, languages: [], body });
}

/** A page that only says something. `closed` is the one answer to every link that cannot be answered, whatever the reason. */
export function wordsPage(language: SurveyLanguage, kind: 'saved' | 'stopped' | 'closed' | 'busy'): string {
  const { title, text } = surveyTexts[language][kind];
  return page({
    lang: language,
    title,
    languages: [],
    body: html`<h1>${title}</h1>
      <p>${text}</p>`,
  });
}
