// Shows that the oracle sees wrong rules: applies every edit of mutations.json to a copy of a rule and looks for a numbered world, or one of the thirty cases, in which rule and oracle differ.
// mutate.mjs [part of a mutation's name]. Exit code 1: an edit went unnoticed, or no longer fits the code.
import { build } from 'esbuild';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
const worlds = 1000;
const copy = mkdtempSync(path.join(tmpdir(), 'throughline-mutations-'));
process.once('exit', () => rmSync(copy, { recursive: true, force: true }));

for (const folder of ['libs/contracts/src', 'libs/domain/identity/src', 'libs/domain/hierarchy/src', 'tools/oracle/src'])
  cpSync(path.join(root, folder), path.join(copy, folder), { recursive: true });
cpSync(path.join(root, 'tsconfig.base.json'), path.join(copy, 'tsconfig.base.json'));
symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));

let bundles = 0;
async function load(contents) {
  const outfile = path.join(copy, `bundle-${(bundles += 1)}.mjs`);
  await build({
    absWorkingDir: copy,
    stdin: { contents, resolveDir: copy, loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    tsconfig: path.join(copy, 'tsconfig.base.json'),
    logLevel: 'error',
  });
  return import(pathToFileURL(outfile).href);
}

const oracle = await load(`
  export { oracleIdentity } from './tools/oracle/src/identity/oracle-identity';
  export { oracleHierarchy } from './tools/oracle/src/hierarchy/oracle-hierarchy';
  export { hierarchyWorld, identityWorld } from './tools/oracle/src/worlds/world';
  export { thirtyCases } from './tools/oracle/src/cases/thirty-cases';
  export { ownedEvents } from './tools/oracle/src/cases/world-of';
  export { defaultHierarchySettings as hierarchySettings, defaultIdentitySettings as identitySettings } from '@throughline/contracts';
`);

/** What the rule is asked, with the oracle's answer: computed when first needed, once. */
function* questions(rule) {
  for (let seed = 1; seed <= worlds; seed += 1)
    yield ask(rule, `world ${seed}`, () => (rule === 'identity' ? oracle.identityWorld(seed) : oracle.hierarchyWorld(seed)));
  for (const { name, story, asOf } of oracle.thirtyCases) yield ask(rule, `case ${name}`, () => ({ corrections: [], asOf, ...story() }));
}

const asked = new Map();
function ask(rule, name, makeWorld) {
  const key = `${rule} ${name}`;
  if (!asked.has(key)) {
    const world = makeWorld();
    asked.set(key, { name, world, answer: answers[rule].oracle(world) });
  }
  return asked.get(key);
}

const ownersText = (owners) => JSON.stringify([...owners].sort(([a], [b]) => (a < b ? -1 : 1)));
function newest(events) {
  const kept = new Map();
  for (const event of events) if (event.revision >= (kept.get(event.id)?.revision ?? 0)) kept.set(event.id, event);
  return [...kept.values()];
}
/** The events of a world by customer: as its story decides them, or as one customer's. */
function customers(world) {
  if (world.decidedBy) return [['c', world.events.map((event) => ({ event, decidedBy: world.decidedBy.get(event.id) ?? null }))]];
  return oracle.ownedEvents(world.events, oracle.oracleIdentity(world.events, world.decisions, [], oracle.identitySettings).owners);
}

const answers = {
  identity: {
    oracle: (world) => ownersText(oracle.oracleIdentity(world.events, world.decisions, [], oracle.identitySettings).owners),
    rule: ({ resolveCustomers }, world) => {
      let made = 0;
      const found = resolveCustomers(
        { events: newest(world.events), decisions: world.decisions, foundings: [] },
        oracle.identitySettings,
        () => `made ${(made += 1)}`,
      );
      const names = new Map(found.newFoundings.map((founding) => [founding.customerId, `new ${founding.value} ${founding.eventId}`]));
      return ownersText(
        [...found.owners].map(([id, { customerId, rule, decidedBy, confidence }]) => [
          id,
          { customerId: names.get(customerId) ?? customerId, rule, decidedBy, confidence },
        ]),
      );
    },
  },
  hierarchy: {
    oracle: (world) =>
      JSON.stringify(customers(world).map(([id, owned]) => oracle.oracleHierarchy(id, owned, world.corrections, oracle.hierarchySettings, world.asOf))),
    rule: ({ buildJourney, toCanonical }, world) =>
      JSON.stringify(
        customers(world).map(([customerId, events]) =>
          toCanonical(
            buildJourney({ customerId, events, corrections: world.corrections, settings: oracle.hierarchySettings }),
            oracle.hierarchySettings,
            world.asOf,
          ),
        ),
      ),
  },
};

/** The first world or case in which the rule, as it stands in the copy, differs from the oracle. */
async function firstDifference(rule) {
  const mutant = await load(`export * from './libs/domain/${rule}/src/index';`);
  for (const { name, world, answer } of questions(rule)) {
    let found;
    try {
      found = answers[rule].rule(mutant, world);
    } catch (error) {
      found = `throws ${error.message}`;
    }
    if (found !== answer) return name;
  }
  return undefined;
}

const wanted = process.argv[2] ?? '';
const mutations = JSON.parse(readFileSync(path.join(root, 'tools/oracle/mutations.json'), 'utf8')).filter(({ name }) => name.includes(wanted));
let wrong = 0;
for (const rule of new Set(mutations.map((mutation) => mutation.rule))) {
  const difference = await firstDifference(rule);
  if (!difference) continue;
  wrong += 1;
  console.log(`NOT EQUAL   the ${rule} rule as it stands, in ${difference}: no mutation of it can be judged`);
}
for (const { name, rule, file, search, replace, breaks } of mutations) {
  const target = path.join(copy, file);
  const original = readFileSync(target, 'utf8');
  const places = original.split(search).length - 1;
  if (places !== 1) {
    wrong += 1;
    console.log(`DOES NOT FIT ${name}: "${search}" stands ${places} times in ${file}`);
    continue;
  }
  writeFileSync(
    target,
    original.replace(search, () => replace),
  );
  const killer = await firstDifference(rule);
  writeFileSync(target, original);
  if (!killer) wrong += 1;
  console.log(killer ? `seen         ${name} (${breaks}): ${killer}` : `UNNOTICED    ${name} (${breaks})`);
}
console.log(`${mutations.length} mutations, ${wrong} wrong`);
process.exitCode = wrong === 0 && mutations.length > 0 ? 0 : 1;
