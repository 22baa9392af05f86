import { mainPart, type ContactReading, type PartReading } from './readings';

/** Whether two parts are about the same matter: of one engagement, or with the same intent; where one of them tells its family alone, with the same family. */
export function isSameMatter(a: PartReading, b: PartReading): boolean {
  if (a.engagement !== null && a.engagement === b.engagement) return true;
  if (a.family === 'unknown' || a.family !== b.family) return false;
  return a.intent === b.intent || a.intent === a.family || b.intent === b.family;
}

/** Whether any part of `other` is about the matter that the contact counts for. */
export const isAboutIt = (contact: ContactReading, other: ContactReading): boolean => other.parts.some((part) => isSameMatter(mainPart(contact), part));
