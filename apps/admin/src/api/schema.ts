// Made by tools/build/api-types.mjs from the description of admin-api (/openapi.json). Do not edit.

export type ClientOptions = {
  baseUrl: `${string}://${string}` | (string & {});
};

export type Session = {
  user: {
    id: string;
    name: string;
    email: string;
    roles: Array<'analyst' | 'qa' | 'supervisor' | 'manager' | 'agent' | 'developer' | 'steward' | 'admin'>;
    agentId: string | null;
  };
  permissions: Array<
    | 'account.own'
    | 'status.read'
    | 'kpi.read'
    | 'kpi.rows'
    | 'customer.read'
    | 'customer.reveal'
    | 'content.read'
    | 'rows.export'
    | 'identity.decide'
    | 'hierarchy.correct'
    | 'identity.read'
    | 'segment.read'
    | 'segment.edit'
    | 'segment.publish'
    | 'review.read'
    | 'review.score'
    | 'review.answer'
    | 'coaching.read'
    | 'coaching.edit'
    | 'coaching.do'
    | 'survey.read'
    | 'survey.edit'
    | 'case.read'
    | 'case.work'
    | 'maturity.read'
    | 'maturity.attest'
    | 'source.read'
    | 'source.edit'
    | 'event.read'
    | 'quarantine.read'
    | 'quarantine.replay'
    | 'settings.read'
    | 'settings.edit'
    | 'directory.read'
    | 'team.edit'
    | 'user.edit'
    | 'key.edit'
    | 'audit.read'
  >;
  limited: Array<
    | 'account.own'
    | 'status.read'
    | 'kpi.read'
    | 'kpi.rows'
    | 'customer.read'
    | 'customer.reveal'
    | 'content.read'
    | 'rows.export'
    | 'identity.decide'
    | 'hierarchy.correct'
    | 'identity.read'
    | 'segment.read'
    | 'segment.edit'
    | 'segment.publish'
    | 'review.read'
    | 'review.score'
    | 'review.answer'
    | 'coaching.read'
    | 'coaching.edit'
    | 'coaching.do'
    | 'survey.read'
    | 'survey.edit'
    | 'case.read'
    | 'case.work'
    | 'maturity.read'
    | 'maturity.attest'
    | 'source.read'
    | 'source.edit'
    | 'event.read'
    | 'quarantine.read'
    | 'quarantine.replay'
    | 'settings.read'
    | 'settings.edit'
    | 'directory.read'
    | 'team.edit'
    | 'user.edit'
    | 'key.edit'
    | 'audit.read'
  >;
  csrf: string;
  sessionId: string;
  endsAt: number;
  idleMs: number;
};

export type User = {
  id: string;
  email: string;
  name: string;
  roles: Array<'analyst' | 'qa' | 'supervisor' | 'manager' | 'agent' | 'developer' | 'steward' | 'admin'>;
  teams: Array<string>;
  agentId: string | null;
  createdAt: number;
  disabledAt: number | null;
  lastSeenAt: number | null;
};

export type SessionEntry = {
  id: string;
  createdAt: number;
  lastSeenAt: number;
  endsAt: number;
  address: string;
  client: string;
};

export type Invitation = {
  id: string;
  email: string;
  name: string;
  roles: Array<'analyst' | 'qa' | 'supervisor' | 'manager' | 'agent' | 'developer' | 'steward' | 'admin'>;
  teams: Array<string>;
  agentId: string | null;
  invitedBy: string;
  createdAt: number;
  endsAt: number;
};

export type Team = {
  id: string;
  name: string;
  site: string | null;
  agents: number;
};

export type Agent = {
  id: string;
  name: string;
  teamId: string | null;
  site: string | null;
};

export type WriteKey = {
  id: string;
  source: string;
  prefix: string;
  label: string;
  madeBy: string;
  createdAt: number;
  lastUsedAt: number | null;
  endsAt: number | null;
};

export type AuditEntry = {
  place: number;
  at: number;
  actor: {
    kind: string;
    id: string | null;
    name: string;
  };
  action: string;
  target: string;
  details: {
    [key: string]: unknown;
  };
  address: string | null;
  traceId: string | null;
};

export type CoachingOpportunities = {
  from: number;
  until: number;
  least: number;
  metrics: Array<{
    metric: 'empathy' | 'empathy.topBox' | 'csat' | 'contact.repeat' | 'frustration';
    title: string;
    unit: 'percent' | 'mean' | 'nps';
    of: string;
    ink: 'said' | 'recorded' | 'inferred';
    better: 'higher' | 'lower';
  }>;
  agents: Array<{
    agent: string;
    name: string;
    team: string | null;
  }>;
  opportunities: Array<{
    agent: string;
    metric: 'empathy' | 'empathy.topBox' | 'csat' | 'contact.repeat' | 'frustration';
    n: number;
    own: number | null;
    pooled: number;
    low: number | null;
    high: number | null;
    gap: number;
    weight: number;
    hollow: boolean;
    clear: boolean;
  }>;
};

export type CoachingEvidence = {
  contacts: Array<{
    contact: string;
    customerId: string;
    at: number;
    value: number;
    intent: string;
    channel: string | null;
  }>;
};

export type CoachingPlans = {
  plans: Array<{
    id: string;
    agent: string;
    agentName: string;
    team: string | null;
    coach: string;
    state: 'draft' | 'agreed' | 'practising' | 'remeasureDue' | 'closed';
    result: 'worked' | 'worse' | 'noClearEffect' | 'tooFew' | 'withdrawn' | null;
    goal: {
      behaviour: string;
      metric: 'empathy' | 'empathy.topBox' | 'csat' | 'contact.repeat' | 'frustration';
      baseline: number | null;
      target: number;
    };
    group: string | null;
    startedAt: number | null;
    remeasureAt: number;
    closedAt: number | null;
    exercisesDone: number;
    exercises: number;
  }>;
  metrics: Array<{
    metric: 'empathy' | 'empathy.topBox' | 'csat' | 'contact.repeat' | 'frustration';
    title: string;
    unit: 'percent' | 'mean' | 'nps';
    of: string;
    ink: 'said' | 'recorded' | 'inferred';
    better: 'higher' | 'lower';
  }>;
};

export type CoachingPlan = {
  id: string;
  agent: string;
  agentName: string;
  team: string | null;
  coach: string;
  state: 'draft' | 'agreed' | 'practising' | 'remeasureDue' | 'closed';
  result: 'worked' | 'worse' | 'noClearEffect' | 'tooFew' | 'withdrawn' | null;
  goal: {
    behaviour: string;
    metric: 'empathy' | 'empathy.topBox' | 'csat' | 'contact.repeat' | 'frustration';
    baseline: number | null;
    target: number;
  };
  group: string | null;
  startedAt: number | null;
  remeasureAt: number;
  closedAt: number | null;
  exercisesDone: number;
  metric: {
    metric: 'empathy' | 'empathy.topBox' | 'csat' | 'contact.repeat' | 'frustration';
    title: string;
    unit: 'percent' | 'mean' | 'nps';
    of: string;
    ink: 'said' | 'recorded' | 'inferred';
    better: 'higher' | 'lower';
  };
  exercises: Array<{
    id: string;
    text: string;
    doneAt: number | null;
  }>;
  evidence: Array<{
    contact: string;
    note: string;
    at: number | null;
    intent: string | null;
    channel: string | null;
  }>;
  draftedAt: number;
  since: number | null;
  effect: {
    verdict: 'worked' | 'worse' | 'noClearEffect' | 'tooFew';
    effect: number | null;
    low: number | null;
    high: number | null;
    naiveChange: number | null;
    coachedAgents: number;
    controlAgents: number;
    contacts: number;
    measuredAt: number;
  } | null;
  steps: number;
  own: boolean;
  pickedBecauseLow: boolean | null;
  comparison:
    | {
        kind: 'matched';
      }
    | {
        kind: 'waitingList';
        waiting: Array<string>;
      }
    | null;
  history: Array<{
    id: string;
    at: number;
    by: string;
    kind: string;
    words: string;
  }>;
};

export type CoachingEffect = {
  metric: {
    metric: 'empathy' | 'empathy.topBox' | 'csat' | 'contact.repeat' | 'frustration';
    title: string;
    unit: 'percent' | 'mean' | 'nps';
    of: string;
    ink: 'said' | 'recorded' | 'inferred';
    better: 'higher' | 'lower';
  };
  group: string | null;
  plans: Array<{
    id: string;
    agent: string;
    agentName: string;
  }>;
  comparison: 'matched' | 'waitingList';
  periods: {
    before: {
      from: number;
      to: number;
    };
    after: {
      from: number;
      to: number;
    };
  };
  recordedAfterwards: boolean;
  pickedBecauseLow: boolean;
  estimate:
    | {
        kind: 'measured';
        verdict: 'worked' | 'worse' | 'noClearEffect';
        effect: number;
        low: number;
        high: number;
        freedom: number;
        coachedAgents: number;
        controlAgents: number;
        contacts: number;
        naive: {
          change: number;
          low: number;
          high: number;
        };
        expectedReturn: number;
        table: {
          coachedBefore: {
            mean: number;
            error: number;
          };
          coachedAfter: {
            mean: number;
            error: number;
          };
          othersBefore: {
            mean: number;
            error: number;
          };
          othersAfter: {
            mean: number;
            error: number;
          };
          differenceBefore: {
            mean: number;
            error: number;
          };
          differenceAfter: {
            mean: number;
            error: number;
          };
          changeCoached: {
            mean: number;
            error: number;
          };
          changeOthers: {
            mean: number;
            error: number;
          };
          changeMore: {
            mean: number;
            error: number;
          };
        };
        warnings: Array<'regressionToTheMean' | 'fewAgents'>;
      }
    | {
        kind: 'tooFew';
        why: 'contactsBefore' | 'contactsAfter' | 'controls';
        remeasureAt: number | null;
        fewest: number;
        least: number;
        coachedAgents: number;
        controlAgents: number;
      };
};

export type CoachingStepTaken = {
  kind: 'taken' | 'repeated';
  planId: string;
  steps: number;
};

export type CoachingDraw = {
  drawId: string;
  coached: Array<string>;
  waiting: Array<string>;
};

export type CustomerTree = {
  customer: {
    id: string;
    formerIds: Array<string>;
    identifiers: Array<{
      kind: string;
      namespace: string;
      value: string;
      link: {
        rule: 'sameEvent' | 'sameSession' | 'person' | 'alone';
        eventId: string | null;
        confidence: number;
      };
    }>;
    reviews: Array<{
      id: string;
      kind: string;
      detail: string;
    }>;
  };
  journey: {
    id: string;
    firstAt: number | null;
    lastAt: number | null;
    events: number;
  };
  engagements: Array<{
    id: string;
    families: Array<'fault' | 'billing' | 'complaint' | 'cancellation' | 'purchase' | 'delivery' | 'return' | 'accountChange' | 'information' | 'unknown'>;
    state: string;
    firstAt: number;
    lastAt: number;
    keys: Array<string>;
    repeatOf: string | null;
    follows: string | null;
    interactions: Array<{
      id: string;
      kind: 'contact' | 'attempt';
      firstAt: number;
      lastAt: number;
      share: number;
      family: 'fault' | 'billing' | 'complaint' | 'cancellation' | 'purchase' | 'delivery' | 'return' | 'accountChange' | 'information' | 'unknown' | null;
      membership: {
        rule:
          'person' | 'link' | 'overlap' | 'timeBlock' | 'agentItem' | 'key' | 'intent' | 'repeatAfterFailure' | 'feedback' | 'unengaged' | 'attempt' | 'alone';
        otherEvent: string | null;
        value: string | null;
        gapMs: number | null;
        limitMs: number | null;
        confidence: number;
      };
      score?: {
        intent: string;
        intentConfidence: number;
        frustration: number;
        ledger: Array<{
          cause: string;
          points: number;
          facts: {
            [key: string]: number | string;
          };
          events: Array<string>;
        }>;
      };
      transactions: Array<{
        id: string;
        kind: 'contact' | 'item' | 'side';
        source: string;
        system: string;
        channel: string;
        firstAt: number;
        lastAt: number;
        state: string;
        agent: string | null;
        agentName?: string;
        queue: string | null;
        membership: {
          rule:
            | 'person'
            | 'link'
            | 'overlap'
            | 'timeBlock'
            | 'agentItem'
            | 'key'
            | 'intent'
            | 'repeatAfterFailure'
            | 'feedback'
            | 'unengaged'
            | 'attempt'
            | 'alone';
          otherEvent: string | null;
          value: string | null;
          gapMs: number | null;
          limitMs: number | null;
          confidence: number;
        };
        events: Array<{
          event: {
            id: string;
            revision: number;
            source: string;
            sourceEventId: string;
            sourceSequence: number;
            occurredAt: number;
            endedAt?: number;
            receivedAt: number;
            system: 'ivr' | 'acd' | 'agent' | 'chat' | 'messaging' | 'email' | 'web' | 'crm' | 'order' | 'field' | 'survey' | 'social' | 'campaign';
            type: string;
            channel: 'voice' | 'chat' | 'messaging' | 'email' | 'web' | 'app' | 'sms' | 'letter' | 'social' | 'field' | 'store';
            initiator: 'customer' | 'agent' | 'system';
            presence: 'live' | 'away' | 'observer' | 'none';
            purpose: 'service' | 'feedback' | 'marketing' | 'internal';
            identifiers: Array<{
              kind:
                | 'customerNumber'
                | 'nationalId'
                | 'contract'
                | 'account'
                | 'crmContact'
                | 'login'
                | 'loyalty'
                | 'email'
                | 'phone'
                | 'cardToken'
                | 'socialHandle'
                | 'device'
                | 'cookie';
              namespace: string;
              value: string;
              verified: boolean;
              role: 'subject' | 'actingFor' | 'mentioned';
            }>;
            sessionKey?: string;
            clientKey?: string;
            contactLinks: Array<{
              kind: 'call' | 'chain' | 'conversation' | 'related' | 'handover';
              namespace: string;
              value: string;
            }>;
            issueKeys: Array<{
              kind: 'ticket' | 'case' | 'order' | 'appointment' | 'claim' | 'quote' | 'thread' | 'callback';
              namespace: string;
              value: string;
              state?: 'opened' | 'closed' | 'reopened' | 'cancelled';
            }>;
            agent?: string;
            queue?: string;
            site?: string;
            intents: Array<{
              intent: string;
              family: 'fault' | 'billing' | 'complaint' | 'cancellation' | 'purchase' | 'delivery' | 'return' | 'accountChange' | 'information' | 'unknown';
              confidence: number;
              by: 'person' | 'disposition' | 'statement' | 'text' | 'menu' | 'page';
            }>;
            ending?: 'completed' | 'transferred' | 'abandoned' | 'technical' | 'refused' | 'noAnswer';
            outcome?: 'resolved' | 'sold' | 'lost' | 'cancelled' | 'unresolved' | 'phantom';
            startedBy?: 'callback';
            aboutEventId?: string;
            amount?: {
              minorUnits: number;
              currency: string;
            };
            textRef?: string;
            attributes: {
              [key: string]: unknown;
            };
          };
          rule: 'session' | 'stream' | 'alone';
          gapMs: number | null;
          limitMs: number | null;
          confidence: number;
          owner: {
            rule: string;
            value: string | null;
            confidence: number;
          };
        }>;
        moreEvents?: number;
      }>;
    }>;
    transactions: Array<{
      id: string;
      kind: 'contact' | 'item' | 'side';
      source: string;
      system: string;
      channel: string;
      firstAt: number;
      lastAt: number;
      state: string;
      agent: string | null;
      agentName?: string;
      queue: string | null;
      membership: {
        rule:
          'person' | 'link' | 'overlap' | 'timeBlock' | 'agentItem' | 'key' | 'intent' | 'repeatAfterFailure' | 'feedback' | 'unengaged' | 'attempt' | 'alone';
        otherEvent: string | null;
        value: string | null;
        gapMs: number | null;
        limitMs: number | null;
        confidence: number;
      };
      events: Array<{
        event: {
          id: string;
          revision: number;
          source: string;
          sourceEventId: string;
          sourceSequence: number;
          occurredAt: number;
          endedAt?: number;
          receivedAt: number;
          system: 'ivr' | 'acd' | 'agent' | 'chat' | 'messaging' | 'email' | 'web' | 'crm' | 'order' | 'field' | 'survey' | 'social' | 'campaign';
          type: string;
          channel: 'voice' | 'chat' | 'messaging' | 'email' | 'web' | 'app' | 'sms' | 'letter' | 'social' | 'field' | 'store';
          initiator: 'customer' | 'agent' | 'system';
          presence: 'live' | 'away' | 'observer' | 'none';
          purpose: 'service' | 'feedback' | 'marketing' | 'internal';
          identifiers: Array<{
            kind:
              | 'customerNumber'
              | 'nationalId'
              | 'contract'
              | 'account'
              | 'crmContact'
              | 'login'
              | 'loyalty'
              | 'email'
              | 'phone'
              | 'cardToken'
              | 'socialHandle'
              | 'device'
              | 'cookie';
            namespace: string;
            value: string;
            verified: boolean;
            role: 'subject' | 'actingFor' | 'mentioned';
          }>;
          sessionKey?: string;
          clientKey?: string;
          contactLinks: Array<{
            kind: 'call' | 'chain' | 'conversation' | 'related' | 'handover';
            namespace: string;
            value: string;
          }>;
          issueKeys: Array<{
            kind: 'ticket' | 'case' | 'order' | 'appointment' | 'claim' | 'quote' | 'thread' | 'callback';
            namespace: string;
            value: string;
            state?: 'opened' | 'closed' | 'reopened' | 'cancelled';
          }>;
          agent?: string;
          queue?: string;
          site?: string;
          intents: Array<{
            intent: string;
            family: 'fault' | 'billing' | 'complaint' | 'cancellation' | 'purchase' | 'delivery' | 'return' | 'accountChange' | 'information' | 'unknown';
            confidence: number;
            by: 'person' | 'disposition' | 'statement' | 'text' | 'menu' | 'page';
          }>;
          ending?: 'completed' | 'transferred' | 'abandoned' | 'technical' | 'refused' | 'noAnswer';
          outcome?: 'resolved' | 'sold' | 'lost' | 'cancelled' | 'unresolved' | 'phantom';
          startedBy?: 'callback';
          aboutEventId?: string;
          amount?: {
            minorUnits: number;
            currency: string;
          };
          textRef?: string;
          attributes: {
            [key: string]: unknown;
          };
        };
        rule: 'session' | 'stream' | 'alone';
        gapMs: number | null;
        limitMs: number | null;
        confidence: number;
        owner: {
          rule: string;
          value: string | null;
          confidence: number;
        };
      }>;
      moreEvents?: number;
    }>;
  }>;
  unengaged: {
    interactions: Array<{
      id: string;
      kind: 'contact' | 'attempt';
      firstAt: number;
      lastAt: number;
      share: number;
      family: 'fault' | 'billing' | 'complaint' | 'cancellation' | 'purchase' | 'delivery' | 'return' | 'accountChange' | 'information' | 'unknown' | null;
      membership: {
        rule:
          'person' | 'link' | 'overlap' | 'timeBlock' | 'agentItem' | 'key' | 'intent' | 'repeatAfterFailure' | 'feedback' | 'unengaged' | 'attempt' | 'alone';
        otherEvent: string | null;
        value: string | null;
        gapMs: number | null;
        limitMs: number | null;
        confidence: number;
      };
      score?: {
        intent: string;
        intentConfidence: number;
        frustration: number;
        ledger: Array<{
          cause: string;
          points: number;
          facts: {
            [key: string]: number | string;
          };
          events: Array<string>;
        }>;
      };
      transactions: Array<{
        id: string;
        kind: 'contact' | 'item' | 'side';
        source: string;
        system: string;
        channel: string;
        firstAt: number;
        lastAt: number;
        state: string;
        agent: string | null;
        agentName?: string;
        queue: string | null;
        membership: {
          rule:
            | 'person'
            | 'link'
            | 'overlap'
            | 'timeBlock'
            | 'agentItem'
            | 'key'
            | 'intent'
            | 'repeatAfterFailure'
            | 'feedback'
            | 'unengaged'
            | 'attempt'
            | 'alone';
          otherEvent: string | null;
          value: string | null;
          gapMs: number | null;
          limitMs: number | null;
          confidence: number;
        };
        events: Array<{
          event: {
            id: string;
            revision: number;
            source: string;
            sourceEventId: string;
            sourceSequence: number;
            occurredAt: number;
            endedAt?: number;
            receivedAt: number;
            system: 'ivr' | 'acd' | 'agent' | 'chat' | 'messaging' | 'email' | 'web' | 'crm' | 'order' | 'field' | 'survey' | 'social' | 'campaign';
            type: string;
            channel: 'voice' | 'chat' | 'messaging' | 'email' | 'web' | 'app' | 'sms' | 'letter' | 'social' | 'field' | 'store';
            initiator: 'customer' | 'agent' | 'system';
            presence: 'live' | 'away' | 'observer' | 'none';
            purpose: 'service' | 'feedback' | 'marketing' | 'internal';
            identifiers: Array<{
              kind:
                | 'customerNumber'
                | 'nationalId'
                | 'contract'
                | 'account'
                | 'crmContact'
                | 'login'
                | 'loyalty'
                | 'email'
                | 'phone'
                | 'cardToken'
                | 'socialHandle'
                | 'device'
                | 'cookie';
              namespace: string;
              value: string;
              verified: boolean;
              role: 'subject' | 'actingFor' | 'mentioned';
            }>;
            sessionKey?: string;
            clientKey?: string;
            contactLinks: Array<{
              kind: 'call' | 'chain' | 'conversation' | 'related' | 'handover';
              namespace: string;
              value: string;
            }>;
            issueKeys: Array<{
              kind: 'ticket' | 'case' | 'order' | 'appointment' | 'claim' | 'quote' | 'thread' | 'callback';
              namespace: string;
              value: string;
              state?: 'opened' | 'closed' | 'reopened' | 'cancelled';
            }>;
            agent?: string;
            queue?: string;
            site?: string;
            intents: Array<{
              intent: string;
              family: 'fault' | 'billing' | 'complaint' | 'cancellation' | 'purchase' | 'delivery' | 'return' | 'accountChange' | 'information' | 'unknown';
              confidence: number;
              by: 'person' | 'disposition' | 'statement' | 'text' | 'menu' | 'page';
            }>;
            ending?: 'completed' | 'transferred' | 'abandoned' | 'technical' | 'refused' | 'noAnswer';
            outcome?: 'resolved' | 'sold' | 'lost' | 'cancelled' | 'unresolved' | 'phantom';
            startedBy?: 'callback';
            aboutEventId?: string;
            amount?: {
              minorUnits: number;
              currency: string;
            };
            textRef?: string;
            attributes: {
              [key: string]: unknown;
            };
          };
          rule: 'session' | 'stream' | 'alone';
          gapMs: number | null;
          limitMs: number | null;
          confidence: number;
          owner: {
            rule: string;
            value: string | null;
            confidence: number;
          };
        }>;
        moreEvents?: number;
      }>;
    }>;
    transactions: Array<{
      id: string;
      kind: 'contact' | 'item' | 'side';
      source: string;
      system: string;
      channel: string;
      firstAt: number;
      lastAt: number;
      state: string;
      agent: string | null;
      agentName?: string;
      queue: string | null;
      membership: {
        rule:
          'person' | 'link' | 'overlap' | 'timeBlock' | 'agentItem' | 'key' | 'intent' | 'repeatAfterFailure' | 'feedback' | 'unengaged' | 'attempt' | 'alone';
        otherEvent: string | null;
        value: string | null;
        gapMs: number | null;
        limitMs: number | null;
        confidence: number;
      };
      events: Array<{
        event: {
          id: string;
          revision: number;
          source: string;
          sourceEventId: string;
          sourceSequence: number;
          occurredAt: number;
          endedAt?: number;
          receivedAt: number;
          system: 'ivr' | 'acd' | 'agent' | 'chat' | 'messaging' | 'email' | 'web' | 'crm' | 'order' | 'field' | 'survey' | 'social' | 'campaign';
          type: string;
          channel: 'voice' | 'chat' | 'messaging' | 'email' | 'web' | 'app' | 'sms' | 'letter' | 'social' | 'field' | 'store';
          initiator: 'customer' | 'agent' | 'system';
          presence: 'live' | 'away' | 'observer' | 'none';
          purpose: 'service' | 'feedback' | 'marketing' | 'internal';
          identifiers: Array<{
            kind:
              | 'customerNumber'
              | 'nationalId'
              | 'contract'
              | 'account'
              | 'crmContact'
              | 'login'
              | 'loyalty'
              | 'email'
              | 'phone'
              | 'cardToken'
              | 'socialHandle'
              | 'device'
              | 'cookie';
            namespace: string;
            value: string;
            verified: boolean;
            role: 'subject' | 'actingFor' | 'mentioned';
          }>;
          sessionKey?: string;
          clientKey?: string;
          contactLinks: Array<{
            kind: 'call' | 'chain' | 'conversation' | 'related' | 'handover';
            namespace: string;
            value: string;
          }>;
          issueKeys: Array<{
            kind: 'ticket' | 'case' | 'order' | 'appointment' | 'claim' | 'quote' | 'thread' | 'callback';
            namespace: string;
            value: string;
            state?: 'opened' | 'closed' | 'reopened' | 'cancelled';
          }>;
          agent?: string;
          queue?: string;
          site?: string;
          intents: Array<{
            intent: string;
            family: 'fault' | 'billing' | 'complaint' | 'cancellation' | 'purchase' | 'delivery' | 'return' | 'accountChange' | 'information' | 'unknown';
            confidence: number;
            by: 'person' | 'disposition' | 'statement' | 'text' | 'menu' | 'page';
          }>;
          ending?: 'completed' | 'transferred' | 'abandoned' | 'technical' | 'refused' | 'noAnswer';
          outcome?: 'resolved' | 'sold' | 'lost' | 'cancelled' | 'unresolved' | 'phantom';
          startedBy?: 'callback';
          aboutEventId?: string;
          amount?: {
            minorUnits: number;
            currency: string;
          };
          textRef?: string;
          attributes: {
            [key: string]: unknown;
          };
        };
        rule: 'session' | 'stream' | 'alone';
        gapMs: number | null;
        limitMs: number | null;
        confidence: number;
        owner: {
          rule: string;
          value: string | null;
          confidence: number;
        };
      }>;
      moreEvents?: number;
    }>;
  };
  settingsVersion: number;
  asOf: number;
  rebuilding: boolean;
  asked?: {
    id: string;
    nodeId: string;
  };
  more?: {
    cursor: string;
  };
};

