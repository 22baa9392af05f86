/** `user.passwordChanged` → `User password changed`. */
export function actionWords(action: string): string {
  const words = action
    .replaceAll('.', ' ')
    .replace(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
    .trim();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** `user:01a202c6-…-e18` → `user …1d166d73`: the kind, and the end of an id, enough to tell two apart. */
export function targetWords(target: string): string {
  const [kind = '', ...rest] = target.split(':');
  const id = rest.join(':');
  return /^[0-9a-f-]{36}$/.test(id) ? `${kind} …${id.slice(-8)}` : `${kind} ${id}`;
}

const shownItems = 3;
const wholeId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** `{ after: { roles: ['qa'], teams: [7 ids] } }` → `after: roles qa, teams 7`. What is empty is left out. */
export function detailWords(details: Readonly<Record<string, unknown>>): string {
  return Object.entries(details)
    .map(([key, value]) => [key, wordsOf(value)] as const)
    .filter(([, words]) => words !== '')
    .map(([key, words]) => (key === 'before' || key === 'after' ? `${key}: ${words}` : `${spaced(key)} ${words}`))
    .join('; ');
}

function wordsOf(value: unknown): string {
  if (value === null || value === undefined || value === '') return '';
  if (Array.isArray(value)) {
    const plain = value.every((item) => typeof item === 'string' && item.length <= 20);
    return value.length === 0 ? '' : plain && value.length <= shownItems ? value.join(' + ') : String(value.length);
  }
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([key, inner]) => [key, wordsOf(inner)] as const)
      .filter(([, words]) => words !== '')
      .map(([key, words]) => `${spaced(key)} ${words}`)
      .join(', ');
  return String(value).replace(wholeId, (id) => `…${id.slice(-8)}`);
}

const spaced = (key: string): string => key.replace(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
