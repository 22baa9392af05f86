import { z } from 'zod';
import { body, json, path, problem, queryOf, ref, refusals, schemaOf, type ApiPart } from '../api-description';
import {
  agentAnswer,
  agentsAnswer,
  auditAnswer,
  auditEntryAnswer,
  chainAnswer,
  invitationAnswer,
  invitedAnswer,
  keyAnswer,
  keysAnswer,
  newKeyAnswer,
  rotatedKeyAnswer,
  sessionEntryAnswer,
  teamAnswer,
  teamsAnswer,
  userAnswer,
  usersAnswer,
} from './access-answers';
import {
  acceptBody,
  agentsBody,
  auditQuery,
  firstAdminBody,
  invitationBody,
  invitationLookBody,
  keyBody,
  passwordBody,
  rotateBody,
  signInBody,
  teamsBody,
  userBody,
} from './access-requests';
import { sessionAnswer } from './session-answer';

const open = { security: [] };
const session = { '200': json(ref('Session'), 'Signed in; the cookie is set.') };
const nothing = { '204': { description: 'Done.' } };
const sent = (schema: z.ZodType): object => body(schemaOf(schema, 'input'));
const answer = (schema: z.ZodType, description: string): object => json(schemaOf(schema, 'output'), description);
const missing = { '404': problem('There is nothing with this id.') };
const tooOften = { '429': problem('Too many tries; `Retry-After` says how long to wait.') };
const badLink = { '403': problem('The link was used, withdrawn, is over or was never made; or a page of another site sent this.') };