export type Decision =
  | {
      id: string;
      at: number;
      by: string;
      reason?: string;
      kind: 'same';
      a: {
        kind:
          | 'customerNumber'
          | 'nationalId'
          | 'contract'
          | 'account'
          | 'crmContact'
          | 'login'
          | 'loyalty'
          | 'email'
          | 'phone'
          | 'cardToken'
          | 'socialHandle'
          | 'device'
          | 'cookie';
        namespace?: string;
        value: string;
      };
      b: {
        kind:
          | 'customerNumber'
          | 'nationalId'
          | 'contract'
          | 'account'
          | 'crmContact'
          | 'login'
          | 'loyalty'
          | 'email'
          | 'phone'
          | 'cardToken'
          | 'socialHandle'
          | 'device'
          | 'cookie';
        namespace?: string;
        value: string;
      };
    }
  | {
      id: string;
      at: number;
      by: string;
      reason?: string;
      kind: 'different';
      a: {
        kind:
          | 'customerNumber'
          | 'nationalId'
          | 'contract'
          | 'account'
          | 'crmContact'
          | 'login'
          | 'loyalty'
          | 'email'
          | 'phone'
          | 'cardToken'
          | 'socialHandle'
          | 'device'
          | 'cookie';
        namespace?: string;
        value: string;
      };
      b: {
        kind:
          | 'customerNumber'
          | 'nationalId'
          | 'contract'
          | 'account'
          | 'crmContact'
          | 'login'
          | 'loyalty'
          | 'email'
          | 'phone'
          | 'cardToken'
          | 'socialHandle'
          | 'device'
          | 'cookie';
        namespace?: string;
        value: string;
      };
    }
  | {
      id: string;
      at: number;
      by: string;
      reason?: string;
      kind: 'assign';
      value: {
        kind:
          | 'customerNumber'
          | 'nationalId'
          | 'contract'
          | 'account'
          | 'crmContact'
          | 'login'
          | 'loyalty'
          | 'email'
          | 'phone'
          | 'cardToken'
          | 'socialHandle'
          | 'device'
          | 'cookie';
        namespace?: string;
        value: string;
      };
      to: {
        kind:
          | 'customerNumber'
          | 'nationalId'
          | 'contract'
          | 'account'
          | 'crmContact'
          | 'login'
          | 'loyalty'
          | 'email'
          | 'phone'
          | 'cardToken'
          | 'socialHandle'
          | 'device'
          | 'cookie';
        namespace?: string;
        value: string;
      };
      from: number;
      until?: number;
    }
  | {
      id: string;
      at: number;
      by: string;
      reason?: string;
      kind: 'household';
      a: {
        kind:
          | 'customerNumber'
          | 'nationalId'
          | 'contract'
          | 'account'
          | 'crmContact'
          | 'login'
          | 'loyalty'
          | 'email'
          | 'phone'
          | 'cardToken'
          | 'socialHandle'
          | 'device'
          | 'cookie';
        namespace?: string;
        value: string;
      };
      b: {
        kind:
          | 'customerNumber'
          | 'nationalId'
          | 'contract'
          | 'account'
          | 'crmContact'
          | 'login'
          | 'loyalty'
          | 'email'
          | 'phone'
          | 'cardToken'
          | 'socialHandle'
          | 'device'
          | 'cookie';
        namespace?: string;
        value: string;
      };
    };

export type Correction =
  | {
      id: string;
      at: number;
      by: string;
      reason?: string;
      kind: 'join';
      level: 'interaction' | 'engagement';
      eventId: string;
      toEventId: string;
    }
  | {
      id: string;
      at: number;
      by: string;
      reason?: string;
      kind: 'cut';
      level: 'interaction' | 'engagement';
      eventId: string;
    }
  | {
      id: string;
      at: number;
      by: string;
      reason?: string;
      kind: 'move';
      level: 'interaction' | 'engagement';
      eventId: string;
      toEventId: string;
    }
  | {
      id: string;
      at: number;
      by: string;
      reason?: string;
      kind: 'relabel';
      eventId: string;
      family: 'fault' | 'billing' | 'complaint' | 'cancellation' | 'purchase' | 'delivery' | 'return' | 'accountChange' | 'information' | 'unknown';
      intent?: string;
    };

export type HierarchySettings = {
  version: number;
  keyReuseMs: number;
  transactionGapMs: {
    [key: string]: number;
  };
  openForMs: number;
  interactionGapMs: {
    standard: number;
    withAsynchronous: number;
    betweenMessaging: number;
    asynchronous: Array<'voice' | 'chat' | 'messaging' | 'email' | 'web' | 'app' | 'sms' | 'letter' | 'social' | 'field' | 'store'>;
  };
  agentItemMs: number;
  minimumIntentConfidence: number;
  borrowMs: number;
  repeatAfterFailureMs: number;
  keySilenceMs: number;
  families: {
    [key: string]: {
      windowMs: number;
      reopenMs: number;
      differentKeys: 'together' | 'separate';
    };
  };
};

export type Recorded =
  | {
      kind: 'recorded';
      id: string;
    }
  | {
      kind: 'repeated';
      id: string;
    }
  | {
      kind: 'refused';
      reason: string;
    };

export type Withdrawn =
  | {
      kind: 'withdrawn';
      id: string;
    }
  | {
      kind: 'repeated';
      id: string;
    }
  | {
      kind: 'notFound';
    };

export type Maturity = {
  asOf: number;
  cells: Array<{
    dimension: 'integration' | 'insights' | 'operations';
    level: 'basic' | 'foundational' | 'advanced' | 'distinctive';
    complete: boolean;
    reached: boolean;
    criteria: Array<{
      id: string;
      dimension: 'integration' | 'insights' | 'operations';
      level: 'basic' | 'foundational' | 'advanced' | 'distinctive';
      title: string;
      kind: 'share' | 'count' | 'attested';
      standing: 'met' | 'notMet' | 'unknown';
      words: string;
      asOf: number | null;
      attestation: {
        holds: boolean;
        by: string;
        at: number;
        expiresAt: number;
        comment: string;
      } | null;
      next: string;
      effort: number;
      effect: number;
    }>;
  }>;
  reached: {
    integration: 'basic' | 'foundational' | 'advanced' | 'distinctive' | null;
    insights: 'basic' | 'foundational' | 'advanced' | 'distinctive' | null;
    operations: 'basic' | 'foundational' | 'advanced' | 'distinctive' | null;
  };
  overall: 'basic' | 'foundational' | 'advanced' | 'distinctive' | null;
  claimed: {
    integration: 'basic' | 'foundational' | 'advanced' | 'distinctive' | null;
    insights: 'basic' | 'foundational' | 'advanced' | 'distinctive' | null;
    operations: 'basic' | 'foundational' | 'advanced' | 'distinctive' | null;
  };
  target: {
    integration: 'basic' | 'foundational' | 'advanced' | 'distinctive' | null;
    insights: 'basic' | 'foundational' | 'advanced' | 'distinctive' | null;
    operations: 'basic' | 'foundational' | 'advanced' | 'distinctive' | null;
  };
  contradictions: Array<{
    dimension: 'integration' | 'insights' | 'operations';
    claim: string;
    evidence: string;
  }>;
  nextSteps: Array<{
    id: string;
    dimension: 'integration' | 'insights' | 'operations';
    level: 'basic' | 'foundational' | 'advanced' | 'distinctive';
    title: string;
    kind: 'share' | 'count' | 'attested';
    standing: 'met' | 'notMet' | 'unknown';
    words: string;
    asOf: number | null;
    attestation: {
      holds: boolean;
      by: string;
      at: number;
      expiresAt: number;
      comment: string;
    } | null;
    next: string;
    effort: number;
    effect: number;
  }>;
  computed: number;
  attested: number;
};

export type MaturitySnapshots = {
  snapshots: Array<{
    id: string;
    at: number;
    by: string;
    overall: 'basic' | 'foundational' | 'advanced' | 'distinctive' | null;
    reached: {
      integration: 'basic' | 'foundational' | 'advanced' | 'distinctive' | null;
      insights: 'basic' | 'foundational' | 'advanced' | 'distinctive' | null;
      operations: 'basic' | 'foundational' | 'advanced' | 'distinctive' | null;
    };
    met: number;
  }>;
};

export type Menus = {
  asked: {
    range: string;
    period: {
      from: number;
      until: number;
      firstDay: string;
      lastDay: string;
      days: number;
    };
    compared: {
      from: number;
      until: number;
      firstDay: string;
      lastDay: string;
      days: number;
      words: string;
    } | null;
    zone: string;
    filters: {
      [key: string]: Array<string | null>;
    };
    names: {
      [key: string]: {
        [key: string]: string;
      };
    };
    agents: number | null;
    asOf: number;
  };
  freshness: {
    completeThrough: number;
    behind: number;
    newestContactAt: number | null;
  };
  calls: number;
  customers: number;
  choosing: number;
  nodes: Array<{
    node: string;
    calls: number;
    visits: number;
    reach: {
      value: number | null;
      low: number | null;
      high: number | null;
      decimals: number;
      numerator: number | null;
      n: number;
      customers: number;
      isSmall: boolean;
      isSuppressed: boolean;
      absent: string | null;
    };
    firstChoice: {
      value: number | null;
      low: number | null;
      high: number | null;
      decimals: number;
      numerator: number | null;
      n: number;
      customers: number;
      isSmall: boolean;
      isSuppressed: boolean;
      absent: string | null;
    };
    optOut: {
      value: number | null;
      low: number | null;
      high: number | null;
      decimals: number;
      numerator: number | null;
      n: number;
      customers: number;
      isSmall: boolean;
      isSuppressed: boolean;
      absent: string | null;
    };
    isSuppressed: boolean;
    medianDwellMs: number | null;
    again: number | null;
    invalidInputs: number | null;
    ended: number | null;
    reasons: Array<{
      reason: 'frustration' | 'question' | 'speed' | 'menuLacksIt' | 'failedRecognition' | 'unknown';
      count: number;
    }> | null;
  }>;
  leftOut: number;
};

export type OptOuts = {
  asked: {
    range: string;
    period: {
      from: number;
      until: number;
      firstDay: string;
      lastDay: string;
      days: number;
    };
    compared: {
      from: number;
      until: number;
      firstDay: string;
      lastDay: string;
      days: number;
      words: string;
    } | null;
    zone: string;
    filters: {
      [key: string]: Array<string | null>;
    };
    names: {
      [key: string]: {
        [key: string]: string;
      };
    };
    agents: number | null;
    asOf: number;
  };
  node: string;
  total: number;
  optOuts: Array<{
    customerId: string;
    transaction: string;
    at: number;
    inMenuMs: number;
    reason: 'frustration' | 'question' | 'speed' | 'menuLacksIt' | 'failedRecognition' | 'unknown';
    confidence: number;
    agent: string | null;
    evidence: Array<{
      kind: 'earlierContact' | 'notUnderstood' | 'askedForPerson' | 'cameBack' | 'atNode' | 'talk';
      eventId: string;
      at: number;
      channel: 'voice' | 'chat' | 'messaging' | 'email' | 'web' | 'app' | 'sms' | 'letter' | 'social' | 'field' | 'store';
      node: string | null;
      family: 'fault' | 'billing' | 'complaint' | 'cancellation' | 'purchase' | 'delivery' | 'return' | 'accountChange' | 'information' | 'unknown' | null;
    }>;
  }>;
  agents: {
    [key: string]: string;
  };
  isSuppressed: boolean;
};

export type MetricRegistry = {
  metrics: Array<{
    id: string;
    version: number;
    title: string;
    unit: 'percent' | 'mean' | 'nps';
    of: string;
    ink: 'said' | 'recorded' | 'inferred';
    better: 'higher' | 'lower';
    row: 'contact' | 'engagement' | 'queueStay' | 'answer' | 'customer';
    formula: string;
    numerator: string;
    denominator: string;
    exclusions: Array<string>;
    minimumN: number;
    notBy: Array<'queue' | 'channel' | 'intent' | 'family' | 'agent' | 'team' | 'site' | 'segment'>;
  }>;
  tiles: Array<string>;
  dimensions: Array<'queue' | 'channel' | 'intent' | 'family' | 'agent' | 'team' | 'site' | 'segment'>;
};

