import { mappingDocumentSchema, type MappingDocument } from '@throughline/contracts';

const time = { time: '{time}', format: 'unix' };
const id = { digest: '{time}|{call}|{queue}|{agent}|{event}|{data1}|{data2}|{data3}|{data4}|{data5}' };
/** The file has seconds only, and ties are common: within a second, the order in which these things happen. */
const order = { of: '{event}', map: 'order', as: 'integer', default: 5 };
const call = { sessionKey: '{call}', contactLinks: [{ kind: 'call', value: '{call}' }], queue: { of: '{queue}', omit: ['NONE'] }, sourceSequence: order };
const attributes = { event: '{event}', data1: '{data1}', data2: '{data2}', data3: '{data3}', data4: '{data4}', data5: '{data5}' };
const agent = { of: '{agent}', omit: ['NONE'] };
const isEvent = (...names: string[]): object => ({ of: '{event}', is: names });
const common = { sourceEventId: id, occurredAt: time, ...call, attributes };

/**
 * Asterisk's `queue_log`: what happened to calls in queues. A line's id is its content, so a log read again, from wherever, gives the same events. Agents signing in and out, and the queue's own
 * start, concern no customer and give no event.
 */
export const queueLogMapping: MappingDocument = mappingDocumentSchema.parse({
  name: 'queue_log',
  description: "Asterisk's queue_log: seconds|call|queue|agent|event|parameters",
  format: { kind: 'lines', delimiter: '|', columns: ['time', 'call', 'queue', 'agent', 'event', 'data1', 'data2', 'data3', 'data4', 'data5'] },
  maps: {
    order: {
      DID: 0,
      ENTERQUEUE: 1,
      RINGNOANSWER: 2,
      RINGCANCELED: 2,
      CONNECT: 3,
      ABANDON: 6,
      EXITWITHKEY: 6,
      EXITWITHTIMEOUT: 6,
      EXITEMPTY: 6,
      COMPLETEAGENT: 7,
      COMPLETECALLER: 7,
      BLINDTRANSFER: 7,
      ATTENDEDTRANSFER: 7,
      TRANSFER: 7,
    },
    ending: {
      COMPLETEAGENT: 'completed',
      COMPLETECALLER: 'completed',
      BLINDTRANSFER: 'transferred',
      ATTENDEDTRANSFER: 'transferred',
      TRANSFER: 'transferred',
      AGENTDUMP: 'refused',
      SYSCOMPAT: 'technical',
    },
    leaving: { EXITWITHTIMEOUT: 'technical', EXITEMPTY: 'technical', EXITWITHKEY: 'refused' },
  },
  events: [
    {
      when: [isEvent('ENTERQUEUE')],
      fields: {
        ...common,
        system: 'acd',
        type: 'enqueued',
        identifiers: [{ kind: 'phone', value: { of: '{data2}', omit: ['unknown', 'anonymous', 'NONE'] } }],
        attributes: { event: '{event}', url: '{data1}', position: '{data3}' },
      },
    },
    { when: [isEvent('RINGNOANSWER', 'RINGCANCELED')], fields: { ...common, system: 'acd', type: 'offered', attributes: { ...attributes, member: agent } } },
    {
      when: [isEvent('CONNECT')],
      fields: {
        ...common,
        system: 'agent',
        type: 'connected',
        agent,
        contactLinks: [
          { kind: 'call', value: '{call}' },
          { kind: 'call', value: '{data2}' },
        ],
        attributes: { event: '{event}', holdSeconds: { of: '{data1}', as: 'integer' }, ringSeconds: { of: '{data3}', as: 'integer' } },
      },
    },
    {
      when: [isEvent('COMPLETEAGENT', 'COMPLETECALLER')],
      fields: {
        ...common,
        system: 'agent',
        type: 'ended',
        agent,
        ending: { of: '{event}', map: 'ending' },
        attributes: { event: '{event}', holdSeconds: { of: '{data1}', as: 'integer' }, talkSeconds: { of: '{data2}', as: 'integer' } },
      },
    },
    {
      when: [isEvent('BLINDTRANSFER', 'ATTENDEDTRANSFER', 'TRANSFER')],
      fields: { ...common, system: 'agent', type: 'transferred', agent, ending: { of: '{event}', map: 'ending' } },
    },
    { when: [isEvent('AGENTDUMP', 'SYSCOMPAT')], fields: { ...common, system: 'agent', type: 'ended', agent, ending: { of: '{event}', map: 'ending' } } },
    {
      when: [isEvent('ABANDON')],
      fields: {
        ...common,
        system: 'acd',
        type: 'abandoned',
        ending: 'abandoned',
        attributes: { event: '{event}', position: '{data1}', waitSeconds: { of: '{data3}', as: 'integer' } },
      },
    },
    {
      when: [isEvent('EXITWITHKEY')],
      fields: {
        ...common,
        system: 'acd',
        type: 'dequeued',
        initiator: 'customer',
        ending: { of: '{event}', map: 'leaving' },
        attributes: { event: '{event}', key: '{data1}', position: '{data2}', waitSeconds: { of: '{data4}', as: 'integer' } },
      },
    },
    { when: [isEvent('EXITWITHTIMEOUT', 'EXITEMPTY')], fields: { ...common, system: 'acd', type: 'dequeued', ending: { of: '{event}', map: 'leaving' } } },
  ],
});

/** Mappings that need no document, by name. */
export const builtInMappings: Readonly<Record<string, MappingDocument>> = { queue_log: queueLogMapping };
