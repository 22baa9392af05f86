import type { Identifier } from '@throughline/contracts';
import { americanPhone, britishPhone } from './reserved';
import { Random } from './random';

export type PersonKind =
  | 'ordinary'
  | 'withheldUnknown'
  | 'withheldKnown'
  | 'anonymousWeb'
  | 'officeLine'
  | 'household'
  | 'householdUnsure'
  | 'sameName'
  | 'actsForOrganisation'
  | 'prospect'
  | 'reusedPhone'
  | 'testValues'
  | 'neverSignsIn';

/** One person of the simulated town. Everything follows from seed and index, so that nobody needs to be kept. */
export interface Person {
  readonly index: number;
  readonly id: string;
  readonly kind: PersonKind;
  /** Whether what this person leaves behind is enough to know them in every contact, but for accidents. */
  readonly suffices: boolean;
  readonly name: string;
  readonly number: string | null;
  readonly crmContact: string | null;
  readonly login: string | null;
  readonly emails: readonly string[];
  /** Numbers they call from; the first most of the time. Empty: always withheld. */
  readonly phones: readonly string[];
  /** Whether more than one customer uses the first number. */
  readonly sharesPhone: boolean;
  readonly sharesEmail: boolean;
  readonly sharesBrowser: boolean;
  /** Own numbers that the CRM knows of; a wrong entry among them for `testValues`. */
  readonly knownPhones: readonly string[];
  readonly knownEmails: readonly string[];
  readonly devices: readonly string[];
  readonly household: string | null;
  /** Customer number of the organisation they act for or work at. */
  readonly organisation: string | null;
  /** Chance that a call shows who it is: said to the menu, or found by the agent. */
  readonly identifiesInCall: number;
  /** Chance that a session on the web signs in. */
  readonly signsIn: number;
  /** Issues compared with the average person. */
  readonly activity: number;
}

const firstNames =
  'Ada Ben Cleo Dan Ella Finn Gail Hugo Iris Jack Kate Liam Mona Nils Olga Paul Quinn Rosa Sam Tess Uma Vera Walt Xena Yann Zoe Amir Bea Carl Dora Emil Faye Greg Hana Ivan June Karl Lena Mark Nora'.split(
    ' ',
  );
const lastNames =
  'Abbot Baker Carter Dixon Ellis Foster Grant Hayes Irwin Jones Keller Lopez Mason Nolan Owens Parker Quigley Reyes Sutton Turner Underwood Vance Walker Xu Young Ziegler Adler Brandt Chen Diaz'.split(
    ' ',
  );

/** Which kinds live at which place of every fifty; the rest is ordinary. Two neighbours of one kind below share what they share. */
const kinds: Readonly<Record<number, PersonKind>> = {
  2: 'officeLine',
  3: 'officeLine',
  4: 'household',
  5: 'household',
  8: 'reusedPhone',
  9: 'reusedPhone',
  10: 'sameName',
  11: 'sameName',
  16: 'actsForOrganisation',
  19: 'withheldUnknown',
  24: 'householdUnsure',
  25: 'householdUnsure',
  29: 'anonymousWeb',
  33: 'prospect',
  37: 'withheldKnown',
  41: 'testValues',
  45: 'neverSignsIn',
};
const insufficient: ReadonlySet<PersonKind> = new Set(['withheldUnknown', 'anonymousWeb', 'officeLine', 'householdUnsure', 'neverSignsIn']);
const phoneShared: ReadonlySet<PersonKind> = new Set(['officeLine', 'household', 'householdUnsure', 'sameName', 'reusedPhone']);
/** Kinds that live in pairs, the elder at the even place. */
const paired: ReadonlySet<PersonKind> = new Set(['household', 'householdUnsure', 'sameName', 'reusedPhone']);
const alwaysIdentifies: ReadonlySet<PersonKind> = new Set(['household', 'sameName', 'reusedPhone', 'withheldKnown', 'testValues']);
const noNumber: ReadonlySet<PersonKind> = new Set(['anonymousWeb', 'prospect']);

