import { directory } from './directory';
import { generateWorld } from './generate-world';

describe('the directory of the simulated centre', () => {
  const { teams, agents } = directory();

  it('knows every agent that an event names, and the site where calls are taken', () => {
    const sites = new Map(agents.map(({ id, site }) => [id, site]));
    const strangers = new Set<string>();
    const elsewhere = new Set<string>();
    let named = 0;
    for (const hourful of generateWorld({ size: 'XS', seed: 1 }).deliveries)
      for (const { event } of hourful) {
        const { agent, site } = event as { agent?: unknown; site?: unknown };
        if (typeof agent !== 'string' || agent.startsWith('sup-')) continue;
        named += 1;
        if (!sites.has(agent)) strangers.add(agent);
        else if (typeof site === 'string' && sites.get(agent) !== site) elsewhere.add(`${agent} at ${site}`);
      }
    expect(named).toBeGreaterThan(100);
    expect([...strangers]).toEqual([]);
    expect([...elsewhere]).toEqual([]);
  });

  it('gives each a name of their own within their team, and each team an id', () => {
    expect(new Set(agents.map(({ name, teamId }) => `${teamId}/${name}`)).size).toBe(agents.length);
    expect(new Set(teams.map(({ id }) => id)).size).toBe(teams.length);
    expect(agents.filter(({ teamId }) => !teams.some(({ id }) => id === teamId))).toEqual([]);
  });
});
