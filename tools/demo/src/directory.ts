import { v5 } from 'uuid';

const namespace = '9a2f1f0e-6a53-5c55-8a1b-2f1d6f0b7c44';
const sites = ['manila', 'raleigh', 'dublin'] as const;
/** The desks of the centre with the agents at each, as `contacts` name them. Calls are taken at three sites, the rest at one. */
const desks = [
  { desk: 'general', title: 'General', agents: 40, byPhone: true },
  { desk: 'billing', title: 'Billing', agents: 40, byPhone: true },
  { desk: 'technical', title: 'Technical', agents: 40, byPhone: true },
  { desk: 'retention', title: 'Retention', agents: 40, byPhone: true },
  { desk: 'expert', title: 'Expert desk', agents: 40, byPhone: true },
  { desk: 'chat', title: 'Chat', agents: 30, byPhone: false },
  { desk: 'mail', title: 'Mail', agents: 20, byPhone: false },
] as const;
const technicians = 60;

const given =
  'Aisha Bence Carla Dimitri Elif Farid Greta Hana Ivo Jana Kofi Lena Milan Noor Oskar Petra Quentin Rosa Sami Tove Uma Viktor Wanda Yusuf Zora Anton Bea Cyril Dora Emil'.split(
    ' ',
  );
const family =
  'Achterberg Brandvold Castellan Dewulf Eskola Fairweather Gruber Halloran Ivarsen Jankovic Kesteren Lindqvist Marchetti Novak Okafor Pereira Quist Rahman Szabo Thorne Ueda Valdis'.split(
    ' ',
  );

export interface DemoTeam {
  readonly id: string;
  readonly name: string;
  readonly site: string | null;
}
export interface DemoAgent {
  /** As the events name the agent. */
  readonly id: string;
  readonly name: string;
  readonly teamId: string;
  readonly site: string | null;
}

const two = (n: number): string => String(n).padStart(2, '0');
const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

/** Where an agent of the telephone desks sits, by the number at the end of the id. */
export const siteOfAgent = (id: string): (typeof sites)[number] => sites[Number(id.slice(-2)) % 3]!;

/** Who works in the simulated centre: teams, and the person behind every agent id of its events. The same each time. */
export function directory(): { teams: DemoTeam[]; agents: DemoAgent[] } {
  const teams = new Map<string, DemoTeam>();
  const agents: DemoAgent[] = [];
  const add = (id: string, title: string, site: string | null): void => {
    const name = site === null ? title : `${title} ${capital(site)}`;
    const team = teams.get(name) ?? { id: v5(name, namespace), name, site };
    teams.set(name, team);
    const place = agents.length;
    agents.push({ id, name: `${given[place % given.length]} ${family[(place * 7) % family.length]}`, teamId: team.id, site });
  };
  for (const { desk, title, agents: count, byPhone } of desks)
    for (let n = 0; n < count; n += 1) {
      const id = `ag-${desk}-${two(n)}`;
      add(id, title, byPhone ? siteOfAgent(id) : null);
    }
  for (let n = 0; n < technicians; n += 1) add(`tech-${two(n)}`, 'Field service', null);
  return { teams: [...teams.values()].sort((a, b) => (a.name < b.name ? -1 : 1)), agents };
}