export type MetricOverview = {
  asked: {
    range: string;
    period: {
      from: number;
      until: number;
      firstDay: string;
      lastDay: string;
      days: number;
    };
    compared: {
      from: number;
      until: number;
      firstDay: string;
      lastDay: string;
      days: number;
      words: string;
    } | null;
    zone: string;
    filters: {
      [key: string]: Array<string | null>;
    };
    names: {
      [key: string]: {
        [key: string]: string;
      };
    };
    agents: number | null;
    asOf: number;
  };
  freshness: {
    completeThrough: number;
    behind: number;
    newestContactAt: number | null;
  };
  tiles: Array<{
    metric: string;
    now: {
      value: number | null;
      low: number | null;
      high: number | null;
      decimals: number;
      numerator: number | null;
      n: number;
      customers: number;
      isSmall: boolean;
      isSuppressed: boolean;
      absent: string | null;
    };
    before: {
      value: number | null;
      low: number | null;
      high: number | null;
      decimals: number;
      numerator: number | null;
      n: number;
      customers: number;
      isSmall: boolean;
      isSuppressed: boolean;
      absent: string | null;
    } | null;
    change: {
      direction: 'better' | 'worse' | 'noClearChange' | 'unknown';
      words: string;
      difference: {
        value: number;
        low: number;
        high: number;
      } | null;
    } | null;
    spark: {
      bucket: 'hour' | 'day' | 'week' | 'month';
      points: Array<{
        start: number;
        value: number | null;
        n: number;
      }>;
    };
  }>;
};

export type MetricSeries = {
  asked: {
    range: string;
    period: {
      from: number;
      until: number;
      firstDay: string;
      lastDay: string;
      days: number;
    };
    compared: {
      from: number;
      until: number;
      firstDay: string;
      lastDay: string;
      days: number;
      words: string;
    } | null;
    zone: string;
    filters: {
      [key: string]: Array<string | null>;
    };
    names: {
      [key: string]: {
        [key: string]: string;
      };
    };
    agents: number | null;
    asOf: number;
  };
  metric: string;
  bucket: 'hour' | 'day' | 'week' | 'month';
  now: Array<{
    start: number;
    until: number;
    figure: {
      value: number | null;
      low: number | null;
      high: number | null;
      decimals: number;
      numerator: number | null;
      n: number;
      customers: number;
      isSmall: boolean;
      isSuppressed: boolean;
      absent: string | null;
    };
    isComplete: boolean;
  }>;
  before: Array<{
    start: number;
    until: number;
    figure: {
      value: number | null;
      low: number | null;
      high: number | null;
      decimals: number;
      numerator: number | null;
      n: number;
      customers: number;
      isSmall: boolean;
      isSuppressed: boolean;
      absent: string | null;
    };
    isComplete: boolean;
  }>;
};

export type MetricBreakdown = {
  asked: {
    range: string;
    period: {
      from: number;
      until: number;
      firstDay: string;
      lastDay: string;
      days: number;
    };
    compared: {
      from: number;
      until: number;
      firstDay: string;
      lastDay: string;
      days: number;
      words: string;
    } | null;
    zone: string;
    filters: {
      [key: string]: Array<string | null>;
    };
    names: {
      [key: string]: {
        [key: string]: string;
      };
    };
    agents: number | null;
    asOf: number;
  };
  metric: string;
  by: 'queue' | 'channel' | 'intent' | 'family' | 'agent' | 'team' | 'site' | 'segment';
  total: {
    value: number | null;
    low: number | null;
    high: number | null;
    decimals: number;
    numerator: number | null;
    n: number;
    customers: number;
    isSmall: boolean;
    isSuppressed: boolean;
    absent: string | null;
  };
  slices: Array<{
    slice: string | null;
    label: string;
    figure: {
      value: number | null;
      low: number | null;
      high: number | null;
      decimals: number;
      numerator: number | null;
      n: number;
      customers: number;
      isSmall: boolean;
      isSuppressed: boolean;
      absent: string | null;
    };
    before: {
      value: number | null;
      low: number | null;
      high: number | null;
      decimals: number;
      numerator: number | null;
      n: number;
      customers: number;
      isSmall: boolean;
      isSuppressed: boolean;
      absent: string | null;
    } | null;
    change: {
      direction: 'better' | 'worse' | 'noClearChange' | 'unknown';
      words: string;
      difference: {
        value: number;
        low: number;
        high: number;
      } | null;
    } | null;
    with: {
      [key: string]: {
        value: number | null;
        low: number | null;
        high: number | null;
        decimals: number;
        numerator: number | null;
        n: number;
        customers: number;
        isSmall: boolean;
        isSuppressed: boolean;
        absent: string | null;
      };
    };
  }>;
  leftOut: number;
};

export type MetricMoved = {
  asked: {
    range: string;
    period: {
      from: number;
      until: number;
      firstDay: string;
      lastDay: string;
      days: number;
    };
    compared: {
      from: number;
      until: number;
      firstDay: string;
      lastDay: string;
      days: number;
      words: string;
    } | null;
    zone: string;
    filters: {
      [key: string]: Array<string | null>;
    };
    names: {
      [key: string]: {
        [key: string]: string;
      };
    };
    agents: number | null;
    asOf: number;
  };
  metric: string;
  by: 'queue' | 'channel' | 'intent' | 'family' | 'agent' | 'team' | 'site' | 'segment';
  change: number | null;
  mix: number;
  rate: number;
  slices: Array<{
    slice: string | null;
    label: string;
    mix: number;
    rate: number;
    total: number;
    n: number;
  }>;
};

export type MetricRows = {
  asked: {
    range: string;
    period: {
      from: number;
      until: number;
      firstDay: string;
      lastDay: string;
      days: number;
    };
    compared: {
      from: number;
      until: number;
      firstDay: string;
      lastDay: string;
      days: number;
      words: string;
    } | null;
    zone: string;
    filters: {
      [key: string]: Array<string | null>;
    };
    names: {
      [key: string]: {
        [key: string]: string;
      };
    };
    agents: number | null;
    asOf: number;
  };
  metric: string;
  total: number;
  sum: number;
  rows: Array<{
    customerId: string;
    node: string | null;
    at: number;
    value: number;
    queue: string | null;
    channel: string | null;
    intent: string | null;
    family: string | null;
    agent: string | null;
    site: string | null;
  }>;
  agents: {
    [key: string]: string;
  };
  cursor: string | null;
  isSuppressed: boolean;
};

export type ReviewQueue = {
  reviews: Array<{
    anchor: string;
    customerId: string;
    reasons: Array<
      | {
          kind: 'lowEmpathy';
          agent: string | null;
          value: number;
        }
      | {
          kind: 'differs';
          direction: 'scoreTooCalm' | 'scoreTooHarsh';
          csat: number;
          frustration: number;
        }
      | {
          kind: 'randomSample';
          perMille: number;
        }
    >;
    agents: Array<{
      id: string;
      name: string;
      inScope: boolean;
    }>;
    queuedAt: number;
    dueAt: number;
    state: 'waiting' | 'assigned' | 'done' | 'skipped';
    assignedTo: string | null;
    finishedAt: number | null;
    version: number;
    at: number | null;
    intent: string | null;
    contacts: number | null;
  }>;
  more: boolean;
  open: number;
};

export type Review = {
  anchor: string;
  customerId: string;
  reasons: Array<
    | {
        kind: 'lowEmpathy';
        agent: string | null;
        value: number;
      }
    | {
        kind: 'differs';
        direction: 'scoreTooCalm' | 'scoreTooHarsh';
        csat: number;
        frustration: number;
      }
    | {
        kind: 'randomSample';
        perMille: number;
      }
  >;
  agents: Array<{
    id: string;
    name: string;
    inScope: boolean;
  }>;
  queuedAt: number;
  dueAt: number;
  state: 'waiting' | 'assigned' | 'done' | 'skipped';
  assignedTo: string | null;
  finishedAt: number | null;
  version: number;
  at: number | null;
  intent: string | null;
  contacts: number | null;
  said: Array<{
    eventId: string;
    at: number;
    question: string;
    value: number;
    agent: string | null;
    system: string | null;
    cause: string | null;
  }>;
  comments: Array<{
    about: string | null;
    text: string;
  }> | null;
  frustration: number | null;
  steps: Array<{
    eventId: string;
    startAt: number;
    endAt: number;
    system: string;
    channel: string;
    agent: string | null;
    live: boolean;
    visit: 'missed' | 'moved' | 'done' | null;
    events: number;
    lines: Array<{
      at: number;
      by: 'customer' | 'agent' | 'system';
      text: string;
    }>;
  }>;
  note: string | null;
  skipReason: string | null;
  findings: Array<{
    id: string;
    cause: 'people' | 'process' | 'technology';
    agent: string | null;
    eventId: string | null;
    note: string | null;
    by: string;
  }>;
  empathy: Array<{
    agent: string;
    value: number;
  }>;
};

export type ReviewDone = {
  version: number;
};

export type EmpathyGaps = {
  from: number;
  until: number;
  gaps: Array<{
    agent: string;
    name: string;
    state: 'unknown' | 'tooFew' | 'shown';
    reviews: number;
    ratings: number;
    gap: number | null;
    interval: [number, number] | null;
  }>;
  findings: {
    people: number;
    process: number;
    technology: number;
  };
  scores: Array<{
    agent: string;
    name: string;
    clean: number;
    of: number;
  }>;
};

export type SegmentRule = {
  version: 1;
  root: Recursive1;
};

export type Segments = {
  segments: Array<{
    id: string;
    name: string;
    description: string;
    version: number | null;
    size: number;
    joined7d: number;
    left7d: number;
    sentence: string;
    draft: {
      revision: number;
      by: string;
      at: number;
      differs: boolean;
    };
    waiting: {
      revision: number;
      by: string;
      isMine: boolean;
      note: string;
      reason: string;
      sizeBefore: number;
      sizeAfter: number;
      at: number;
    } | null;
    run: {
      version: number;
      cause: 'published' | 'time';
      startedAt: number;
      done: number;
      total: number;
      finishedAt: number | null;
      failure: string | null;
    } | null;
    retiredAt: number | null;
  }>;
  customers: number;
};

export type Segment = {
  id: string;
  name: string;
  description: string;
  version: number | null;
  size: number;
  joined7d: number;
  left7d: number;
  sentence: string;
  draft: {
    revision: number;
    by: string;
    at: number;
    differs: boolean;
  };
  waiting: {
    revision: number;
    by: string;
    isMine: boolean;
    note: string;
    reason: string;
    sizeBefore: number;
    sizeAfter: number;
    at: number;
  } | null;
  run: {
    version: number;
    cause: 'published' | 'time';
    startedAt: number;
    done: number;
    total: number;
    finishedAt: number | null;
    failure: string | null;
  } | null;
  retiredAt: number | null;
  rule: unknown;
  draftRule: unknown;
  names: {
    [key: string]: string;
  };
  customers: number;
};

export type SegmentSaved = {
  id: string;
  revision: number;
};

export type SegmentPublished =
  | {
      kind: 'published';
      version: number;
      size: number;
    }
  | {
      kind: 'waits';
      reason: string;
      sizeBefore: number;
      sizeAfter: number;
    };

export type SegmentPreview = {
  size: number;
  low: number;
  high: number;
  sample: number;
  of: number;
  isExact: boolean;
  leaves: Array<{
    id: string;
    held: number;
  }>;
  ms: number;
};

export type SegmentVersions = {
  versions: Array<{
    version: number;
    note: string;
    publishedBy: string;
    approvedBy: string | null;
    publishedAt: number;
    sizeBefore: number;
    sizeAfter: number;
    rule: unknown;
    sentence: string;
    changes: Array<string>;
  }>;
};

export type SegmentMembers = {
  members: Array<{
    customerId: string;
    name: string | null;
    since: number;
    version: number;
    because: Array<string>;
  }>;
  total: number;
  isWhole: boolean;
};

export type SegmentWhy = {
  customerId: string;
  isMember: boolean;
  since: number | null;
  asOf: number;
  explanation: {
    id: string;
    kind: string;
    held: boolean | null;
    asks: string;
    found: string | null;
    of: Array<unknown>;
  };
};

export type SegmentFacts = {
  customerId: string;
  asOf: number;
  facts: unknown;
};

export type SegmentValues = {
  values: Array<{
    value: string;
    count: number;
  }>;
};

export type Sources = {
  asOf: number;
  sources: Array<{
    name: string;
    disabled: boolean;
    lastReceivedAt: number | null;
    lastOccurredAt: number | null;
    lastHour: number;
    usual: {
      basis: 'sameHour' | 'sameTime' | 'recent';
      samples: number;
      expected: number;
      low: number;
      high: number;
    } | null;
    rate: 'usual' | 'low' | 'high' | 'learning';
    lastDay: number;
    keptAsideLastDay: number;
    errorShare: number | null;
    silence: 'never' | 'learning' | 'ok' | 'silent';
    missed: number;
    hours: Array<{
      hour: number;
      count: number;
    }>;
  }>;
  pipeline: Array<{
    stage: 'received' | 'accepted' | 'identified' | 'linked' | 'scored';
    count: number;
    unit: 'events' | 'customers';
    behind: number;
    oldestAt: number | null;
    failed: number;
  }>;
};

export type ArrivedEvents = {
  events: Array<{
    id: string;
    source: string;
    system: string;
    type: string;
    channel: string;
    occurredAt: number;
    receivedAt: number;
    customerId: string | null;
  }>;
  cursor: string;
  more: boolean;
};

export type ArrivedEvent = {
  id: string;
  source: string;
  system: string;
  type: string;
  channel: string;
  occurredAt: number;
  receivedAt: number;
  customerId: string | null;
  canonical: {
    [key: string]: unknown;
  };
  raw: unknown | null;
  adapter: string | null;
  linked: {
    ownerRule: string | null;
    transactionId: string | null;
    interactionId: string | null;
    engagementId: string | null;
  };
};

export type QuarantineGroups = {
  groups: Array<{
    source: string;
    reason:
      | 'too_deep'
      | 'ambiguous'
      | 'forbidden_key'
      | 'number_out_of_range'
      | 'invalid'
      | 'time_out_of_range'
      | 'too_far_ahead'
      | 'too_old'
      | 'negative_span'
      | 'id_conflict';
    count: number;
    firstAt: number;
    lastAt: number;
    pointer: string | null;
    fix: string | null;
  }>;
};

export type QuarantineItems = {
  items: Array<{
    id: string;
    source: string;
    adapter: string;
    reason:
      | 'too_deep'
      | 'ambiguous'
      | 'forbidden_key'
      | 'number_out_of_range'
      | 'invalid'
      | 'time_out_of_range'
      | 'too_far_ahead'
      | 'too_old'
      | 'negative_span'
      | 'id_conflict';
    pointer: string | null;
    fix: string | null;
    sourceEventId: string | null;
    receivedAt: number;
    attempts: number;
    state: 'open' | 'replayed';
  }>;
  cursor: string | null;
};

export type QuarantineRecord = {
  id: string;
  source: string;
  adapter: string;
  reason:
    | 'too_deep'
    | 'ambiguous'
    | 'forbidden_key'
    | 'number_out_of_range'
    | 'invalid'
    | 'time_out_of_range'
    | 'too_far_ahead'
    | 'too_old'
    | 'negative_span'
    | 'id_conflict';
  pointer: string | null;
  fix: string | null;
  sourceEventId: string | null;
  receivedAt: number;
  attempts: number;
  state: 'open' | 'replayed';
  record: unknown;
};

export type ReplayResult = {
  dryRun: boolean;
  tried: number;
  replayed: number;
  stillQuarantined: number;
  items: Array<{
    id: string;
    status: string;
    reason?: string;
    pointer?: string;
    fix?: string;
  }>;
};

export type SurveySettings = {
  version: number;
  settings: {
    rule: string;
    askAfter: Array<'resolved' | 'sold' | 'lost' | 'cancelled' | 'abandoned'>;
    samplePerMille: number;
    delayMs: number;
    notAfterMs: number;
    fatigue: {
      windowMs: number;
      surveys: number;
    };
    quiet: {
      zone: string;
      fromMinute: number;
      untilMinute: number;
      weekends: boolean;
    };
    expiryMs: number;
    editMs: number;
    form: 'short' | 'long';
    ask: {
      csat: boolean;
      effort: boolean;
      nps: boolean;
      solved: boolean;
    };
    touchPoints: number;
    language: 'en' | 'de';
    recovery: {
      csatAtMost: number;
      npsAtMost: number;
      empathyAtMost: number;
      firstContactMs: number;
      endMs: number;
    };
    review: {
      empathyAtMost: number;
      differsBy: number;
      randomPerMille: number;
      dueMs: number;
    };
    shown: {
      valuesFrom: number;
      commentsFrom: number;
      orderFrom: number;
    };
  };
  activatedAt: number | null;
  activatedBy: string;
};

export type SurveyResults = {
  from: number;
  until: number;
  respondents: number;
  response: Array<{
    channel: string;
    source: string;
    answered: {
      count: number;
      of: number;
      share: number | null;
      interval: [number, number] | null;
    };
  }>;
  empathy: Array<{
    key: string;
    name: string;
    kind: 'agent' | 'team' | 'system';
    n: number;
    state: 'unknown' | 'hidden' | 'early' | 'steady';
    mean: number | null;
    interval: [number, number] | null;
    own: number | null;
    shrinkage: number | null;
    topBox: number | null;
    counts: Array<number> | null;
  }>;
  withoutTeam: {
    agents: number;
    ratings: number;
  };
  causes: Array<{
    cause: 'people' | 'process' | 'technology';
    count: number | null;
  }>;
  shown: {
    valuesFrom: number;
    commentsFrom: number;
    orderFrom: number;
  };
};

export type SurveyComments = {
  state: 'shown' | 'tooFew';
  needed: number;
  comments: Array<{
    eventId: string;
    customerId: string;
    engagement: string | null;
    at: number;
    about: string | null;
    text: string;
  }>;
};

export type SurveyLink = {
  invitationId: string;
  url: string;
};

export type RecoveryCases = {
  cases: Array<{
    anchor: string;
    customerId: string;
    customerName: string | null;
    intent: string | null;
    family: string | null;
    openedAt: number;
    reasons: Array<string>;
    agents: Array<string>;
    state: 'open' | 'owned' | 'contacted' | 'askedAgain' | 'recovered' | 'notRecovered';
    owner: string | null;
    clock: {
      next: 'firstContact' | 'end' | null;
      dueAt: number | null;
      late: boolean;
    };
    endedAt: number | null;
    steps: Array<{
      id: string;
      kind: string;
      at: number;
      by: string;
      owner: string | null;
      note: string | null;
    }>;
  }>;
  recovered: {
    count: number;
    of: number;
    share: number | null;
    interval: [number, number] | null;
  };
};

export type CaseStepTaken = {
  kind: 'recorded' | 'repeated';
  id: string;
};

export type Problem = {
  type: string;
  status: number;
  title: string;
  detail?: string;
  traceId?: string;
  errors?: Array<{
    pointer?: string;
    detail?: string;
  }>;
};

