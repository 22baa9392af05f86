/** What stands for each key a caller pressed at a prompt that is not known to be a menu. */
export const keyMark = '•';

/** Names under which systems report keys pressed on the phone, lower case, without separators. */
const keyedNames = new Set([
  'digits',
  'digit',
  'dtmf',
  'dtmfdigits',
  'dtmfinput',
  'keyeddigits',
  'keyspressed',
  'keypressed',
  'enteredkeys',
  'collecteddigits',
  'storedcustomerinput',
]);
/** Names that mean a key only inside a record of an IVR. */
const ivrNames = new Set(['key', 'keys', 'input', 'entered', 'collected', 'choice', 'option']);
const nodeNames = ['node', 'ivr_node', 'ivrNode', 'menu', 'prompt'] as const;
const longestMenuChoice = 4;

const seenNames = new Map<string, boolean>();

/** Whether a field of this name may hold keys pressed on the phone; quick, because it is asked of every name of every event. */
export function mayBeKeyed(name: string): boolean {
  let known = seenNames.get(name);
  if (known === undefined) {
    known = isKeyName(name, true);
    if (seenNames.size < 10_000 && name.length <= 64) seenNames.set(name, known);
  }
  return known;
}

const keyed = /^[\d*#\s,-]*[\d*#][\d*#\s,-]*$/;

/** Whether the source says that `node` is a menu, so that the key chosen there may be kept. */
export function isMenu(menuNodes: readonly string[], node: string | undefined): boolean {
  return menuNodes.length > 0 && (menuNodes.includes('*') || (node !== undefined && menuNodes.includes(node)));
}

/**
 * Masks the keys a caller pressed, in place, except single choices (up to four keys) at a node that the source names as a menu. A card number keyed at a prompt comes one digit an event,
 * where no check on the event alone can see it. Returns how many fields were masked.
 */
export function maskKeyedDigits(record: Record<string, unknown>, menuNodes: readonly string[]): number {
  return maskIn(record, menuNodes, isIvr(record), undefined, 0);
}

function isIvr(record: Record<string, unknown>): boolean {
  if (record['system'] === 'ivr') return true;
  if (typeof record['type'] === 'string' && /(^|\.)ivr\.|dtmf/i.test(record['type'])) return true;
  return typeof record['event'] === 'string' && /\bivr\b|key ?press/i.test(record['event']);
}

function maskIn(value: Record<string, unknown>, menuNodes: readonly string[], ivr: boolean, outerNode: string | undefined, depth: number): number {
  let masked = 0;
  let node = outerNode;
  let inside = ivr;
  for (const name of nodeNames) {
    const candidate = value[name];
    if (typeof candidate === 'string') {
      node = candidate;
      if (name === 'ivr_node' || name === 'ivrNode') inside = true;
      break;
    }
  }
  for (const name in value) {
    const child = value[name];
    if (typeof child === 'object' && child !== null) {
      if (!Array.isArray(child)) masked += maskIn(child as Record<string, unknown>, menuNodes, inside, node, depth + 1);
      else if (isKeyName(name, inside) && child.length > 0 && child.every(isKeyed)) {
        value[name] = child.map(() => keyMark);
        masked++;
      } else
        for (const element of child)
          if (typeof element === 'object' && element !== null && !Array.isArray(element))
            masked += maskIn(element as Record<string, unknown>, menuNodes, inside, node, depth + 1);
      continue;
    }
    if (!isKeyed(child) || !isKeyName(name, inside)) continue;
    const text = String(child);
    if (text.length <= longestMenuChoice && isMenu(menuNodes, node)) continue;
    value[name] = text.replace(/[\d*#]/g, keyMark);
    masked++;
  }
  return masked;
}

function isKeyed(value: unknown): boolean {
  return typeof value === 'number' ? Number.isInteger(value) && value >= 0 : typeof value === 'string' && value.length <= 64 && keyed.test(value);
}

function isKeyName(name: string, ivr: boolean): boolean {
  if (ivr && ivrNames.has(name)) return true;
  if (name.length > 24) return false;
  return keyedNames.has(name.toLowerCase().replace(/[_\s-]/g, ''));
}
