import type { MessageDefinition } from '@throughline/contracts';

/** Hands the payload of a message to an observer; what no version of the schema can read is passed over, since it says nothing here. */
export function tell<Payload>(definition: MessageDefinition<Payload>, json: string, hear: (payload: Payload) => void): void {
  const payload = definition.payload.safeParse(parsed(json));
  if (payload.success) hear(payload.data);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