export type Recursive1 = {
  id: string;
  muted?: true;
  kind: 'group';
  join: 'all' | 'any' | 'none';
  of: Array<
    | Recursive1
    | {
        field: string;
        is:
          | 'isOneOf'
          | 'isNoneOf'
          | 'contains'
          | 'startsWith'
          | 'atLeast'
          | 'atMost'
          | 'moreThan'
          | 'lessThan'
          | 'equals'
          | 'between'
          | 'inLastDays'
          | 'beforeLastDays'
          | 'before'
          | 'after'
          | 'hasAnyOf'
          | 'hasAllOf'
          | 'hasNoneOf'
          | 'isTrue'
          | 'isFalse'
          | 'isKnown'
          | 'isUnknown';
        value?: string | number | [number, number] | Array<string>;
        id: string;
        muted?: true;
        kind: 'customer';
      }
    | {
        id: string;
        muted?: true;
        kind: 'behaviour';
        thing: 'contact' | 'engagement' | 'queueStay' | 'menuVisit' | 'answer';
        where: Array<{
          field: string;
          is:
            | 'isOneOf'
            | 'isNoneOf'
            | 'contains'
            | 'startsWith'
            | 'atLeast'
            | 'atMost'
            | 'moreThan'
            | 'lessThan'
            | 'equals'
            | 'between'
            | 'inLastDays'
            | 'beforeLastDays'
            | 'before'
            | 'after'
            | 'hasAnyOf'
            | 'hasAllOf'
            | 'hasNoneOf'
            | 'isTrue'
            | 'isFalse'
            | 'isKnown'
            | 'isUnknown';
          value?: string | number | [number, number] | Array<string>;
        }>;
        lastDays: number | null;
        measure:
          | {
              take: 'count';
            }
          | {
              take: 'sum' | 'average' | 'least' | 'greatest' | 'latest';
              field: string;
            };
        test:
          | {
              is: 'atLeast' | 'atMost' | 'moreThan' | 'lessThan' | 'equals';
              value: number;
            }
          | {
              is: 'between';
              value: [number, number];
            };
        none: Array<{
          field: string;
          is:
            | 'isOneOf'
            | 'isNoneOf'
            | 'contains'
            | 'startsWith'
            | 'atLeast'
            | 'atMost'
            | 'moreThan'
            | 'lessThan'
            | 'equals'
            | 'between'
            | 'inLastDays'
            | 'beforeLastDays'
            | 'before'
            | 'after'
            | 'hasAnyOf'
            | 'hasAllOf'
            | 'hasNoneOf'
            | 'isTrue'
            | 'isFalse'
            | 'isKnown'
            | 'isUnknown';
          value?: string | number | [number, number] | Array<string>;
        }>;
      }
    | {
        id: string;
        muted?: true;
        kind: 'sequence';
        first: Array<{
          field: string;
          is:
            | 'isOneOf'
            | 'isNoneOf'
            | 'contains'
            | 'startsWith'
            | 'atLeast'
            | 'atMost'
            | 'moreThan'
            | 'lessThan'
            | 'equals'
            | 'between'
            | 'inLastDays'
            | 'beforeLastDays'
            | 'before'
            | 'after'
            | 'hasAnyOf'
            | 'hasAllOf'
            | 'hasNoneOf'
            | 'isTrue'
            | 'isFalse'
            | 'isKnown'
            | 'isUnknown';
          value?: string | number | [number, number] | Array<string>;
        }>;
        then: Array<{
          field: string;
          is:
            | 'isOneOf'
            | 'isNoneOf'
            | 'contains'
            | 'startsWith'
            | 'atLeast'
            | 'atMost'
            | 'moreThan'
            | 'lessThan'
            | 'equals'
            | 'between'
            | 'inLastDays'
            | 'beforeLastDays'
            | 'before'
            | 'after'
            | 'hasAnyOf'
            | 'hasAllOf'
            | 'hasNoneOf'
            | 'isTrue'
            | 'isFalse'
            | 'isKnown'
            | 'isUnknown';
          value?: string | number | [number, number] | Array<string>;
        }>;
        withinMinutes: number;
        lastDays: number | null;
      }
    | {
        id: string;
        muted?: true;
        kind: 'membership';
        segmentId: string;
        member: boolean;
      }
  >;
};

export type DeleteV1SessionData = {
  body?: never;
  path?: never;
  query?: never;
  url: '/v1/session';
};

export type DeleteV1SessionErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type DeleteV1SessionError = DeleteV1SessionErrors[keyof DeleteV1SessionErrors];

export type DeleteV1SessionResponses = {
  /**
   * Done.
   */
  204: void;
};

export type DeleteV1SessionResponse = DeleteV1SessionResponses[keyof DeleteV1SessionResponses];

export type GetV1SessionData = {
  body?: never;
  path?: never;
  query?: never;
  url: '/v1/session';
};

export type GetV1SessionErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type GetV1SessionError = GetV1SessionErrors[keyof GetV1SessionErrors];

export type GetV1SessionResponses = {
  /**
   * The session.
   */
  200: Session;
};

export type GetV1SessionResponse = GetV1SessionResponses[keyof GetV1SessionResponses];

export type PostV1SessionData = {
  body: {
    email: string;
    password: string;
  };
  path?: never;
  query?: never;
  url: '/v1/session';
};

export type PostV1SessionErrors = {
  /**
   * The address or the password is wrong.
   */
  401: Problem;
  /**
   * Sent by a page of another site.
   */
  403: Problem;
  /**
   * Too many tries; `Retry-After` says how long to wait.
   */
  429: Problem;
};

export type PostV1SessionError = PostV1SessionErrors[keyof PostV1SessionErrors];

export type PostV1SessionResponses = {
  /**
   * Signed in; the cookie is set.
   */
  200: Session;
};

export type PostV1SessionResponse = PostV1SessionResponses[keyof PostV1SessionResponses];

export type GetV1SessionsData = {
  body?: never;
  path?: never;
  query?: never;
  url: '/v1/sessions';
};

export type GetV1SessionsErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type GetV1SessionsError = GetV1SessionsErrors[keyof GetV1SessionsErrors];

export type GetV1SessionsResponses = {
  /**
   * The newest first.
   */
  200: {
    current: string | null;
    sessions: Array<{
      id: string;
      createdAt: number;
      lastSeenAt: number;
      endsAt: number;
      address: string;
      client: string;
    }>;
  };
};

export type GetV1SessionsResponse = GetV1SessionsResponses[keyof GetV1SessionsResponses];

export type DeleteV1SessionsIdData = {
  body?: never;
  path: {
    /**
     * Of the session.
     */
    id: string;
  };
  query?: never;
  url: '/v1/sessions/{id}';
};

export type DeleteV1SessionsIdErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is nothing with this id.
   */
  404: Problem;
};

export type DeleteV1SessionsIdError = DeleteV1SessionsIdErrors[keyof DeleteV1SessionsIdErrors];

export type DeleteV1SessionsIdResponses = {
  /**
   * Done.
   */
  204: void;
};

export type DeleteV1SessionsIdResponse = DeleteV1SessionsIdResponses[keyof DeleteV1SessionsIdResponses];

export type PutV1PasswordData = {
  body: {
    current: string;
    next: string;
  };
  path?: never;
  query?: never;
  url: '/v1/password';
};

export type PutV1PasswordErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * Too many tries; `Retry-After` says how long to wait.
   */
  429: Problem;
};

export type PutV1PasswordError = PutV1PasswordErrors[keyof PutV1PasswordErrors];

export type PutV1PasswordResponses = {
  /**
   * Done.
   */
  204: void;
};

export type PutV1PasswordResponse = PutV1PasswordResponses[keyof PutV1PasswordResponses];

export type GetV1FirstAdminData = {
  body?: never;
  path?: never;
  query?: never;
  url: '/v1/first-admin';
};

export type GetV1FirstAdminResponses = {
  /**
   * Yes or no.
   */
  200: {
    wanted: boolean;
  };
};

export type GetV1FirstAdminResponse = GetV1FirstAdminResponses[keyof GetV1FirstAdminResponses];

export type PostV1FirstAdminData = {
  body: {
    token: string;
    email: string;
    name: string;
    password: string;
  };
  path?: never;
  query?: never;
  url: '/v1/first-admin';
};

export type PostV1FirstAdminErrors = {
  /**
   * The link was used, withdrawn, is over or was never made; or a page of another site sent this.
   */
  403: Problem;
  /**
   * Too many tries; `Retry-After` says how long to wait.
   */
  429: Problem;
};

export type PostV1FirstAdminError = PostV1FirstAdminErrors[keyof PostV1FirstAdminErrors];

export type PostV1FirstAdminResponses = {
  /**
   * Signed in; the cookie is set.
   */
  200: Session;
};

export type PostV1FirstAdminResponse = PostV1FirstAdminResponses[keyof PostV1FirstAdminResponses];

export type PostV1InvitationsData = {
  body: {
    email: string;
    name: string;
    roles: Array<'analyst' | 'qa' | 'supervisor' | 'manager' | 'agent' | 'developer' | 'steward' | 'admin'>;
    teams?: Array<string>;
    agentId?: string | null;
  };
  path?: never;
  query?: never;
  url: '/v1/invitations';
};

export type PostV1InvitationsErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is such a user already.
   */
  409: Problem;
};

export type PostV1InvitationsError = PostV1InvitationsErrors[keyof PostV1InvitationsErrors];

export type PostV1InvitationsResponses = {
  /**
   * Invited.
   */
  201: {
    invitation: {
      id: string;
      email: string;
      name: string;
      roles: Array<'analyst' | 'qa' | 'supervisor' | 'manager' | 'agent' | 'developer' | 'steward' | 'admin'>;
      teams: Array<string>;
      agentId: string | null;
      invitedBy: string;
      createdAt: number;
      endsAt: number;
    };
    token: string;
    link: string;
  };
};

export type PostV1InvitationsResponse = PostV1InvitationsResponses[keyof PostV1InvitationsResponses];

export type PostV1InvitationsLookData = {
  body: {
    token: string;
  };
  path?: never;
  query?: never;
  url: '/v1/invitations/look';
};

export type PostV1InvitationsLookErrors = {
  /**
   * The link was used, withdrawn, is over or was never made; or a page of another site sent this.
   */
  403: Problem;
  /**
   * Too many tries; `Retry-After` says how long to wait.
   */
  429: Problem;
};

export type PostV1InvitationsLookError = PostV1InvitationsLookErrors[keyof PostV1InvitationsLookErrors];

export type PostV1InvitationsLookResponses = {
  /**
   * The invitation.
   */
  200: {
    email: string;
    name: string;
    endsAt: number;
  };
};

export type PostV1InvitationsLookResponse = PostV1InvitationsLookResponses[keyof PostV1InvitationsLookResponses];

export type PostV1InvitationsAcceptData = {
  body: {
    token: string;
    name?: string;
    password: string;
  };
  path?: never;
  query?: never;
  url: '/v1/invitations/accept';
};

export type PostV1InvitationsAcceptErrors = {
  /**
   * The link was used, withdrawn, is over or was never made; or a page of another site sent this.
   */
  403: Problem;
  /**
   * Too many tries; `Retry-After` says how long to wait.
   */
  429: Problem;
};

export type PostV1InvitationsAcceptError = PostV1InvitationsAcceptErrors[keyof PostV1InvitationsAcceptErrors];

export type PostV1InvitationsAcceptResponses = {
  /**
   * Signed in; the cookie is set.
   */
  200: Session;
};

export type PostV1InvitationsAcceptResponse = PostV1InvitationsAcceptResponses[keyof PostV1InvitationsAcceptResponses];

export type DeleteV1InvitationsIdData = {
  body?: never;
  path: {
    /**
     * Of the invitation.
     */
    id: string;
  };
  query?: never;
  url: '/v1/invitations/{id}';
};

export type DeleteV1InvitationsIdErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is nothing with this id.
   */
  404: Problem;
};

export type DeleteV1InvitationsIdError = DeleteV1InvitationsIdErrors[keyof DeleteV1InvitationsIdErrors];

export type DeleteV1InvitationsIdResponses = {
  /**
   * Done.
   */
  204: void;
};

export type DeleteV1InvitationsIdResponse = DeleteV1InvitationsIdResponses[keyof DeleteV1InvitationsIdResponses];

export type GetV1UsersData = {
  body?: never;
  path?: never;
  query?: never;
  url: '/v1/users';
};

export type GetV1UsersErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type GetV1UsersError = GetV1UsersErrors[keyof GetV1UsersErrors];

export type GetV1UsersResponses = {
  /**
   * All.
   */
  200: {
    users: Array<{
      id: string;
      email: string;
      name: string;
      roles: Array<'analyst' | 'qa' | 'supervisor' | 'manager' | 'agent' | 'developer' | 'steward' | 'admin'>;
      teams: Array<string>;
      agentId: string | null;
      createdAt: number;
      disabledAt: number | null;
      lastSeenAt: number | null;
    }>;
    invitations: Array<{
      id: string;
      email: string;
      name: string;
      roles: Array<'analyst' | 'qa' | 'supervisor' | 'manager' | 'agent' | 'developer' | 'steward' | 'admin'>;
      teams: Array<string>;
      agentId: string | null;
      invitedBy: string;
      createdAt: number;
      endsAt: number;
    }>;
  };
};

export type GetV1UsersResponse = GetV1UsersResponses[keyof GetV1UsersResponses];

export type PutV1UsersIdData = {
  body: {
    name: string;
    roles: Array<'analyst' | 'qa' | 'supervisor' | 'manager' | 'agent' | 'developer' | 'steward' | 'admin'>;
    teams?: Array<string>;
    agentId?: string | null;
  };
  path: {
    /**
     * Of the user.
     */
    id: string;
  };
  query?: never;
  url: '/v1/users/{id}';
};

export type PutV1UsersIdErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is nothing with this id.
   */
  404: Problem;
  /**
   * It is the last admin.
   */
  409: Problem;
};

export type PutV1UsersIdError = PutV1UsersIdErrors[keyof PutV1UsersIdErrors];

export type PutV1UsersIdResponses = {
  /**
   * As it is now.
   */
  200: User;
};

export type PutV1UsersIdResponse = PutV1UsersIdResponses[keyof PutV1UsersIdResponses];

export type PostV1UsersIdDisableData = {
  body?: never;
  path: {
    /**
     * Of the user.
     */
    id: string;
  };
  query?: never;
  url: '/v1/users/{id}/disable';
};

export type PostV1UsersIdDisableErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is nothing with this id.
   */
  404: Problem;
  /**
   * It is the last admin.
   */
  409: Problem;
};

export type PostV1UsersIdDisableError = PostV1UsersIdDisableErrors[keyof PostV1UsersIdDisableErrors];

export type PostV1UsersIdDisableResponses = {
  /**
   * As it is now.
   */
  200: User;
};

export type PostV1UsersIdDisableResponse = PostV1UsersIdDisableResponses[keyof PostV1UsersIdDisableResponses];

export type PostV1UsersIdEnableData = {
  body?: never;
  path: {
    /**
     * Of the user.
     */
    id: string;
  };
  query?: never;
  url: '/v1/users/{id}/enable';
};

export type PostV1UsersIdEnableErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is nothing with this id.
   */
  404: Problem;
};

export type PostV1UsersIdEnableError = PostV1UsersIdEnableErrors[keyof PostV1UsersIdEnableErrors];

export type PostV1UsersIdEnableResponses = {
  /**
   * As it is now.
   */
  200: User;
};

export type PostV1UsersIdEnableResponse = PostV1UsersIdEnableResponses[keyof PostV1UsersIdEnableResponses];

export type DeleteV1UsersIdSessionsData = {
  body?: never;
  path: {
    /**
     * Of the user.
     */
    id: string;
  };
  query?: never;
  url: '/v1/users/{id}/sessions';
};

export type DeleteV1UsersIdSessionsErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is nothing with this id.
   */
  404: Problem;
};

export type DeleteV1UsersIdSessionsError = DeleteV1UsersIdSessionsErrors[keyof DeleteV1UsersIdSessionsErrors];

export type DeleteV1UsersIdSessionsResponses = {
  /**
   * How many.
   */
  200: {
    ended: number;
  };
};

export type DeleteV1UsersIdSessionsResponse = DeleteV1UsersIdSessionsResponses[keyof DeleteV1UsersIdSessionsResponses];

export type GetV1UsersIdSessionsData = {
  body?: never;
  path: {
    /**
     * Of the user.
     */
    id: string;
  };
  query?: never;
  url: '/v1/users/{id}/sessions';
};

export type GetV1UsersIdSessionsErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is nothing with this id.
   */
  404: Problem;
};

export type GetV1UsersIdSessionsError = GetV1UsersIdSessionsErrors[keyof GetV1UsersIdSessionsErrors];

export type GetV1UsersIdSessionsResponses = {
  /**
   * The newest first.
   */
  200: {
    sessions: Array<{
      id: string;
      createdAt: number;
      lastSeenAt: number;
      endsAt: number;
      address: string;
      client: string;
    }>;
  };
};

export type GetV1UsersIdSessionsResponse = GetV1UsersIdSessionsResponses[keyof GetV1UsersIdSessionsResponses];

export type DeleteV1UsersIdSessionsSessionData = {
  body?: never;
  path: {
    /**
     * Of the user.
     */
    id: string;
    /**
     * Of the session.
     */
    session: string;
  };
  query?: never;
  url: '/v1/users/{id}/sessions/{session}';
};

export type DeleteV1UsersIdSessionsSessionErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is nothing with this id.
   */
  404: Problem;
};

export type DeleteV1UsersIdSessionsSessionError = DeleteV1UsersIdSessionsSessionErrors[keyof DeleteV1UsersIdSessionsSessionErrors];

export type DeleteV1UsersIdSessionsSessionResponses = {
  /**
   * Done.
   */
  204: void;
};

export type DeleteV1UsersIdSessionsSessionResponse = DeleteV1UsersIdSessionsSessionResponses[keyof DeleteV1UsersIdSessionsSessionResponses];

export type GetV1TeamsData = {
  body?: never;
  path?: never;
  query?: never;
  url: '/v1/teams';
};

export type GetV1TeamsErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type GetV1TeamsError = GetV1TeamsErrors[keyof GetV1TeamsErrors];

export type GetV1TeamsResponses = {
  /**
   * All, by name.
   */
  200: {
    teams: Array<{
      id: string;
      name: string;
      site: string | null;
      agents: number;
    }>;
  };
};

export type GetV1TeamsResponse = GetV1TeamsResponses[keyof GetV1TeamsResponses];

export type PutV1TeamsData = {
  body: {
    teams: Array<{
      id: string;
      name: string;
      site?: string | null;
    }>;
  };
  path?: never;
  query?: never;
  url: '/v1/teams';
};

export type PutV1TeamsErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type PutV1TeamsError = PutV1TeamsErrors[keyof PutV1TeamsErrors];

export type PutV1TeamsResponses = {
  /**
   * As they are now.
   */
  200: {
    teams: Array<{
      id: string;
      name: string;
      site: string | null;
      agents: number;
    }>;
  };
};

export type PutV1TeamsResponse = PutV1TeamsResponses[keyof PutV1TeamsResponses];

export type GetV1AgentsData = {
  body?: never;
  path?: never;
  query?: never;
  url: '/v1/agents';
};

