// What the supervisor says on the terminal. On a pipe it prints plain lines; on a terminal, steps that move.
const tty = Boolean(process.stdout.isTTY) && process.env.TERM !== 'dumb';
const coloured = tty && !process.env.NO_COLOR;
const paint = (code) => (text) => (coloured ? `\u001b[${code}m${text}\u001b[0m` : text);
export const colour = { bold: paint('1'), dim: paint('2'), teal: paint('38;5;37'), good: paint('32'), bad: paint('31'), warn: paint('33') };

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
const clearLine = '\r\u001b[2K';
let moving = '';

function print(line) {
  process.stdout.write(moving ? `${clearLine}${line}\n${moving}` : `${line}\n`);
}

function setMoving(text) {
  if (!tty) return;
  const width = (process.stdout.columns ?? 100) - 1;
  process.stdout.write(clearLine);
  moving = text.slice(0, width + (coloured ? 30 : 0));
  process.stdout.write(moving);
}

export const say = print;
export const warn = (line) => print(`${colour.warn('▲')} ${line}`);

/** Runs one step and says how it went: `✓ what it did  1.2 s`. The step's value is returned; `describe` may turn it into the words. */
export async function step(name, run, describe = () => name) {
  const startedAt = performance.now();
  setMoving(`  ${colour.dim('·')} ${name} …`);
  try {
    const value = await run();
    setMoving('');
    print(`  ${colour.good('✓')} ${describe(value).padEnd(62)} ${colour.dim(seconds(performance.now() - startedAt).padStart(8))}`);
    return value;
  } catch (error) {
    setMoving('');
    print(`  ${colour.bad('✗')} ${name}`);
    throw error;
  }
}

/** A bar for something with a known end: `update(done, total, words)`, then `end()`. Off a terminal it says each tenth as a line. */
export function progress(name) {
  let tenth = 0;
  return {
    update(done, total, words = '') {
      const share = total > 0 ? Math.min(1, done / total) : 0;
      if (!tty) {
        const now = Math.floor(share * 10);
        if (now > tenth && now < 10) print(`    ${name}: ${now * 10} %${words ? ` (${words})` : ''}`);
        tenth = Math.max(tenth, now);
        return;
      }
      const filled = Math.round(share * 28);
      setMoving(
        `  ${colour.dim('·')} ${name} ${colour.teal('━'.repeat(filled))}${colour.dim('─'.repeat(28 - filled))} ${String(Math.round(share * 100)).padStart(3)} %  ${colour.dim(words)}`,
      );
    },
    end: () => setMoving(''),
  };
}

/** Lines in a frame. Width counts characters, escape codes apart. */
export function box(lines) {
  const bare = (text) => text.replace(/\u001b\[[0-9;]*m/g, '');
  const width = Math.max(...lines.map((line) => bare(line).length));
  const rows = lines.map((line) => `│  ${line}${' '.repeat(width - bare(line).length)}  │`);
  const edge = '─'.repeat(width + 4);
  print(['', `╭${edge}╮`, ...rows, `╰${edge}╯`, ''].join('\n'));
}
