import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Instant } from '@throughline/contracts';
import { Database } from '@throughline/database';
import { checkAnswers, fieldsOf, type PostedForm, type SurveyAnswers } from '@throughline/domain-feedback';
import { addressOf, SETTINGS } from '@throughline/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { makeNonce, readNonce } from './page-nonce';
import type { FeedbackSettings } from './settings';
import { SurveyLimits } from './survey-limits';
import { formPage, surveyLanguages, thanksPage, wordsPage, type ShownForm, type SurveyLanguage } from './survey-page';
import { activeSurvey, type ActiveSurvey } from './survey-settings-store';
import { hashOfToken, SurveyStore, type OpenSurvey } from './survey-store';

/** 256 bits in base64url. */
const tokenPattern = /^[A-Za-z0-9_-]{43}$/;

interface Visit {
  readonly survey: OpenSurvey;
  readonly active: ActiveSurvey;
  readonly language: SurveyLanguage;
  readonly now: Instant;
}

/**
 * The page behind a survey's link. Reading it changes nothing and may be done as often as one likes; an answer is taken once, from a page that was shown, and may be changed
 * for ten minutes. A link that is wrong, ended or used gets one and the same page.
 */
@Controller('s')
export class SurveyController {
  private readonly addressOf: ReturnType<typeof addressOf>;

  constructor(
    private readonly database: Database,
    private readonly store: SurveyStore,
    private readonly limits: SurveyLimits,
    @Inject(SETTINGS) settings: FeedbackSettings,
  ) {
    this.addressOf = addressOf(settings.TRUSTED_PROXIES);
  }

  @Get(':token')
  async show(
    @Param('token') token: string,
    @Query('lang') lang: unknown,
    @Query('change') change: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const visit = await this.visit(token, lang, request, reply);
    if (!visit) return;
    const { survey, language } = visit;
    if (survey.state === 'answered' && change === undefined)
      return answerWith(reply, 200, thanksPage(language, { callBack: survey.answers!.callBack, nonce: this.nonce(visit) }));
    if (request.method === 'GET') await this.store.markOpened(survey);
    const values = survey.state === 'answered' ? valuesOf(survey) : (survey.draft ?? {});
    answerWith(reply, 200, this.form(visit, values, []));
  }

  @Post(':token')
  async take(@Param('token') token: string, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { nonce, lang, do: wish, ...values } = fieldsIn(body);
    const visit = await this.visit(token, lang, request, reply);
    if (!visit) return;
    const { survey, active, language, now } = visit;
    const shown = readNonce(survey.pageKey, nonce, now);
    if (!shown) return answerWith(reply, 422, this.form(visit, values, [{ field: 'form', problem: 'stale' }]));
    if (wish === 'stop') {
      await this.store.stopAsking(survey);
      return answerWith(reply, 200, wordsPage(language, 'stopped'));
    }
    if (wish === 'save' && survey.state !== 'answered') {
      await this.store.saveDraft(survey, values);
      return answerWith(reply, 200, wordsPage(language, 'saved'));
    }
    const checked =
      wish === 'callback' && survey.answers ? { kind: 'answered' as const, answers: { ...survey.answers, callBack: true } } : checkAnswers(survey.form, values);
    if (checked.kind === 'faulty') return answerWith(reply, 422, this.form(visit, values, checked.problems));
    if (checked.kind === 'empty') return answerWith(reply, 422, this.form(visit, values, [{ field: 'form', problem: 'empty' }]));
    await this.store.answer(hashOfToken(token), checked.answers, shown.revision, active, now);
    // Whatever came of it: what was said first stands, and that is what the page then shows.
    void reply.header('location', `/s/${token}?lang=${language}`);
    answerWith(reply, 303, '');
  }

  /** The survey behind a link that can be answered, or could be a moment ago; else the answer has been given here. */
  private async visit(token: string, lang: unknown, request: FastifyRequest, reply: FastifyReply): Promise<Visit | undefined> {
    const address = this.addressOf(request);
    const asked = surveyLanguages.find((one) => one === lang);
    if (!(await this.limits.allow(address))) {
      void reply.header('retry-after', '60');
      answerWith(reply, 429, wordsPage(asked ?? preferred(request), 'busy'));
      return undefined;
    }
    const [survey, active] = await Promise.all([tokenPattern.test(token) ? this.store.find(hashOfToken(token)) : undefined, activeSurvey(this.database)]);
    const now = Date.now();
    if (!survey) await this.limits.miss(address);
    if (!survey || !isOpen(survey, active, now)) {
      answerWith(reply, 404, wordsPage(asked ?? preferred(request), 'closed'));
      return undefined;
    }
    return { survey, active, now, language: asked ?? surveyLanguages.find((one) => one === survey.language) ?? 'en' };
  }

  private form(visit: Visit, values: PostedForm, problems: ShownForm['problems']): string {
    const { survey, active, language } = visit;
    return formPage({ form: survey.form, language, clock: { zone: active.settings.quiet.zone }, nonce: this.nonce(visit), values, problems });
  }

  private nonce({ survey, now }: Visit): string {
    return makeNonce(survey.pageKey, { at: now, revision: survey.state === 'answered' ? survey.revision : -1 });
  }
}

function isOpen(survey: OpenSurvey, { settings }: ActiveSurvey, now: Instant): boolean {
  if (survey.state === 'void') return false;
  return survey.state === 'answered' ? now - survey.answeredAt! <= settings.editMs : now <= survey.expiresAt;
}

/** The first language of the browser that there is. */
const preferred = ({ headers }: FastifyRequest): SurveyLanguage =>
  (headers['accept-language'] ?? '')
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
    .map((code) => surveyLanguages.find((one) => one === code))
    .find((one) => one !== undefined) ?? 'en';

function answerWith(reply: FastifyReply, status: number, text: string): void {
  void reply.status(status).header('content-type', 'text/html; charset=utf-8').send(text);
}

/** Fields of a posted form: texts, or lists of texts. Anything else is left out, and then judged as missing. */
function fieldsIn(body: unknown): Record<string, string | string[]> {
  if (typeof body !== 'object' || body === null) return {};
  const isText = (value: unknown): value is string => typeof value === 'string';
  return Object.fromEntries(
    Object.entries(body)
      .slice(0, 200)
      .filter((entry): entry is [string, string | string[]] => isText(entry[1]) || (Array.isArray(entry[1]) && entry[1].every(isText))),
  );
}

/** An answer as the fields of its form, to change it. The ten items are not kept one by one: they are asked anew. */
function valuesOf({ form, answers }: OpenSurvey): PostedForm {
  const { csat, nps, effort, solved, comment, callBack, touches } = answers as SurveyAnswers;
  const values: Record<string, string | readonly string[]> = {};
  for (const [name, value] of Object.entries({ csat, nps, effort, solved, comment })) if (value !== null) values[name] = String(value);
  if (callBack) values['callback'] = 'yes';
  for (const touch of form.touchPoints) {
    const answer = touches.find(({ key }) => key === touch.key);
    const fields = fieldsOf(touch);
    if (!answer) continue;
    if (answer.empathy !== null) for (const name of fields.empathy) values[name] = String(Math.round(answer.empathy));
    values[fields.failures] = answer.failures;
    if (answer.comment !== null) values[fields.comment] = answer.comment;
  }
  return values;
}