export type GetV1AgentsErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type GetV1AgentsError = GetV1AgentsErrors[keyof GetV1AgentsErrors];

export type GetV1AgentsResponses = {
  /**
   * All, by name.
   */
  200: {
    agents: Array<{
      id: string;
      name: string;
      teamId: string | null;
      site: string | null;
    }>;
  };
};

export type GetV1AgentsResponse = GetV1AgentsResponses[keyof GetV1AgentsResponses];

export type PutV1AgentsData = {
  body: {
    agents: Array<{
      id: string;
      name: string;
      teamId?: string | null;
      site?: string | null;
    }>;
  };
  path?: never;
  query?: never;
  url: '/v1/agents';
};

export type PutV1AgentsErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * One of the teams is not there.
   */
  409: Problem;
};

export type PutV1AgentsError = PutV1AgentsErrors[keyof PutV1AgentsErrors];

export type PutV1AgentsResponses = {
  /**
   * How many.
   */
  200: {
    put: number;
  };
};

export type PutV1AgentsResponse = PutV1AgentsResponses[keyof PutV1AgentsResponses];

export type DeleteV1AgentsIdData = {
  body?: never;
  path: {
    /**
     * As events name the agent.
     */
    id: string;
  };
  query?: never;
  url: '/v1/agents/{id}';
};

export type DeleteV1AgentsIdErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is nothing with this id.
   */
  404: Problem;
};

export type DeleteV1AgentsIdError = DeleteV1AgentsIdErrors[keyof DeleteV1AgentsIdErrors];

export type DeleteV1AgentsIdResponses = {
  /**
   * Done.
   */
  204: void;
};

export type DeleteV1AgentsIdResponse = DeleteV1AgentsIdResponses[keyof DeleteV1AgentsIdResponses];

export type GetV1KeysData = {
  body?: never;
  path?: never;
  query?: never;
  url: '/v1/keys';
};

export type GetV1KeysErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type GetV1KeysError = GetV1KeysErrors[keyof GetV1KeysErrors];

export type GetV1KeysResponses = {
  /**
   * Those that work, and those ended within thirty days.
   */
  200: {
    keys: Array<{
      id: string;
      source: string;
      prefix: string;
      label: string;
      madeBy: string;
      createdAt: number;
      lastUsedAt: number | null;
      endsAt: number | null;
    }>;
    sources: Array<string>;
    ingestUrl: string | null;
  };
};

export type GetV1KeysResponse = GetV1KeysResponses[keyof GetV1KeysResponses];

export type PostV1KeysData = {
  body: {
    source: string;
    label?: string;
  };
  path?: never;
  query?: never;
  url: '/v1/keys';
};

export type PostV1KeysErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is no such source.
   */
  409: Problem;
};

export type PostV1KeysError = PostV1KeysErrors[keyof PostV1KeysErrors];

export type PostV1KeysResponses = {
  /**
   * Made.
   */
  201: {
    id: string;
    source: string;
    secret: string;
  };
};

export type PostV1KeysResponse = PostV1KeysResponses[keyof PostV1KeysResponses];

export type DeleteV1KeysIdData = {
  body?: never;
  path: {
    /**
     * Of the key.
     */
    id: string;
  };
  query?: never;
  url: '/v1/keys/{id}';
};

export type DeleteV1KeysIdErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is nothing with this id.
   */
  404: Problem;
};

export type DeleteV1KeysIdError = DeleteV1KeysIdErrors[keyof DeleteV1KeysIdErrors];

export type DeleteV1KeysIdResponses = {
  /**
   * Done.
   */
  204: void;
};

export type DeleteV1KeysIdResponse = DeleteV1KeysIdResponses[keyof DeleteV1KeysIdResponses];

export type PostV1KeysIdRotateData = {
  body: {
    overlapHours?: number;
  };
  path: {
    /**
     * Of the former key.
     */
    id: string;
  };
  query?: never;
  url: '/v1/keys/{id}/rotate';
};

export type PostV1KeysIdRotateErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is nothing with this id.
   */
  404: Problem;
};

export type PostV1KeysIdRotateError = PostV1KeysIdRotateErrors[keyof PostV1KeysIdRotateErrors];

export type PostV1KeysIdRotateResponses = {
  /**
   * Made; the secret is said once.
   */
  201: {
    id: string;
    source: string;
    secret: string;
    formerEndsAt: number;
  };
};

export type PostV1KeysIdRotateResponse = PostV1KeysIdRotateResponses[keyof PostV1KeysIdRotateResponses];

export type GetV1AuditData = {
  body?: never;
  path?: never;
  query?: {
    before?: number;
    actor?: string;
    action?: string;
    limit?: number;
  };
  url: '/v1/audit';
};

export type GetV1AuditErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type GetV1AuditError = GetV1AuditErrors[keyof GetV1AuditErrors];

export type GetV1AuditResponses = {
  /**
   * The newest first.
   */
  200: {
    entries: Array<{
      place: number;
      at: number;
      actor: {
        kind: string;
        id: string | null;
        name: string;
      };
      action: string;
      target: string;
      details: {
        [key: string]: unknown;
      };
      address: string | null;
      traceId: string | null;
    }>;
    next: number | null;
  };
};

export type GetV1AuditResponse = GetV1AuditResponses[keyof GetV1AuditResponses];

export type GetV1AuditCsvData = {
  body?: never;
  path?: never;
  query?: {
    before?: number;
    actor?: string;
    action?: string;
    limit?: number;
  };
  url: '/v1/audit.csv';
};

export type GetV1AuditCsvErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type GetV1AuditCsvError = GetV1AuditCsvErrors[keyof GetV1AuditCsvErrors];

export type GetV1AuditCsvResponses = {
  /**
   * CSV, formulas escaped.
   */
  200: unknown;
};

export type GetV1AuditVerifyData = {
  body?: never;
  path?: never;
  query?: never;
  url: '/v1/audit/verify';
};

export type GetV1AuditVerifyErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type GetV1AuditVerifyError = GetV1AuditVerifyErrors[keyof GetV1AuditVerifyErrors];

export type GetV1AuditVerifyResponses = {
  /**
   * Whole, or where it breaks.
   */
  200:
    | {
        intact: true;
        entries: number;
      }
    | {
        intact: false;
        entries: number;
        brokenAt: number;
        reason: string;
      };
};

export type GetV1AuditVerifyResponse = GetV1AuditVerifyResponses[keyof GetV1AuditVerifyResponses];

export type GetV1CoachingOpportunitiesData = {
  body?: never;
  path?: never;
  query?: {
    days?: number;
  };
  url: '/v1/coaching/opportunities';
};

export type GetV1CoachingOpportunitiesErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type GetV1CoachingOpportunitiesError = GetV1CoachingOpportunitiesErrors[keyof GetV1CoachingOpportunitiesErrors];

export type GetV1CoachingOpportunitiesResponses = {
  /**
   * The clearest gaps first.
   */
  200: CoachingOpportunities;
};

export type GetV1CoachingOpportunitiesResponse = GetV1CoachingOpportunitiesResponses[keyof GetV1CoachingOpportunitiesResponses];

export type GetV1CoachingAgentsAgentContactsData = {
  body?: never;
  path: {
    /**
     * An agent as events name them.
     */
    agent: string;
  };
  query: {
    metric: 'empathy' | 'empathy.topBox' | 'csat' | 'contact.repeat' | 'frustration';
    days?: number;
  };
  url: '/v1/coaching/agents/{agent}/contacts';
};

export type GetV1CoachingAgentsAgentContactsErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is none, or none of the caller’s teams.
   */
  404: Problem;
};

export type GetV1CoachingAgentsAgentContactsError = GetV1CoachingAgentsAgentContactsErrors[keyof GetV1CoachingAgentsAgentContactsErrors];

export type GetV1CoachingAgentsAgentContactsResponses = {
  /**
   * The worst first.
   */
  200: CoachingEvidence;
};

export type GetV1CoachingAgentsAgentContactsResponse = GetV1CoachingAgentsAgentContactsResponses[keyof GetV1CoachingAgentsAgentContactsResponses];

export type GetV1CoachingPlansData = {
  body?: never;
  path?: never;
  query?: {
    state?: 'draft' | 'agreed' | 'practising' | 'remeasureDue' | 'closed';
    agent?: string;
  };
  url: '/v1/coaching/plans';
};

export type GetV1CoachingPlansErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type GetV1CoachingPlansError = GetV1CoachingPlansErrors[keyof GetV1CoachingPlansErrors];

export type GetV1CoachingPlansResponses = {
  /**
   * The newest first.
   */
  200: CoachingPlans;
};

export type GetV1CoachingPlansResponse = GetV1CoachingPlansResponses[keyof GetV1CoachingPlansResponses];

export type PostV1CoachingPlansData = {
  body: {
    id?: string;
    agent: string;
    group?: string | null;
    pickedBecauseLow?: boolean;
    comparison?:
      | {
          kind: 'matched';
        }
      | {
          kind: 'waitingList';
          waiting: Array<string>;
        };
    since?: number | null;
    goal: {
      behaviour: string;
      metric: 'empathy' | 'empathy.topBox' | 'csat' | 'contact.repeat' | 'frustration';
      target: number;
    };
    evidence?: Array<{
      contact: string;
      note?: string;
    }>;
    exercises?: Array<{
      id: string;
      text: string;
    }>;
    remeasureAt: number;
  };
  path?: never;
  query?: never;
  url: '/v1/coaching/plans';
};

export type PostV1CoachingPlansErrors = {
  /**
   * A field is wrong.
   */
  400: Problem;
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is none, or none of the caller’s teams.
   */
  404: Problem;
  /**
   * It is not possible, and why; or somebody changed the plan meanwhile.
   */
  409: Problem;
};

export type PostV1CoachingPlansError = PostV1CoachingPlansErrors[keyof PostV1CoachingPlansErrors];

export type PostV1CoachingPlansResponses = {
  /**
   * Drafted.
   */
  200: CoachingStepTaken;
};

export type PostV1CoachingPlansResponse = PostV1CoachingPlansResponses[keyof PostV1CoachingPlansResponses];

export type GetV1CoachingPlansIdData = {
  body?: never;
  path: {
    /**
     * A plan.
     */
    id: string;
  };
  query?: never;
  url: '/v1/coaching/plans/{id}';
};

export type GetV1CoachingPlansIdErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is none, or none of the caller’s teams.
   */
  404: Problem;
};

export type GetV1CoachingPlansIdError = GetV1CoachingPlansIdErrors[keyof GetV1CoachingPlansIdErrors];

export type GetV1CoachingPlansIdResponses = {
  /**
   * The plan.
   */
  200: CoachingPlan;
};

export type GetV1CoachingPlansIdResponse = GetV1CoachingPlansIdResponses[keyof GetV1CoachingPlansIdResponses];

export type GetV1CoachingPlansIdEffectData = {
  body?: never;
  path: {
    /**
     * A plan.
     */
    id: string;
  };
  query?: never;
  url: '/v1/coaching/plans/{id}/effect';
};

export type GetV1CoachingPlansIdEffectErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is none, or none of the caller’s teams.
   */
  404: Problem;
  /**
   * Practice has not started.
   */
  409: Problem;
};

export type GetV1CoachingPlansIdEffectError = GetV1CoachingPlansIdEffectErrors[keyof GetV1CoachingPlansIdEffectErrors];

export type GetV1CoachingPlansIdEffectResponses = {
  /**
   * The effect as of now.
   */
  200: CoachingEffect;
};

export type GetV1CoachingPlansIdEffectResponse = GetV1CoachingPlansIdEffectResponses[keyof GetV1CoachingPlansIdEffectResponses];

export type PostV1CoachingPlansIdStepsData = {
  body: {
    id?: string;
    after: number;
    deed:
      | {
          kind: 'closed';
          note?: string;
        }
      | {
          kind: 'changed';
          goal: {
            behaviour: string;
            metric: 'empathy' | 'empathy.topBox' | 'csat' | 'contact.repeat' | 'frustration';
            baseline: number | null;
            target: number;
          };
          evidence: Array<{
            contact: string;
            note?: string;
          }>;
          exercises: Array<{
            id: string;
            text: string;
          }>;
          remeasureAt: number;
        }
      | {
          kind: 'agreed';
        }
      | {
          kind: 'started';
        }
      | {
          kind: 'practised';
          exercise: string;
          note?: string;
        }
      | {
          kind: 'noted';
          note: string;
        }
      | {
          kind: 'postponed';
          remeasureAt: number;
          reason: string;
        }
      | {
          kind: 'reassigned';
          coach: string;
        }
      | {
          kind: 'withdrawn';
          reason: string;
        }
      | {
          kind: 'reopened';
          reason: string;
          remeasureAt: number;
        };
  };
  path: {
    /**
     * A plan.
     */
    id: string;
  };
  query?: never;
  url: '/v1/coaching/plans/{id}/steps';
};

export type PostV1CoachingPlansIdStepsErrors = {
  /**
   * A field is wrong.
   */
  400: Problem;
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is none, or none of the caller’s teams.
   */
  404: Problem;
  /**
   * It is not possible, and why; or somebody changed the plan meanwhile.
   */
  409: Problem;
};

export type PostV1CoachingPlansIdStepsError = PostV1CoachingPlansIdStepsErrors[keyof PostV1CoachingPlansIdStepsErrors];

export type PostV1CoachingPlansIdStepsResponses = {
  /**
   * Taken.
   */
  200: CoachingStepTaken;
};

export type PostV1CoachingPlansIdStepsResponse = PostV1CoachingPlansIdStepsResponses[keyof PostV1CoachingPlansIdStepsResponses];

export type PostV1CoachingDrawData = {
  body: {
    agents: Array<string>;
    now: number;
  };
  path?: never;
  query?: never;
  url: '/v1/coaching/draw';
};

export type PostV1CoachingDrawErrors = {
  /**
   * A field is wrong.
   */
  400: Problem;
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is none, or none of the caller’s teams.
   */
  404: Problem;
  /**
   * It is not possible, and why; or somebody changed the plan meanwhile.
   */
  409: Problem;
};

export type PostV1CoachingDrawError = PostV1CoachingDrawErrors[keyof PostV1CoachingDrawErrors];

export type PostV1CoachingDrawResponses = {
  /**
   * The draw; it stands in the audit.
   */
  200: CoachingDraw;
};

export type PostV1CoachingDrawResponse = PostV1CoachingDrawResponses[keyof PostV1CoachingDrawResponses];

export type GetV1CustomersData = {
  body?: never;
  path?: never;
  query?: {
    limit?: number;
  };
  url: '/v1/customers';
};

export type GetV1CustomersErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type GetV1CustomersError = GetV1CustomersErrors[keyof GetV1CustomersErrors];

export type GetV1CustomersResponses = {
  /**
   * The latest first.
   */
  200: {
    customers: Array<{
      id: string;
      identifier: {
        kind: string;
        value: string;
      } | null;
      at: number;
      channel: string | null;
      intent: string;
      family: string;
      frustration: number;
    }>;
  };
};

export type GetV1CustomersResponse = GetV1CustomersResponses[keyof GetV1CustomersResponses];

export type PostV1CustomersLookupData = {
  body: {
    identifier:
      | string
      | {
          kind:
            | 'customerNumber'
            | 'nationalId'
            | 'contract'
            | 'account'
            | 'crmContact'
            | 'login'
            | 'loyalty'
            | 'email'
            | 'phone'
            | 'cardToken'
            | 'socialHandle'
            | 'device'
            | 'cookie';
          namespace?: string;
          value: string;
        };
    limit?: number;
    cursor?: string;
    asOf?: number;
  };
  path?: never;
  query?: never;
  url: '/v1/customers/lookup';
};

export type PostV1CustomersLookupErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * Nobody has this identifier.
   */
  404: Problem;
};

export type PostV1CustomersLookupError = PostV1CustomersLookupErrors[keyof PostV1CustomersLookupErrors];

export type PostV1CustomersLookupResponses = {
  /**
   * At most five trees; further customers by their ids.
   */
  200: {
    customers: Array<CustomerTree>;
    others: Array<string>;
  };
};

export type PostV1CustomersLookupResponse = PostV1CustomersLookupResponses[keyof PostV1CustomersLookupResponses];

export type GetV1CustomersIdData = {
  body?: never;
  path: {
    /**
     * A customer id, a former one, or the id of any node or event that was ever shown.
     */
    id: string;
  };
  query?: {
    limit?: number;
    cursor?: string;
    asOf?: number;
  };
  url: '/v1/customers/{id}';
};

export type GetV1CustomersIdErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * No such id.
   */
  404: Problem;
};

export type GetV1CustomersIdError = GetV1CustomersIdErrors[keyof GetV1CustomersIdErrors];

export type GetV1CustomersIdResponses = {
  /**
   * The tree; `more.cursor` where older transactions are left out.
   */
  200: CustomerTree;
};

export type GetV1CustomersIdResponse = GetV1CustomersIdResponses[keyof GetV1CustomersIdResponses];

export type PostV1DecisionsData = {
  body: Decision;
  path?: never;
  query?: never;
  url: '/v1/decisions';
};

export type PostV1DecisionsErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * It is not possible, and why.
   */
  409: Problem;
};

export type PostV1DecisionsError = PostV1DecisionsErrors[keyof PostV1DecisionsErrors];

export type PostV1DecisionsResponses = {
  /**
   * Its effect can be read.
   */
  200: Recorded;
};

export type PostV1DecisionsResponse = PostV1DecisionsResponses[keyof PostV1DecisionsResponses];

export type DeleteV1DecisionsIdData = {
  body?: never;
  path: {
    /**
     * The id that recording answered.
     */
    id: string;
  };
  query?: never;
  url: '/v1/decisions/{id}';
};

export type DeleteV1DecisionsIdErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * Nothing has this id.
   */
  404: Problem;
};

export type DeleteV1DecisionsIdError = DeleteV1DecisionsIdErrors[keyof DeleteV1DecisionsIdErrors];

export type DeleteV1DecisionsIdResponses = {
  /**
   * As if it had never been.
   */
  200: Withdrawn;
};

export type DeleteV1DecisionsIdResponse = DeleteV1DecisionsIdResponses[keyof DeleteV1DecisionsIdResponses];

export type PostV1CorrectionsData = {
  body: Correction;
  path?: never;
  query?: never;
  url: '/v1/corrections';
};

export type PostV1CorrectionsErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * It is not possible, and why.
   */
  409: Problem;
};

export type PostV1CorrectionsError = PostV1CorrectionsErrors[keyof PostV1CorrectionsErrors];

export type PostV1CorrectionsResponses = {
  /**
   * Its effect can be read.
   */
  200: Recorded;
};

export type PostV1CorrectionsResponse = PostV1CorrectionsResponses[keyof PostV1CorrectionsResponses];

export type DeleteV1CorrectionsIdData = {
  body?: never;
  path: {
    /**
     * The id that recording answered.
     */
    id: string;
  };
  query?: never;
  url: '/v1/corrections/{id}';
};

export type DeleteV1CorrectionsIdErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * Nothing has this id.
   */
  404: Problem;
};

export type DeleteV1CorrectionsIdError = DeleteV1CorrectionsIdErrors[keyof DeleteV1CorrectionsIdErrors];

export type DeleteV1CorrectionsIdResponses = {
  /**
   * As if it had never been.
   */
  200: Withdrawn;
};