export const describeAccess = (): ApiPart => ({
  schemas: {
    Session: schemaOf(sessionAnswer, 'output'),
    User: schemaOf(userAnswer, 'output'),
    SessionEntry: schemaOf(sessionEntryAnswer, 'output'),
    Invitation: schemaOf(invitationAnswer, 'output'),
    Team: schemaOf(teamAnswer, 'output'),
    Agent: schemaOf(agentAnswer, 'output'),
    WriteKey: schemaOf(keyAnswer, 'output'),
    AuditEntry: schemaOf(auditEntryAnswer, 'output'),
  },
  paths: {
    '/v1/session': {
      get: {
        summary: 'Who is signed in, what they may do, and the token that changes need',
        responses: { '200': json(ref('Session'), 'The session.'), ...refusals },
      },
      post: {
        summary: 'Signs in with e-mail address and password',
        ...open,
        requestBody: sent(signInBody),
        responses: { ...session, '401': problem('The address or the password is wrong.'), '403': problem('Sent by a page of another site.'), ...tooOften },
      },
      delete: { summary: 'Signs out', responses: { ...nothing, ...refusals } },
    },
    '/v1/sessions': {
      get: {
        summary: 'One’s own sessions in force',
        responses: { '200': answer(z.object({ current: z.uuid().nullable(), sessions: z.array(sessionEntryAnswer) }), 'The newest first.'), ...refusals },
      },
    },
    '/v1/sessions/{id}': {
      delete: { summary: 'Ends one of one’s own sessions', parameters: [path('id', 'Of the session.')], responses: { ...nothing, ...missing, ...refusals } },
    },
    '/v1/password': {
      put: { summary: 'Sets a new password and ends all other sessions', requestBody: sent(passwordBody), responses: { ...nothing, ...tooOften, ...refusals } },
    },
    '/v1/first-admin': {
      get: { summary: 'Whether the first admin is still to be made', ...open, responses: { '200': answer(z.object({ wanted: z.boolean() }), 'Yes or no.') } },
      post: {
        summary: 'Makes the first admin, by the one-time token of the installation',
        ...open,
        requestBody: sent(firstAdminBody),
        responses: { ...session, ...badLink, ...tooOften },
      },
    },
    '/v1/invitations': {
      post: {
        summary: 'Invites a user; answers the link, once',
        requestBody: sent(invitationBody),
        responses: { '201': answer(invitedAnswer, 'Invited.'), '409': problem('There is such a user already.'), ...refusals },
      },
    },
    '/v1/invitations/look': {
      post: {
        summary: 'Whom a link invites',
        ...open,
        requestBody: sent(invitationLookBody),
        responses: { '200': answer(z.object({ email: z.string(), name: z.string(), endsAt: z.int() }), 'The invitation.'), ...badLink, ...tooOften },
      },
    },
    '/v1/invitations/accept': {
      post: { summary: 'Accepts an invitation with a password', ...open, requestBody: sent(acceptBody), responses: { ...session, ...badLink, ...tooOften } },
    },
    '/v1/invitations/{id}': {
      delete: { summary: 'Withdraws an invitation', parameters: [path('id', 'Of the invitation.')], responses: { ...nothing, ...missing, ...refusals } },
    },
    '/v1/users': { get: { summary: 'Users and standing invitations', responses: { '200': answer(usersAnswer, 'All.'), ...refusals } } },
    '/v1/users/{id}': {
      put: {
        summary: 'Sets name, roles, teams and agent of a user; other roles end their sessions',
        parameters: [path('id', 'Of the user.')],
        requestBody: sent(userBody),
        responses: { '200': json(ref('User'), 'As it is now.'), '409': problem('It is the last admin.'), ...missing, ...refusals },
      },
    },
    '/v1/users/{id}/disable': switched('Disables a user: every session ends at once', problem('It is the last admin.')),
    '/v1/users/{id}/enable': switched('Enables a user again'),
    '/v1/users/{id}/sessions': {
      get: {
        summary: 'A user’s sessions in force',
        parameters: [path('id', 'Of the user.')],
        responses: { '200': answer(z.object({ sessions: z.array(sessionEntryAnswer) }), 'The newest first.'), ...missing, ...refusals },
      },
      delete: {
        summary: 'Ends all sessions of a user',
        parameters: [path('id', 'Of the user.')],
        responses: { '200': answer(z.object({ ended: z.int() }), 'How many.'), ...missing, ...refusals },
      },
    },
    '/v1/users/{id}/sessions/{session}': {
      delete: {
        summary: 'Ends one session of a user',
        parameters: [path('id', 'Of the user.'), path('session', 'Of the session.')],
        responses: { ...nothing, ...missing, ...refusals },
      },
    },
    '/v1/teams': {
      get: { summary: 'Teams', responses: { '200': answer(teamsAnswer, 'All, by name.'), ...refusals } },
      put: {
        summary: 'Puts these teams in place of all',
        requestBody: sent(teamsBody),
        responses: { '200': answer(teamsAnswer, 'As they are now.'), ...refusals },
      },
    },
    '/v1/agents': {
      get: { summary: 'Agents, with their names and teams', responses: { '200': answer(agentsAnswer, 'All, by name.'), ...refusals } },
      put: {
        summary: 'Adds these agents or changes what is known of them; the others stay',
        requestBody: sent(agentsBody),
        responses: { '200': answer(z.object({ put: z.int() }), 'How many.'), '409': problem('One of the teams is not there.'), ...refusals },
      },
    },
    '/v1/agents/{id}': {
      delete: {
        summary: 'Takes an agent out of the directory',
        parameters: [path('id', 'As events name the agent.')],
        responses: { ...nothing, ...missing, ...refusals },
      },
    },
    '/v1/keys': {
      get: {
        summary: 'Write keys of all sources, never the keys themselves',
        responses: { '200': answer(keysAnswer, 'Those that work, and those ended within thirty days.'), ...refusals },
      },
      post: {
        summary: 'Makes a write key for a source; answers the secret, once',
        requestBody: sent(keyBody),
        responses: { '201': answer(newKeyAnswer, 'Made.'), '409': problem('There is no such source.'), ...refusals },
      },
    },
    '/v1/keys/{id}': {
      delete: { summary: 'Ends a write key now', parameters: [path('id', 'Of the key.')], responses: { ...nothing, ...missing, ...refusals } },
    },
    '/v1/keys/{id}/rotate': {
      post: {
        summary: 'Makes a new key for the same source; the former one works on for the overlap',
        parameters: [path('id', 'Of the former key.')],
        requestBody: sent(rotateBody),
        responses: { '201': answer(rotatedKeyAnswer, 'Made; the secret is said once.'), ...missing, ...refusals },
      },
    },
    '/v1/audit': {
      get: { summary: 'Who did what', parameters: queryOf(auditQuery), responses: { '200': answer(auditAnswer, 'The newest first.'), ...refusals } },
    },
    '/v1/audit.csv': {
      get: {
        summary: 'The same as a file',
        parameters: queryOf(auditQuery),
        responses: { '200': { description: 'CSV, formulas escaped.', content: { 'text/csv': {} } }, ...refusals },
      },
    },
    '/v1/audit/verify': {
      get: { summary: 'Whether the chain of the audit is whole', responses: { '200': answer(chainAnswer, 'Whole, or where it breaks.'), ...refusals } },
    },
  },
});

function switched(summary: string, conflict?: object): object {
  return {
    post: {
      summary,
      parameters: [path('id', 'Of the user.')],
      responses: { '200': json(ref('User'), 'As it is now.'), ...(conflict && { '409': conflict }), ...missing, ...refusals },
    },
  };
}
