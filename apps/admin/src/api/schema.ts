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

export type CustomerTree = {
  customer: {
    id: string;
    formerIds: Array<string>;
    identifiers: Array<{
      kind: string;
      namespace: string;
      value: string;
      link: {
        rule: string;
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
};

export type GetV1StreamError = GetV1StreamErrors[keyof GetV1StreamErrors];

export type GetV1StreamResponses = {
  /**
   * The stream; a `beat` every 15 seconds.
   */
  200: string;
};

export type GetV1StreamResponse = GetV1StreamResponses[keyof GetV1StreamResponses];

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
  '/v1/status': { get: { data: GetV1StatusData; responses: GetV1StatusResponses } };
  '/v1/reviews': { get: { data: GetV1ReviewsData; responses: GetV1ReviewsResponses } };
}