export type DeleteV1CorrectionsIdResponse = DeleteV1CorrectionsIdResponses[keyof DeleteV1CorrectionsIdResponses];

export type GetV1SettingsHierarchyData = {
  body?: never;
  path?: never;
  query?: never;
  url: '/v1/settings/hierarchy';
};

export type GetV1SettingsHierarchyErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type GetV1SettingsHierarchyError = GetV1SettingsHierarchyErrors[keyof GetV1SettingsHierarchyErrors];

export type GetV1SettingsHierarchyResponses = {
  /**
   * Settings and progress.
   */
  200: {
    settings?: HierarchySettings;
    rebuild?: {
      [key: string]: unknown;
    };
  };
};

export type GetV1SettingsHierarchyResponse = GetV1SettingsHierarchyResponses[keyof GetV1SettingsHierarchyResponses];

export type PostV1SettingsHierarchyData = {
  body: {
    settings: HierarchySettings;
    by?: string;
  };
  path?: never;
  query?: never;
  url: '/v1/settings/hierarchy';
};

export type PostV1SettingsHierarchyErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * The version is not greater than the one in force.
   */
  409: Problem;
};

export type PostV1SettingsHierarchyError = PostV1SettingsHierarchyErrors[keyof PostV1SettingsHierarchyErrors];

export type PostV1SettingsHierarchyResponses = {
  /**
   * Activated.
   */
  200:
    | {
        kind: 'activated';
        version: number;
        customers: number;
      }
    | {
        kind: 'repeated';
        version: number;
      }
    | {
        kind: 'refused';
        reason: string;
      };
};

export type PostV1SettingsHierarchyResponse = PostV1SettingsHierarchyResponses[keyof PostV1SettingsHierarchyResponses];

export type GetV1StreamData = {
  body?: never;
  path?: never;
  query: {
    topics: string;
  };
  url: '/v1/stream';
};

export type GetV1StreamErrors = {
  /**
   * A topic that does not exist.
   */
  400: Problem;
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * A customer who is not there, or out of reach.
   */
  404: Problem;
};

export type GetV1StreamError = GetV1StreamErrors[keyof GetV1StreamErrors];

export type GetV1StreamResponses = {
  /**
   * The stream; a `beat` every 15 seconds, until the session ends.
   */
  200: string;
};

export type GetV1StreamResponse = GetV1StreamResponses[keyof GetV1StreamResponses];

export type GetV1MaturityData = {
  body?: never;
  path?: never;
  query?: never;
  url: '/v1/maturity';
};

export type GetV1MaturityErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type GetV1MaturityError = GetV1MaturityErrors[keyof GetV1MaturityErrors];

export type GetV1MaturityResponses = {
  /**
   * The matrix.
   */
  200: Maturity;
};

export type GetV1MaturityResponse = GetV1MaturityResponses[keyof GetV1MaturityResponses];

export type GetV1MaturitySnapshotsData = {
  body?: never;
  path?: never;
  query?: never;
  url: '/v1/maturity/snapshots';
};

export type GetV1MaturitySnapshotsErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type GetV1MaturitySnapshotsError = GetV1MaturitySnapshotsErrors[keyof GetV1MaturitySnapshotsErrors];

export type GetV1MaturitySnapshotsResponses = {
  /**
   * The oldest first.
   */
  200: MaturitySnapshots;
};

export type GetV1MaturitySnapshotsResponse = GetV1MaturitySnapshotsResponses[keyof GetV1MaturitySnapshotsResponses];

export type PostV1MaturitySnapshotsData = {
  body?: never;
  path?: never;
  query?: never;
  url: '/v1/maturity/snapshots';
};

export type PostV1MaturitySnapshotsErrors = {
  /**
   * A field is wrong.
   */
  400: Problem;
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type PostV1MaturitySnapshotsError = PostV1MaturitySnapshotsErrors[keyof PostV1MaturitySnapshotsErrors];

export type PostV1MaturitySnapshotsResponses = {
  /**
   * Kept.
   */
  200: {
    kind: 'kept';
    id: string;
  };
};

export type PostV1MaturitySnapshotsResponse = PostV1MaturitySnapshotsResponses[keyof PostV1MaturitySnapshotsResponses];

export type PostV1MaturityAttestationsData = {
  body: {
    criterion: 'view-shared' | 'skills' | 'treatments' | 'management-use';
    holds: boolean;
    comment?: string;
    validDays?: number;
  };
  path?: never;
  query?: never;
  url: '/v1/maturity/attestations';
};

export type PostV1MaturityAttestationsErrors = {
  /**
   * A field is wrong.
   */
  400: Problem;
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type PostV1MaturityAttestationsError = PostV1MaturityAttestationsErrors[keyof PostV1MaturityAttestationsErrors];

export type PostV1MaturityAttestationsResponses = {
  /**
   * Attested until then.
   */
  200: {
    kind: 'attested';
    expiresAt: number;
  };
};

export type PostV1MaturityAttestationsResponse = PostV1MaturityAttestationsResponses[keyof PostV1MaturityAttestationsResponses];

export type PostV1MaturityAimsData = {
  body: {
    dimension: 'integration' | 'insights' | 'operations';
    claimed?: 'basic' | 'foundational' | 'advanced' | 'distinctive' | null;
    target?: 'basic' | 'foundational' | 'advanced' | 'distinctive' | null;
  };
  path?: never;
  query?: never;
  url: '/v1/maturity/aims';
};

export type PostV1MaturityAimsErrors = {
  /**
   * A field is wrong.
   */
  400: Problem;
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type PostV1MaturityAimsError = PostV1MaturityAimsErrors[keyof PostV1MaturityAimsErrors];

export type PostV1MaturityAimsResponses = {
  /**
   * Set.
   */
  200: {
    kind: 'set';
  };
};

export type PostV1MaturityAimsResponse = PostV1MaturityAimsResponses[keyof PostV1MaturityAimsResponses];

export type GetV1MenusData = {
  body?: never;
  path?: never;
  query?: {
    range?: string;
    until?: string;
    compare?: 'prev' | 'year' | 'none';
    zone?: string;
    'f.queue'?: string | Array<string>;
    'f.channel'?: string | Array<string>;
    'f.intent'?: string | Array<string>;
    'f.family'?: string | Array<string>;
    'f.agent'?: string | Array<string>;
    'f.team'?: string | Array<string>;
    'f.site'?: string | Array<string>;
    'f.segment'?: string | Array<string>;
  };
  url: '/v1/menus';
};

export type GetV1MenusErrors = {
  /**
   * A range, zone, filter, node or reason that is none.
   */
  400: Problem;
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type GetV1MenusError = GetV1MenusErrors[keyof GetV1MenusErrors];

export type GetV1MenusResponses = {
  /**
   * The nodes that most calls came to first; each share with its interval.
   */
  200: Menus;
};

export type GetV1MenusResponse = GetV1MenusResponses[keyof GetV1MenusResponses];

export type GetV1MenusOptOutsData = {
  body?: never;
  path?: never;
  query: {
    range?: string;
    until?: string;
    compare?: 'prev' | 'year' | 'none';
    zone?: string;
    'f.queue'?: string | Array<string>;
    'f.channel'?: string | Array<string>;
    'f.intent'?: string | Array<string>;
    'f.family'?: string | Array<string>;
    'f.agent'?: string | Array<string>;
    'f.team'?: string | Array<string>;
    'f.site'?: string | Array<string>;
    'f.segment'?: string | Array<string>;
    node: string;
    reason?: 'frustration' | 'question' | 'speed' | 'menuLacksIt' | 'failedRecognition' | 'unknown';
    limit?: number;
    page?: number;
  };
  url: '/v1/menus/opt-outs';
};

export type GetV1MenusOptOutsErrors = {
  /**
   * A range, zone, filter, node or reason that is none.
   */
  400: Problem;
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type GetV1MenusOptOutsError = GetV1MenusOptOutsErrors[keyof GetV1MenusOptOutsErrors];

export type GetV1MenusOptOutsResponses = {
  /**
   * A page, the latest first; only callers within the reach of who asks.
   */
  200: OptOuts;
};

export type GetV1MenusOptOutsResponse = GetV1MenusOptOutsResponses[keyof GetV1MenusOptOutsResponses];

export type GetV1MetricsData = {
  body?: never;
  path?: never;
  query?: never;
  url: '/v1/metrics';
};

export type GetV1MetricsErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type GetV1MetricsError = GetV1MetricsErrors[keyof GetV1MetricsErrors];

export type GetV1MetricsResponses = {
  /**
   * The registry.
   */
  200: MetricRegistry;
};

export type GetV1MetricsResponse = GetV1MetricsResponses[keyof GetV1MetricsResponses];

export type GetV1MetricsOverviewData = {
  body?: never;
  path?: never;
  query?: {
    range?: string;
    until?: string;
    compare?: 'prev' | 'year' | 'none';
    zone?: string;
    'f.queue'?: string | Array<string>;
    'f.channel'?: string | Array<string>;
    'f.intent'?: string | Array<string>;
    'f.family'?: string | Array<string>;
    'f.agent'?: string | Array<string>;
    'f.team'?: string | Array<string>;
    'f.site'?: string | Array<string>;
    'f.segment'?: string | Array<string>;
  };
  url: '/v1/metrics/overview';
};

export type GetV1MetricsOverviewErrors = {
  /**
   * A range, zone, filter or cursor that is none.
   */
  400: Problem;
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type GetV1MetricsOverviewError = GetV1MetricsOverviewErrors[keyof GetV1MetricsOverviewErrors];

export type GetV1MetricsOverviewResponses = {
  /**
   * Each with interval, change in words and a small line.
   */
  200: MetricOverview;
};

export type GetV1MetricsOverviewResponse = GetV1MetricsOverviewResponses[keyof GetV1MetricsOverviewResponses];

export type GetV1MetricsIdSeriesData = {
  body?: never;
  path: {
    /**
     * A metric of the registry, such as fcr.true.
     */
    id: string;
  };
  query?: {
    range?: string;
    until?: string;
    compare?: 'prev' | 'year' | 'none';
    zone?: string;
    'f.queue'?: string | Array<string>;
    'f.channel'?: string | Array<string>;
    'f.intent'?: string | Array<string>;
    'f.family'?: string | Array<string>;
    'f.agent'?: string | Array<string>;
    'f.team'?: string | Array<string>;
    'f.site'?: string | Array<string>;
    'f.segment'?: string | Array<string>;
  };
  url: '/v1/metrics/{id}/series';
};

export type GetV1MetricsIdSeriesErrors = {
  /**
   * A range, zone, filter or cursor that is none.
   */
  400: Problem;
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is no metric with this id.
   */
  404: Problem;
  /**
   * The rows of this metric do not know the dimension.
   */
  422: Problem;
};

export type GetV1MetricsIdSeriesError = GetV1MetricsIdSeriesErrors[keyof GetV1MetricsIdSeriesErrors];

export type GetV1MetricsIdSeriesResponses = {
  /**
   * Hours, days, weeks or months on the clocks of the zone.
   */
  200: MetricSeries;
};

export type GetV1MetricsIdSeriesResponse = GetV1MetricsIdSeriesResponses[keyof GetV1MetricsIdSeriesResponses];

export type GetV1MetricsIdBreakdownData = {
  body?: never;
  path: {
    /**
     * A metric of the registry, such as fcr.true.
     */
    id: string;
  };
  query: {
    range?: string;
    until?: string;
    compare?: 'prev' | 'year' | 'none';
    zone?: string;
    'f.queue'?: string | Array<string>;
    'f.channel'?: string | Array<string>;
    'f.intent'?: string | Array<string>;
    'f.family'?: string | Array<string>;
    'f.agent'?: string | Array<string>;
    'f.team'?: string | Array<string>;
    'f.site'?: string | Array<string>;
    'f.segment'?: string | Array<string>;
    by: 'queue' | 'channel' | 'intent' | 'family' | 'agent' | 'team' | 'site' | 'segment';
    with?: string;
  };
  url: '/v1/metrics/{id}/breakdown';
};

export type GetV1MetricsIdBreakdownErrors = {
  /**
   * A range, zone, filter or cursor that is none.
   */
  400: Problem;
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is no metric with this id.
   */
  404: Problem;
  /**
   * The rows of this metric do not know the dimension.
   */
  422: Problem;
};

export type GetV1MetricsIdBreakdownError = GetV1MetricsIdBreakdownErrors[keyof GetV1MetricsIdBreakdownErrors];

export type GetV1MetricsIdBreakdownResponses = {
  /**
   * The slices with most rows first.
   */
  200: MetricBreakdown;
};

export type GetV1MetricsIdBreakdownResponse = GetV1MetricsIdBreakdownResponses[keyof GetV1MetricsIdBreakdownResponses];

export type GetV1MetricsIdMovedData = {
  body?: never;
  path: {
    /**
     * A metric of the registry, such as fcr.true.
     */
    id: string;
  };
  query: {
    range?: string;
    until?: string;
    compare?: 'prev' | 'year' | 'none';
    zone?: string;
    'f.queue'?: string | Array<string>;
    'f.channel'?: string | Array<string>;
    'f.intent'?: string | Array<string>;
    'f.family'?: string | Array<string>;
    'f.agent'?: string | Array<string>;
    'f.team'?: string | Array<string>;
    'f.site'?: string | Array<string>;
    'f.segment'?: string | Array<string>;
    by: 'queue' | 'channel' | 'intent' | 'family' | 'agent' | 'team' | 'site' | 'segment';
  };
  url: '/v1/metrics/{id}/moved';
};

export type GetV1MetricsIdMovedErrors = {
  /**
   * A range, zone, filter or cursor that is none.
   */
  400: Problem;
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is no metric with this id.
   */
  404: Problem;
  /**
   * The rows of this metric do not know the dimension.
   */
  422: Problem;
};

export type GetV1MetricsIdMovedError = GetV1MetricsIdMovedErrors[keyof GetV1MetricsIdMovedErrors];

export type GetV1MetricsIdMovedResponses = {
  /**
   * Mix and rate of each slice; they sum to the change.
   */
  200: MetricMoved;
};

export type GetV1MetricsIdMovedResponse = GetV1MetricsIdMovedResponses[keyof GetV1MetricsIdMovedResponses];

export type GetV1MetricsIdRowsData = {
  body?: never;
  path: {
    /**
     * A metric of the registry, such as fcr.true.
     */
    id: string;
  };
  query?: {
    range?: string;
    until?: string;
    compare?: 'prev' | 'year' | 'none';
    zone?: string;
    'f.queue'?: string | Array<string>;
    'f.channel'?: string | Array<string>;
    'f.intent'?: string | Array<string>;
    'f.family'?: string | Array<string>;
    'f.agent'?: string | Array<string>;
    'f.team'?: string | Array<string>;
    'f.site'?: string | Array<string>;
    'f.segment'?: string | Array<string>;
    only?: 'numerator' | 'rest';
    bucket?: number;
    limit?: number;
    page?: number;
    cursor?: string;
  };
  url: '/v1/metrics/{id}/rows';
};

export type GetV1MetricsIdRowsErrors = {
  /**
   * A range, zone, filter or cursor that is none.
   */
  400: Problem;
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is no metric with this id.
   */
  404: Problem;
  /**
   * The rows of this metric do not know the dimension.
   */
  422: Problem;
};

export type GetV1MetricsIdRowsError = GetV1MetricsIdRowsErrors[keyof GetV1MetricsIdRowsErrors];

export type GetV1MetricsIdRowsResponses = {
  /**
   * A page, the newest first; `total` is n of the number.
   */
  200: MetricRows;
};

export type GetV1MetricsIdRowsResponse = GetV1MetricsIdRowsResponses[keyof GetV1MetricsIdRowsResponses];

export type GetV1MetricsIdRowsCsvData = {
  body?: never;
  path: {
    /**
     * A metric of the registry, such as fcr.true.
     */
    id: string;
  };
  query?: {
    range?: string;
    until?: string;
    compare?: 'prev' | 'year' | 'none';
    zone?: string;
    'f.queue'?: string | Array<string>;
    'f.channel'?: string | Array<string>;
    'f.intent'?: string | Array<string>;
    'f.family'?: string | Array<string>;
    'f.agent'?: string | Array<string>;
    'f.team'?: string | Array<string>;
    'f.site'?: string | Array<string>;
    'f.segment'?: string | Array<string>;
    only?: 'numerator' | 'rest';
    bucket?: number;
  };
  url: '/v1/metrics/{id}/rows.csv';
};

export type GetV1MetricsIdRowsCsvErrors = {
  /**
   * A range, zone, filter or cursor that is none.
   */
  400: Problem;
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is no metric with this id.
   */
  404: Problem;
  /**
   * The rows of this metric do not know the dimension.
   */
  422: Problem;
};

export type GetV1MetricsIdRowsCsvError = GetV1MetricsIdRowsCsvErrors[keyof GetV1MetricsIdRowsCsvErrors];

export type GetV1MetricsIdRowsCsvResponses = {
  /**
   * RFC 4180, streamed, never cut.
   */
  200: string;
};

export type GetV1MetricsIdRowsCsvResponse = GetV1MetricsIdRowsCsvResponses[keyof GetV1MetricsIdRowsCsvResponses];

export type GetV1QualityQueueData = {
  body?: never;
  path?: never;
  query?: {
    state?: 'open' | 'mine' | 'done' | 'all';
    reason?: 'lowEmpathy' | 'differs' | 'randomSample';
  };
  url: '/v1/quality/queue';
};

export type GetV1QualityQueueErrors = {
  /**
   * A field is wrong.
   */
  400: Problem;
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type GetV1QualityQueueError = GetV1QualityQueueErrors[keyof GetV1QualityQueueErrors];

export type GetV1QualityQueueResponses = {
  /**
   * The lowest ratings first.
   */
  200: ReviewQueue;
};

export type GetV1QualityQueueResponse = GetV1QualityQueueResponses[keyof GetV1QualityQueueResponses];

export type GetV1QualityReviewsAnchorData = {
  body?: never;
  path: {
    /**
     * Anchor event of the engagement.
     */
    anchor: string;
  };
  query?: never;
  url: '/v1/quality/reviews/{anchor}';
};

export type GetV1QualityReviewsAnchorErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is none, or no agent of the caller’s teams took part.
   */
  404: Problem;
};

export type GetV1QualityReviewsAnchorError = GetV1QualityReviewsAnchorErrors[keyof GetV1QualityReviewsAnchorErrors];

export type GetV1QualityReviewsAnchorResponses = {
  /**
   * The review.
   */
  200: Review;
};

export type GetV1QualityReviewsAnchorResponse = GetV1QualityReviewsAnchorResponses[keyof GetV1QualityReviewsAnchorResponses];

export type PostV1QualityReviewsAnchorData = {
  body: {
    version: number;
    deed:
      | {
          kind: 'assign';
        }
      | {
          kind: 'release';
        }
      | {
          kind: 'reopen';
        }
      | {
          kind: 'skip';
          reason: string;
        }
      | {
          kind: 'finish';
          note?: string | null;
          findings?: Array<{
            id?: string;
            cause: 'people' | 'process' | 'technology';
            agent: string | null;
            eventId: string | null;
            note: string | null;
          }>;
          empathy?: Array<{
            agent: string;
            value: number;
          }>;
        };
  };
  path: {
    /**
     * Anchor event of the engagement.
     */
    anchor: string;
  };
  query?: never;
  url: '/v1/quality/reviews/{anchor}';
};

export type PostV1QualityReviewsAnchorErrors = {
  /**
   * A field is wrong.
   */
  400: Problem;
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is none, or no agent of the caller’s teams took part.
   */
  404: Problem;
  /**
   * It is not possible, and why; or somebody was faster.
   */
  409: Problem;
};

export type PostV1QualityReviewsAnchorError = PostV1QualityReviewsAnchorErrors[keyof PostV1QualityReviewsAnchorErrors];

export type PostV1QualityReviewsAnchorResponses = {
  /**
   * Done.
   */
  200: ReviewDone;
};

export type PostV1QualityReviewsAnchorResponse = PostV1QualityReviewsAnchorResponses[keyof PostV1QualityReviewsAnchorResponses];

export type GetV1QualityGapData = {
  body?: never;
  path?: never;
  query?: {
    days?: number;
  };
  url: '/v1/quality/gap';
};

export type GetV1QualityGapErrors = {
  /**
   * A field is wrong.
   */
  400: Problem;
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type GetV1QualityGapError = GetV1QualityGapErrors[keyof GetV1QualityGapErrors];

export type GetV1QualityGapResponses = {
  /**
   * Of the agents in scope.
   */
  200: EmpathyGaps;
};

export type GetV1QualityGapResponse = GetV1QualityGapResponses[keyof GetV1QualityGapResponses];

export type GetV1SegmentsData = {
  body?: never;
  path?: never;
  query?: {
    retired?: string;
  };
  url: '/v1/segments';
};

export type GetV1SegmentsErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type GetV1SegmentsError = GetV1SegmentsErrors[keyof GetV1SegmentsErrors];

export type GetV1SegmentsResponses = {
  /**
   * By name.
   */
  200: Segments;
};

export type GetV1SegmentsResponse = GetV1SegmentsResponses[keyof GetV1SegmentsResponses];

export type PostV1SegmentsData = {
  body: {
    id?: string;
    name: string;
    description?: string;
    rule: {
      version: 1;
      [key: string]: unknown;
    };
  };
  path?: never;
  query?: never;
  url: '/v1/segments';
};

export type PostV1SegmentsErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * It is not possible, and why; of a conflict `errors[0].theirs` is the draft as it stands.
   */
  409: Problem;
  /**
   * No revision was named.
   */
  428: Problem;
  /**
   * Scoring is away: send the same again.
   */
  503: Problem;
};

export type PostV1SegmentsError = PostV1SegmentsErrors[keyof PostV1SegmentsErrors];

export type PostV1SegmentsResponses = {
  /**
   * Its id and revision.
   */
  201: SegmentSaved;
};

export type PostV1SegmentsResponse = PostV1SegmentsResponses[keyof PostV1SegmentsResponses];

export type GetV1SegmentsValuesData = {
  body?: never;
  path?: never;
  query: {
    thing: 'customer' | 'contact' | 'engagement' | 'queueStay' | 'menuVisit' | 'answer';
    field: string;
    search?: string;
  };
  url: '/v1/segments/values';
};

export type GetV1SegmentsValuesErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type GetV1SegmentsValuesError = GetV1SegmentsValuesErrors[keyof GetV1SegmentsValuesErrors];

export type GetV1SegmentsValuesResponses = {
  /**
   * The most frequent first.
   */
  200: SegmentValues;
};

export type GetV1SegmentsValuesResponse = GetV1SegmentsValuesResponses[keyof GetV1SegmentsValuesResponses];

export type PostV1SegmentsPreviewData = {
  body: {
    segmentId?: string;
    rule: {
      version: 1;
      [key: string]: unknown;
    };
    exact?: boolean;
  };
  path?: never;
  query?: never;
  url: '/v1/segments/preview';
};

export type PostV1SegmentsPreviewErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * The rule cannot be run, and why.
   */
  409: Problem;
  /**
   * Thirty a minute for a user, four at once in all.
   */
  429: Problem;
  /**
   * Scoring is away: send the same again.
   */
  503: Problem;
};

export type PostV1SegmentsPreviewError = PostV1SegmentsPreviewErrors[keyof PostV1SegmentsPreviewErrors];

export type PostV1SegmentsPreviewResponses = {
  /**
   * A size with a 95 % interval, and of each rule how many of the sample it holds for.
   */
  200: SegmentPreview;
};

export type PostV1SegmentsPreviewResponse = PostV1SegmentsPreviewResponses[keyof PostV1SegmentsPreviewResponses];

export type GetV1SegmentsFactsCustomerIdData = {
  body?: never;
  path: {
    /**
     * A customer.
     */
    customerId: string;
  };
  query?: never;
  url: '/v1/segments/facts/{customerId}';
};

export type GetV1SegmentsFactsCustomerIdErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is no such segment, or no such customer within reach.
   */
  404: Problem;
};

export type GetV1SegmentsFactsCustomerIdError = GetV1SegmentsFactsCustomerIdErrors[keyof GetV1SegmentsFactsCustomerIdErrors];

export type GetV1SegmentsFactsCustomerIdResponses = {
  /**
   * The facts.
   */
  200: SegmentFacts;
};

export type GetV1SegmentsFactsCustomerIdResponse = GetV1SegmentsFactsCustomerIdResponses[keyof GetV1SegmentsFactsCustomerIdResponses];

export type GetV1SegmentsIdData = {
  body?: never;
  path: {
    /**
     * A segment.
     */
    id: string;
  };
  query?: never;
  url: '/v1/segments/{id}';
};

export type GetV1SegmentsIdErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is no such segment, or no such customer within reach.
   */
  404: Problem;
};

export type GetV1SegmentsIdError = GetV1SegmentsIdErrors[keyof GetV1SegmentsIdErrors];

export type GetV1SegmentsIdResponses = {
  /**
   * The segment.
   */
  200: Segment;
};

export type GetV1SegmentsIdResponse = GetV1SegmentsIdResponses[keyof GetV1SegmentsIdResponses];

export type PutV1SegmentsIdData = {
  body: {
    name: string;
    description?: string;
    rule: {
      version: 1;
      [key: string]: unknown;
    };
    basedOn?: number;
  };
  headers?: {
    /**
     * The revision that was changed; `basedOn` in the body says the same.
     */
    'If-Match'?: string;
  };
  path: {
    /**
     * A segment.
     */
    id: string;
  };
  query?: never;
  url: '/v1/segments/{id}';
};

export type PutV1SegmentsIdErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is no such segment, or no such customer within reach.
   */
  404: Problem;
  /**
   * It is not possible, and why; of a conflict `errors[0].theirs` is the draft as it stands.
   */
  409: Problem;
  /**
   * No revision was named.
   */
  428: Problem;
  /**
   * Scoring is away: send the same again.
   */
  503: Problem;
};

export type PutV1SegmentsIdError = PutV1SegmentsIdErrors[keyof PutV1SegmentsIdErrors];

export type PutV1SegmentsIdResponses = {
  /**
   * The new revision.
   */
  200: SegmentSaved;
};

export type PutV1SegmentsIdResponse = PutV1SegmentsIdResponses[keyof PutV1SegmentsIdResponses];

export type PostV1SegmentsIdPublishData = {
  body: {
    note: string;
    basedOn?: number;
  };
  headers?: {
    /**
     * The revision that was changed; `basedOn` in the body says the same.
     */
    'If-Match'?: string;
  };
  path: {
    /**
     * A segment.
     */
    id: string;
  };
  query?: never;
  url: '/v1/segments/{id}/publish';
};

export type PostV1SegmentsIdPublishErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is no such segment, or no such customer within reach.
   */
  404: Problem;
  /**
   * It is not possible, and why; of a conflict `errors[0].theirs` is the draft as it stands.
   */
  409: Problem;
  /**
   * No revision was named.
   */
  428: Problem;
  /**
   * Scoring is away: send the same again.
   */
  503: Problem;
};

export type PostV1SegmentsIdPublishError = PostV1SegmentsIdPublishErrors[keyof PostV1SegmentsIdPublishErrors];

export type PostV1SegmentsIdPublishResponses = {
  /**
   * Published, or waiting.
   */
  200: SegmentPublished;
};

export type PostV1SegmentsIdPublishResponse = PostV1SegmentsIdPublishResponses[keyof PostV1SegmentsIdPublishResponses];

export type GetV1SegmentsIdVersionsData = {
  body?: never;
  path: {
    /**
     * A segment.
     */
    id: string;
  };
  query?: never;
  url: '/v1/segments/{id}/versions';
};

export type GetV1SegmentsIdVersionsErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is no such segment, or no such customer within reach.
   */
  404: Problem;
};

