import type { Instant } from '@throughline/contracts';
import { surveyTexts } from '@throughline/domain-feedback';
import { markup, page } from './page-frame';
import { dayLabel, type Clock, type SurveyLanguage } from './survey-page';

/** The words of an invitation; the link is the only thing in it that belongs to one customer. */
export function invitationMail(language: SurveyLanguage, link: string, until: Instant, clock: Clock): { subject: string; text: string; html: string } {
  const texts = surveyTexts[language];
  const { subject, greeting, text, link: answerHere, stop } = texts.mail;
  const ends = texts.mail.until.replace('{day}', dayLabel(until, texts, clock));
  return {
    subject,
    text: `${greeting}\n\n${text}\n\n${answerHere}\n${link}\n\n${ends}\n${stop}\n`,
    html: page({
      lang: language,
      title: subject,
      languages: [],
      body: markup`<p>${greeting}</p><p>${text}</p><p><a href="${link}">${answerHere.replace(/:$/, '')}</a></p><p class="soft">${ends} ${stop}</p>`,
    }),
  };
}
