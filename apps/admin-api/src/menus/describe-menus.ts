import { json, problem, queryOf, ref, refusals, schemaOf, type ApiPart } from '../api-description';
import { menusAnswer, optOutsAnswer } from './menu-answers';
import { menusQuery, optOutsQuery } from './menu-requests';

const wrong = { '400': problem('A range, zone, filter, node or reason that is none.') };

export const describeMenus = (): ApiPart => ({
  schemas: { Menus: schemaOf(menusAnswer, 'output'), OptOuts: schemaOf(optOutsAnswer, 'output') },
  paths: {
    '/v1/menus': {
      get: {
        summary: 'How popular the nodes of voice menus are, and why callers left them',
        parameters: queryOf(menusQuery),
        responses: { '200': json(ref('Menus'), 'The nodes that most calls came to first; each share with its interval.'), ...wrong, ...refusals },
      },
    },
    '/v1/menus/opt-outs': {
      get: {
        summary: 'Callers who left a node for a person, each with the reason and the events that show it',
        parameters: queryOf(optOutsQuery),
        responses: { '200': json(ref('OptOuts'), 'A page, the latest first; only callers within the reach of who asks.'), ...wrong, ...refusals },
      },
    },
  },
});