export type GetV1SegmentsIdVersionsError = GetV1SegmentsIdVersionsErrors[keyof GetV1SegmentsIdVersionsErrors];

export type GetV1SegmentsIdVersionsResponses = {
  /**
   * The newest first.
   */
  200: SegmentVersions;
};

export type GetV1SegmentsIdVersionsResponse = GetV1SegmentsIdVersionsResponses[keyof GetV1SegmentsIdVersionsResponses];

export type PostV1SegmentsIdRestoreData = {
  body: {
    version: number;
    basedOn?: number;
  };
  headers?: {
    /**
     * The revision that was changed; `basedOn` in the body says the same.
     */
    'If-Match'?: string;
  };
  path: {
    /**
     * A segment.
     */
    id: string;
  };
  query?: never;
  url: '/v1/segments/{id}/restore';
};

export type PostV1SegmentsIdRestoreErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is no such segment, or no such customer within reach.
   */
  404: Problem;
  /**
   * It is not possible, and why; of a conflict `errors[0].theirs` is the draft as it stands.
   */
  409: Problem;
  /**
   * No revision was named.
   */
  428: Problem;
  /**
   * Scoring is away: send the same again.
   */
  503: Problem;
};

export type PostV1SegmentsIdRestoreError = PostV1SegmentsIdRestoreErrors[keyof PostV1SegmentsIdRestoreErrors];

export type PostV1SegmentsIdRestoreResponses = {
  /**
   * The new revision.
   */
  200: SegmentSaved;
};

export type PostV1SegmentsIdRestoreResponse = PostV1SegmentsIdRestoreResponses[keyof PostV1SegmentsIdRestoreResponses];

export type PostV1SegmentsIdRetireData = {
  body: {
    retired: boolean;
  };
  path: {
    /**
     * A segment.
     */
    id: string;
  };
  query?: never;
  url: '/v1/segments/{id}/retire';
};

export type PostV1SegmentsIdRetireErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is no such segment, or no such customer within reach.
   */
  404: Problem;
  /**
   * Another segment asks for it.
   */
  409: Problem;
  /**
   * Scoring is away: send the same again.
   */
  503: Problem;
};

export type PostV1SegmentsIdRetireError = PostV1SegmentsIdRetireErrors[keyof PostV1SegmentsIdRetireErrors];

export type PostV1SegmentsIdRetireResponses = {
  /**
   * Done.
   */
  200: {
    retired: boolean;
  };
};

export type PostV1SegmentsIdRetireResponse = PostV1SegmentsIdRetireResponses[keyof PostV1SegmentsIdRetireResponses];

export type GetV1SegmentsIdMembersData = {
  body?: never;
  path: {
    /**
     * A segment.
     */
    id: string;
  };
  query?: {
    page?: number;
    limit?: number;
  };
  url: '/v1/segments/{id}/members';
};

export type GetV1SegmentsIdMembersErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is no such segment, or no such customer within reach.
   */
  404: Problem;
};

export type GetV1SegmentsIdMembersError = GetV1SegmentsIdMembersErrors[keyof GetV1SegmentsIdMembersErrors];

export type GetV1SegmentsIdMembersResponses = {
  /**
   * Those who came last first.
   */
  200: SegmentMembers;
};

export type GetV1SegmentsIdMembersResponse = GetV1SegmentsIdMembersResponses[keyof GetV1SegmentsIdMembersResponses];

export type GetV1SegmentsIdMembersCsvData = {
  body?: never;
  path: {
    /**
     * A segment.
     */
    id: string;
  };
  query?: never;
  url: '/v1/segments/{id}/members.csv';
};

export type GetV1SegmentsIdMembersCsvErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is no such segment, or no such customer within reach.
   */
  404: Problem;
};

export type GetV1SegmentsIdMembersCsvError = GetV1SegmentsIdMembersCsvErrors[keyof GetV1SegmentsIdMembersCsvErrors];

export type GetV1SegmentsIdMembersCsvResponses = {
  /**
   * RFC 4180, streamed, never cut.
   */
  200: string;
};

export type GetV1SegmentsIdMembersCsvResponse = GetV1SegmentsIdMembersCsvResponses[keyof GetV1SegmentsIdMembersCsvResponses];

export type GetV1SegmentsIdWhyCustomerIdData = {
  body?: never;
  path: {
    /**
     * A segment.
     */
    id: string;
    /**
     * A customer.
     */
    customerId: string;
  };
  query?: never;
  url: '/v1/segments/{id}/why/{customerId}';
};

export type GetV1SegmentsIdWhyCustomerIdErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is no such segment, or no such customer within reach.
   */
  404: Problem;
};

export type GetV1SegmentsIdWhyCustomerIdError = GetV1SegmentsIdWhyCustomerIdErrors[keyof GetV1SegmentsIdWhyCustomerIdErrors];

export type GetV1SegmentsIdWhyCustomerIdResponses = {
  /**
   * Each node of the rule in force, with what was found.
   */
  200: SegmentWhy;
};

export type GetV1SegmentsIdWhyCustomerIdResponse = GetV1SegmentsIdWhyCustomerIdResponses[keyof GetV1SegmentsIdWhyCustomerIdResponses];

export type GetV1SourcesData = {
  body?: never;
  path?: never;
  query?: never;
  url: '/v1/sources';
};

export type GetV1SourcesErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type GetV1SourcesError = GetV1SourcesErrors[keyof GetV1SourcesErrors];

export type GetV1SourcesResponses = {
  /**
   * By name.
   */
  200: Sources;
};

export type GetV1SourcesResponse = GetV1SourcesResponses[keyof GetV1SourcesResponses];

export type GetV1SourcesEventsData = {
  body?: never;
  path?: never;
  query?: {
    source?: string;
    type?: string;
    customer?: string;
    cursor?: string;
    before?: string;
    limit?: number;
  };
  url: '/v1/sources/events';
};

export type GetV1SourcesEventsErrors = {
  /**
   * A field or the cursor is wrong.
   */
  400: Problem;
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type GetV1SourcesEventsError = GetV1SourcesEventsErrors[keyof GetV1SourcesEventsErrors];

export type GetV1SourcesEventsResponses = {
  /**
   * The newest, what arrived since the cursor, or what arrived before an event.
   */
  200: ArrivedEvents;
};

export type GetV1SourcesEventsResponse = GetV1SourcesEventsResponses[keyof GetV1SourcesEventsResponses];

export type GetV1SourcesEventsIdData = {
  body?: never;
  path: {
    /**
     * An event.
     */
    id: string;
  };
  query?: never;
  url: '/v1/sources/events/{id}';
};

export type GetV1SourcesEventsIdErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is none with this id.
   */
  404: Problem;
};

export type GetV1SourcesEventsIdError = GetV1SourcesEventsIdErrors[keyof GetV1SourcesEventsIdErrors];

export type GetV1SourcesEventsIdResponses = {
  /**
   * The event.
   */
  200: ArrivedEvent;
};

export type GetV1SourcesEventsIdResponse = GetV1SourcesEventsIdResponses[keyof GetV1SourcesEventsIdResponses];

export type GetV1SourcesQuarantineData = {
  body?: never;
  path?: never;
  query?: never;
  url: '/v1/sources/quarantine';
};

export type GetV1SourcesQuarantineErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type GetV1SourcesQuarantineError = GetV1SourcesQuarantineErrors[keyof GetV1SourcesQuarantineErrors];

export type GetV1SourcesQuarantineResponses = {
  /**
   * The most frequent first.
   */
  200: QuarantineGroups;
};

export type GetV1SourcesQuarantineResponse = GetV1SourcesQuarantineResponses[keyof GetV1SourcesQuarantineResponses];

export type GetV1SourcesQuarantineItemsData = {
  body?: never;
  path?: never;
  query?: {
    source?: string;
    reason?:
      | 'too_deep'
      | 'ambiguous'
      | 'forbidden_key'
      | 'number_out_of_range'
      | 'invalid'
      | 'time_out_of_range'
      | 'too_far_ahead'
      | 'too_old'
      | 'negative_span'
      | 'id_conflict';
    state?: 'open' | 'replayed';
    cursor?: string;
    limit?: number;
  };
  url: '/v1/sources/quarantine/items';
};

export type GetV1SourcesQuarantineItemsErrors = {
  /**
   * A field or the cursor is wrong.
   */
  400: Problem;
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type GetV1SourcesQuarantineItemsError = GetV1SourcesQuarantineItemsErrors[keyof GetV1SourcesQuarantineItemsErrors];

export type GetV1SourcesQuarantineItemsResponses = {
  /**
   * The oldest first.
   */
  200: QuarantineItems;
};

export type GetV1SourcesQuarantineItemsResponse = GetV1SourcesQuarantineItemsResponses[keyof GetV1SourcesQuarantineItemsResponses];

export type GetV1SourcesQuarantineItemsIdData = {
  body?: never;
  path: {
    /**
     * A kept item.
     */
    id: string;
  };
  query?: never;
  url: '/v1/sources/quarantine/items/{id}';
};

export type GetV1SourcesQuarantineItemsIdErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is none with this id.
   */
  404: Problem;
};

export type GetV1SourcesQuarantineItemsIdError = GetV1SourcesQuarantineItemsIdErrors[keyof GetV1SourcesQuarantineItemsIdErrors];

export type GetV1SourcesQuarantineItemsIdResponses = {
  /**
   * The item.
   */
  200: QuarantineRecord;
};

export type GetV1SourcesQuarantineItemsIdResponse = GetV1SourcesQuarantineItemsIdResponses[keyof GetV1SourcesQuarantineItemsIdResponses];

export type PostV1SourcesQuarantineReplayData = {
  body: {
    ids: Array<string>;
    edit?: {
      [key: string]: unknown;
    };
    dryRun?: boolean;
  };
  path?: never;
  query?: never;
  url: '/v1/sources/quarantine/replay';
};