export function kindOf(index: number): PersonKind {
  return kinds[index % 50] ?? 'ordinary';
}

/** Ten employees of one organisation have one line to the outside. */
export const peoplePerOrganisation = 250;

export function organisationNumber(organisation: number): string {
  return `B${String(70_000 + organisation)}`;
}

/** Chance that a visit to the site signs in: who shares a browser is asked to, each time. */
function signsInOf(kind: PersonKind): number {
  if (kind === 'anonymousWeb' || kind === 'neverSignsIn') return 0;
  if (kind === 'household' || kind === 'sameName') return 1;
  return kind === 'householdUnsure' ? 0.4 : 0.85;
}

export function personOf(seed: number, index: number): Person {
  const random = new Random(seed, 101, index);
  const kind = kindOf(index);
  // The second of two neighbours that share something is the elder's mate.
  const elder = paired.has(kind) && index % 2 === 1 ? index - 1 : index;
  const organisation = Math.floor(index / peoplePerOrganisation);
  // A family has one last name, and father and son of `sameName` are called the same altogether.
  const family = new Random(seed, 105, elder);
  const lastName = family.pick(lastNames);
  const name = `${(kind === 'sameName' ? family : random).pick(firstNames)} ${lastName}`;
  const [first, last] = name.toLowerCase().split(' ');
  const own = `${first}.${last}.${index.toString(36)}@example.com`;
  const sharesEmail = kind === 'sameName';
  const mailbox = sharesEmail ? `family.${elder.toString(36)}@example.com` : own;
  const emails = kind === 'anonymousWeb' ? [] : kind === 'ordinary' && random.chance(0.15) ? [mailbox, `${last}.${index.toString(36)}@example.com`] : [mailbox];
  const line = kind === 'officeLine' ? organisation * peoplePerOrganisation + 2 : elder;
  const withheld = kind === 'withheldUnknown' || kind === 'withheldKnown' || kind === 'anonymousWeb';
  const landline = withheld ? null : americanPhone(line);
  const mobile = kind === 'ordinary' && index % 12 === 7 ? britishPhone(Math.floor(index / 12)) : null;
  const phones = [landline, mobile].filter((phone): phone is string => phone !== null);
  const sharesPhone = phoneShared.has(kind);
  const number = noNumber.has(kind) ? null : `C${String(100_000 + index)}`;
  const sharesBrowser = kind === 'household' || kind === 'householdUnsure';
  const devices = Array.from({ length: 1 + random.weighted([0.55, 0.35, 0.1]) }, (_, device) => `ck-${index.toString(36)}-${device}`);
  if (sharesBrowser) devices[0] = `ck-home-${elder.toString(36)}`;
  const suffices = !insufficient.has(kind);
  return {
    index,
    id: `p${index}`,
    kind,
    suffices,
    name,
    number,
    crmContact: number === null ? null : `crm-${index.toString(36)}`,
    login: kind === 'anonymousWeb' ? null : `${first}${index.toString(36)}`,
    emails,
    phones,
    sharesPhone,
    sharesEmail,
    sharesBrowser,
    knownPhones: kind === 'testValues' ? ['0000000000'] : phones,
    knownEmails: kind === 'testValues' ? ['noreply@example.com', ...emails] : emails,
    devices,
    household: sharesBrowser || kind === 'sameName' ? `h${elder}` : null,
    organisation: kind === 'officeLine' || kind === 'actsForOrganisation' ? organisationNumber(organisation) : null,
    identifiesInCall: alwaysIdentifies.has(kind) ? 1 : suffices ? 0.85 : 0.5,
    signsIn: signsInOf(kind),
    activity: [0.5, 1, 1.8][random.weighted([0.4, 0.4, 0.2])] as number,
  };
}

export const subject = (kind: Identifier['kind'], value: string, verified = false): Identifier => ({ kind, namespace: '', value, verified, role: 'subject' });
