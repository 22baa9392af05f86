import { Problem } from '@throughline/service';

/** A place in the order of arrival. */
export interface ArrivalCursor {
  readonly at: number;
  readonly id: string;
}

const form = /^(\d{1,16})_([0-9a-f-]{36})$/;

export const writeCursor = ({ at, id }: ArrivalCursor): string => `${at}_${id}`;

/** Throws 400 when it is none of ours. */
export function readCursor(text: string): ArrivalCursor {
  const found = form.exec(text);
  if (!found) throw new Problem(400, 'The cursor is not one of ours', 'Take it from the last answer, or leave it out.');
  return { at: Number(found[1]), id: found[2]! };
}