export type PostV1SourcesQuarantineReplayErrors = {
  /**
   * A field or the cursor is wrong.
   */
  400: Problem;
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type PostV1SourcesQuarantineReplayError = PostV1SourcesQuarantineReplayErrors[keyof PostV1SourcesQuarantineReplayErrors];

export type PostV1SourcesQuarantineReplayResponses = {
  /**
   * What became of each.
   */
  200: ReplayResult;
};

export type PostV1SourcesQuarantineReplayResponse = PostV1SourcesQuarantineReplayResponses[keyof PostV1SourcesQuarantineReplayResponses];

export type GetV1StatusData = {
  body?: never;
  path?: never;
  query?: never;
  url: '/v1/status';
};

export type GetV1StatusErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type GetV1StatusError = GetV1StatusErrors[keyof GetV1StatusErrors];

export type GetV1StatusResponses = {
  /**
   * Counts.
   */
  200: {
    [key: string]: unknown;
  };
};

export type GetV1StatusResponse = GetV1StatusResponses[keyof GetV1StatusResponses];

export type GetV1ReviewsData = {
  body?: never;
  path?: never;
  query?: never;
  url: '/v1/reviews';
};

export type GetV1ReviewsErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type GetV1ReviewsError = GetV1ReviewsErrors[keyof GetV1ReviewsErrors];

export type GetV1ReviewsResponses = {
  /**
   * Items.
   */
  200: {
    [key: string]: unknown;
  };
};

export type GetV1ReviewsResponse = GetV1ReviewsResponses[keyof GetV1ReviewsResponses];

export type GetV1SurveysSettingsData = {
  body?: never;
  path?: never;
  query?: never;
  url: '/v1/surveys/settings';
};

export type GetV1SurveysSettingsErrors = {
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type GetV1SurveysSettingsError = GetV1SurveysSettingsErrors[keyof GetV1SurveysSettingsErrors];

export type GetV1SurveysSettingsResponses = {
  /**
   * What holds now.
   */
  200: SurveySettings;
};

export type GetV1SurveysSettingsResponse = GetV1SurveysSettingsResponses[keyof GetV1SurveysSettingsResponses];

export type PutV1SurveysSettingsData = {
  body: {
    version: number;
    settings: {
      rule: string;
      askAfter: Array<'resolved' | 'sold' | 'lost' | 'cancelled' | 'abandoned'>;
      samplePerMille: number;
      delayMs: number;
      notAfterMs: number;
      fatigue: {
        windowMs: number;
        surveys: number;
      };
      quiet: {
        zone: string;
        fromMinute: number;
        untilMinute: number;
        weekends: boolean;
      };
      expiryMs: number;
      editMs: number;
      form: 'short' | 'long';
      ask: {
        csat: boolean;
        effort: boolean;
        nps: boolean;
        solved: boolean;
      };
      touchPoints: number;
      language: 'en' | 'de';
      recovery: {
        csatAtMost: number;
        npsAtMost: number;
        empathyAtMost: number;
        firstContactMs: number;
        endMs: number;
      };
      review: {
        empathyAtMost: number;
        differsBy: number;
        randomPerMille: number;
        dueMs: number;
      };
      shown: {
        valuesFrom: number;
        commentsFrom: number;
        orderFrom: number;
      };
    };
  };
  path?: never;
  query?: never;
  url: '/v1/surveys/settings';
};

export type PutV1SurveysSettingsErrors = {
  /**
   * A field is wrong.
   */
  400: Problem;
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * It is not possible, and why; or somebody was faster.
   */
  409: Problem;
};

export type PutV1SurveysSettingsError = PutV1SurveysSettingsErrors[keyof PutV1SurveysSettingsErrors];

export type PutV1SurveysSettingsResponses = {
  /**
   * What holds now.
   */
  200: SurveySettings;
};

export type PutV1SurveysSettingsResponse = PutV1SurveysSettingsResponses[keyof PutV1SurveysSettingsResponses];

export type GetV1SurveysResultsData = {
  body?: never;
  path?: never;
  query?: {
    days?: number;
  };
  url: '/v1/surveys/results';
};

export type GetV1SurveysResultsErrors = {
  /**
   * A field is wrong.
   */
  400: Problem;
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type GetV1SurveysResultsError = GetV1SurveysResultsErrors[keyof GetV1SurveysResultsErrors];

export type GetV1SurveysResultsResponses = {
  /**
   * Of the agents in scope; too few answers are hidden.
   */
  200: SurveyResults;
};

export type GetV1SurveysResultsResponse = GetV1SurveysResultsResponses[keyof GetV1SurveysResultsResponses];

export type GetV1SurveysCommentsData = {
  body?: never;
  path?: never;
  query?: {
    days?: number;
  };
  url: '/v1/surveys/comments';
};

export type GetV1SurveysCommentsErrors = {
  /**
   * A field is wrong.
   */
  400: Problem;
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type GetV1SurveysCommentsError = GetV1SurveysCommentsErrors[keyof GetV1SurveysCommentsErrors];

export type GetV1SurveysCommentsResponses = {
  /**
   * The newest first; none while too few have answered.
   */
  200: SurveyComments;
};

export type GetV1SurveysCommentsResponse = GetV1SurveysCommentsResponses[keyof GetV1SurveysCommentsResponses];

export type PostV1SurveysLinksData = {
  body: {
    eventId: string;
  };
  path?: never;
  query?: never;
  url: '/v1/surveys/links';
};

export type PostV1SurveysLinksErrors = {
  /**
   * A field is wrong.
   */
  400: Problem;
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * No engagement holds this event, or none of the caller’s teams.
   */
  404: Problem;
  /**
   * It is not possible, and why; or somebody was faster.
   */
  409: Problem;
};

export type PostV1SurveysLinksError = PostV1SurveysLinksErrors[keyof PostV1SurveysLinksErrors];

export type PostV1SurveysLinksResponses = {
  /**
   * Said once.
   */
  200: SurveyLink;
};

export type PostV1SurveysLinksResponse = PostV1SurveysLinksResponses[keyof PostV1SurveysLinksResponses];

export type GetV1CasesData = {
  body?: never;
  path?: never;
  query?: {
    state?: 'open' | 'over' | 'all';
  };
  url: '/v1/cases';
};

export type GetV1CasesErrors = {
  /**
   * A field is wrong.
   */
  400: Problem;
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
};

export type GetV1CasesError = GetV1CasesErrors[keyof GetV1CasesErrors];

export type GetV1CasesResponses = {
  /**
   * Of the agents in scope.
   */
  200: RecoveryCases;
};

export type GetV1CasesResponse = GetV1CasesResponses[keyof GetV1CasesResponses];

export type PostV1CasesAnchorStepsData = {
  body: {
    id?: string;
    kind: 'assigned' | 'tried' | 'contacted' | 'gesture' | 'askedAgain' | 'recovered' | 'notRecovered' | 'reopened';
    owner?: string;
    note?: string;
  };
  path: {
    /**
     * Anchor event of the engagement it is about.
     */
    anchor: string;
  };
  query?: never;
  url: '/v1/cases/{anchor}/steps';
};

export type PostV1CasesAnchorStepsErrors = {
  /**
   * A field is wrong.
   */
  400: Problem;
  /**
   * Nobody is signed in, and no known token was sent.
   */
  401: Problem;
  /**
   * The caller may not do that.
   */
  403: Problem;
  /**
   * There is none, or none of the caller’s teams.
   */
  404: Problem;
  /**
   * It is not possible, and why; or somebody was faster.
   */
  409: Problem;
};

export type PostV1CasesAnchorStepsError = PostV1CasesAnchorStepsErrors[keyof PostV1CasesAnchorStepsErrors];

export type PostV1CasesAnchorStepsResponses = {
  /**
   * Taken.
   */
  200: CaseStepTaken;
};

export type PostV1CasesAnchorStepsResponse = PostV1CasesAnchorStepsResponses[keyof PostV1CasesAnchorStepsResponses];

export interface Paths {
  '/v1/session': {
    get: { data: GetV1SessionData; responses: GetV1SessionResponses };
    post: { data: PostV1SessionData; responses: PostV1SessionResponses };
    delete: { data: DeleteV1SessionData; responses: DeleteV1SessionResponses };
  };
  '/v1/sessions': { get: { data: GetV1SessionsData; responses: GetV1SessionsResponses } };
  '/v1/sessions/{id}': { delete: { data: DeleteV1SessionsIdData; responses: DeleteV1SessionsIdResponses } };
  '/v1/password': { put: { data: PutV1PasswordData; responses: PutV1PasswordResponses } };
  '/v1/first-admin': {
    get: { data: GetV1FirstAdminData; responses: GetV1FirstAdminResponses };
    post: { data: PostV1FirstAdminData; responses: PostV1FirstAdminResponses };
  };
  '/v1/invitations': { post: { data: PostV1InvitationsData; responses: PostV1InvitationsResponses } };
  '/v1/invitations/look': { post: { data: PostV1InvitationsLookData; responses: PostV1InvitationsLookResponses } };
  '/v1/invitations/accept': { post: { data: PostV1InvitationsAcceptData; responses: PostV1InvitationsAcceptResponses } };
  '/v1/invitations/{id}': { delete: { data: DeleteV1InvitationsIdData; responses: DeleteV1InvitationsIdResponses } };
  '/v1/users': { get: { data: GetV1UsersData; responses: GetV1UsersResponses } };
  '/v1/users/{id}': { put: { data: PutV1UsersIdData; responses: PutV1UsersIdResponses } };
  '/v1/users/{id}/disable': { post: { data: PostV1UsersIdDisableData; responses: PostV1UsersIdDisableResponses } };
  '/v1/users/{id}/enable': { post: { data: PostV1UsersIdEnableData; responses: PostV1UsersIdEnableResponses } };
  '/v1/users/{id}/sessions': {
    get: { data: GetV1UsersIdSessionsData; responses: GetV1UsersIdSessionsResponses };
    delete: { data: DeleteV1UsersIdSessionsData; responses: DeleteV1UsersIdSessionsResponses };
  };
  '/v1/users/{id}/sessions/{session}': { delete: { data: DeleteV1UsersIdSessionsSessionData; responses: DeleteV1UsersIdSessionsSessionResponses } };
  '/v1/teams': { get: { data: GetV1TeamsData; responses: GetV1TeamsResponses }; put: { data: PutV1TeamsData; responses: PutV1TeamsResponses } };
  '/v1/agents': { get: { data: GetV1AgentsData; responses: GetV1AgentsResponses }; put: { data: PutV1AgentsData; responses: PutV1AgentsResponses } };
  '/v1/agents/{id}': { delete: { data: DeleteV1AgentsIdData; responses: DeleteV1AgentsIdResponses } };
  '/v1/keys': { get: { data: GetV1KeysData; responses: GetV1KeysResponses }; post: { data: PostV1KeysData; responses: PostV1KeysResponses } };
  '/v1/keys/{id}': { delete: { data: DeleteV1KeysIdData; responses: DeleteV1KeysIdResponses } };
  '/v1/keys/{id}/rotate': { post: { data: PostV1KeysIdRotateData; responses: PostV1KeysIdRotateResponses } };
  '/v1/audit': { get: { data: GetV1AuditData; responses: GetV1AuditResponses } };
  '/v1/audit.csv': { get: { data: GetV1AuditCsvData; responses: GetV1AuditCsvResponses } };
  '/v1/audit/verify': { get: { data: GetV1AuditVerifyData; responses: GetV1AuditVerifyResponses } };
  '/v1/coaching/opportunities': { get: { data: GetV1CoachingOpportunitiesData; responses: GetV1CoachingOpportunitiesResponses } };
  '/v1/coaching/agents/{agent}/contacts': { get: { data: GetV1CoachingAgentsAgentContactsData; responses: GetV1CoachingAgentsAgentContactsResponses } };
  '/v1/coaching/plans': {
    get: { data: GetV1CoachingPlansData; responses: GetV1CoachingPlansResponses };
    post: { data: PostV1CoachingPlansData; responses: PostV1CoachingPlansResponses };
  };
  '/v1/coaching/plans/{id}': { get: { data: GetV1CoachingPlansIdData; responses: GetV1CoachingPlansIdResponses } };
  '/v1/coaching/plans/{id}/effect': { get: { data: GetV1CoachingPlansIdEffectData; responses: GetV1CoachingPlansIdEffectResponses } };
  '/v1/coaching/plans/{id}/steps': { post: { data: PostV1CoachingPlansIdStepsData; responses: PostV1CoachingPlansIdStepsResponses } };
  '/v1/coaching/draw': { post: { data: PostV1CoachingDrawData; responses: PostV1CoachingDrawResponses } };
  '/v1/customers': { get: { data: GetV1CustomersData; responses: GetV1CustomersResponses } };
  '/v1/customers/lookup': { post: { data: PostV1CustomersLookupData; responses: PostV1CustomersLookupResponses } };
  '/v1/customers/{id}': { get: { data: GetV1CustomersIdData; responses: GetV1CustomersIdResponses } };
  '/v1/decisions': { post: { data: PostV1DecisionsData; responses: PostV1DecisionsResponses } };
  '/v1/decisions/{id}': { delete: { data: DeleteV1DecisionsIdData; responses: DeleteV1DecisionsIdResponses } };
  '/v1/corrections': { post: { data: PostV1CorrectionsData; responses: PostV1CorrectionsResponses } };
  '/v1/corrections/{id}': { delete: { data: DeleteV1CorrectionsIdData; responses: DeleteV1CorrectionsIdResponses } };
  '/v1/settings/hierarchy': {
    get: { data: GetV1SettingsHierarchyData; responses: GetV1SettingsHierarchyResponses };
    post: { data: PostV1SettingsHierarchyData; responses: PostV1SettingsHierarchyResponses };
  };
  '/v1/stream': { get: { data: GetV1StreamData; responses: GetV1StreamResponses } };
  '/v1/maturity': { get: { data: GetV1MaturityData; responses: GetV1MaturityResponses } };
  '/v1/maturity/snapshots': {
    get: { data: GetV1MaturitySnapshotsData; responses: GetV1MaturitySnapshotsResponses };
    post: { data: PostV1MaturitySnapshotsData; responses: PostV1MaturitySnapshotsResponses };
  };
  '/v1/maturity/attestations': { post: { data: PostV1MaturityAttestationsData; responses: PostV1MaturityAttestationsResponses } };
  '/v1/maturity/aims': { post: { data: PostV1MaturityAimsData; responses: PostV1MaturityAimsResponses } };
  '/v1/menus': { get: { data: GetV1MenusData; responses: GetV1MenusResponses } };
  '/v1/menus/opt-outs': { get: { data: GetV1MenusOptOutsData; responses: GetV1MenusOptOutsResponses } };
  '/v1/metrics': { get: { data: GetV1MetricsData; responses: GetV1MetricsResponses } };
  '/v1/metrics/overview': { get: { data: GetV1MetricsOverviewData; responses: GetV1MetricsOverviewResponses } };
  '/v1/metrics/{id}/series': { get: { data: GetV1MetricsIdSeriesData; responses: GetV1MetricsIdSeriesResponses } };
  '/v1/metrics/{id}/breakdown': { get: { data: GetV1MetricsIdBreakdownData; responses: GetV1MetricsIdBreakdownResponses } };
  '/v1/metrics/{id}/moved': { get: { data: GetV1MetricsIdMovedData; responses: GetV1MetricsIdMovedResponses } };
  '/v1/metrics/{id}/rows': { get: { data: GetV1MetricsIdRowsData; responses: GetV1MetricsIdRowsResponses } };
  '/v1/metrics/{id}/rows.csv': { get: { data: GetV1MetricsIdRowsCsvData; responses: GetV1MetricsIdRowsCsvResponses } };
  '/v1/quality/queue': { get: { data: GetV1QualityQueueData; responses: GetV1QualityQueueResponses } };
  '/v1/quality/reviews/{anchor}': {
    get: { data: GetV1QualityReviewsAnchorData; responses: GetV1QualityReviewsAnchorResponses };
    post: { data: PostV1QualityReviewsAnchorData; responses: PostV1QualityReviewsAnchorResponses };
  };
  '/v1/quality/gap': { get: { data: GetV1QualityGapData; responses: GetV1QualityGapResponses } };
  '/v1/segments': {
    get: { data: GetV1SegmentsData; responses: GetV1SegmentsResponses };
    post: { data: PostV1SegmentsData; responses: PostV1SegmentsResponses };
  };
  '/v1/segments/values': { get: { data: GetV1SegmentsValuesData; responses: GetV1SegmentsValuesResponses } };
  '/v1/segments/preview': { post: { data: PostV1SegmentsPreviewData; responses: PostV1SegmentsPreviewResponses } };
  '/v1/segments/facts/{customerId}': { get: { data: GetV1SegmentsFactsCustomerIdData; responses: GetV1SegmentsFactsCustomerIdResponses } };
  '/v1/segments/{id}': {
    get: { data: GetV1SegmentsIdData; responses: GetV1SegmentsIdResponses };
    put: { data: PutV1SegmentsIdData; responses: PutV1SegmentsIdResponses };
  };
  '/v1/segments/{id}/publish': { post: { data: PostV1SegmentsIdPublishData; responses: PostV1SegmentsIdPublishResponses } };
  '/v1/segments/{id}/versions': { get: { data: GetV1SegmentsIdVersionsData; responses: GetV1SegmentsIdVersionsResponses } };
  '/v1/segments/{id}/restore': { post: { data: PostV1SegmentsIdRestoreData; responses: PostV1SegmentsIdRestoreResponses } };
  '/v1/segments/{id}/retire': { post: { data: PostV1SegmentsIdRetireData; responses: PostV1SegmentsIdRetireResponses } };
  '/v1/segments/{id}/members': { get: { data: GetV1SegmentsIdMembersData; responses: GetV1SegmentsIdMembersResponses } };
  '/v1/segments/{id}/members.csv': { get: { data: GetV1SegmentsIdMembersCsvData; responses: GetV1SegmentsIdMembersCsvResponses } };
  '/v1/segments/{id}/why/{customerId}': { get: { data: GetV1SegmentsIdWhyCustomerIdData; responses: GetV1SegmentsIdWhyCustomerIdResponses } };
  '/v1/sources': { get: { data: GetV1SourcesData; responses: GetV1SourcesResponses } };
  '/v1/sources/events': { get: { data: GetV1SourcesEventsData; responses: GetV1SourcesEventsResponses } };
  '/v1/sources/events/{id}': { get: { data: GetV1SourcesEventsIdData; responses: GetV1SourcesEventsIdResponses } };
  '/v1/sources/quarantine': { get: { data: GetV1SourcesQuarantineData; responses: GetV1SourcesQuarantineResponses } };
  '/v1/sources/quarantine/items': { get: { data: GetV1SourcesQuarantineItemsData; responses: GetV1SourcesQuarantineItemsResponses } };
  '/v1/sources/quarantine/items/{id}': { get: { data: GetV1SourcesQuarantineItemsIdData; responses: GetV1SourcesQuarantineItemsIdResponses } };
  '/v1/sources/quarantine/replay': { post: { data: PostV1SourcesQuarantineReplayData; responses: PostV1SourcesQuarantineReplayResponses } };
  '/v1/status': { get: { data: GetV1StatusData; responses: GetV1StatusResponses } };
  '/v1/reviews': { get: { data: GetV1ReviewsData; responses: GetV1ReviewsResponses } };
  '/v1/surveys/settings': {
    get: { data: GetV1SurveysSettingsData; responses: GetV1SurveysSettingsResponses };
    put: { data: PutV1SurveysSettingsData; responses: PutV1SurveysSettingsResponses };
  };
  '/v1/surveys/results': { get: { data: GetV1SurveysResultsData; responses: GetV1SurveysResultsResponses } };
  '/v1/surveys/comments': { get: { data: GetV1SurveysCommentsData; responses: GetV1SurveysCommentsResponses } };
  '/v1/surveys/links': { post: { data: PostV1SurveysLinksData; responses: PostV1SurveysLinksResponses } };
  '/v1/cases': { get: { data: GetV1CasesData; responses: GetV1CasesResponses } };
  '/v1/cases/{anchor}/steps': { post: { data: PostV1CasesAnchorStepsData; responses: PostV1CasesAnchorStepsResponses } };
}
