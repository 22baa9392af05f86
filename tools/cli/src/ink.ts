/** Colours of the house on a terminal; plain text elsewhere. `guess` marks what a rule inferred, as on every screen. */
export interface Ink {
  readonly strong: (text: string) => string;
  readonly quiet: (text: string) => string;
  readonly guess: (text: string) => string;
  readonly accent: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
}

const plain = (text: string) => text;
export const noInk: Ink = { strong: plain, quiet: plain, guess: plain, accent: plain, good: plain, bad: plain };

export function inkFor(stream: { isTTY?: boolean }, environment: NodeJS.ProcessEnv): Ink {
  if (!stream.isTTY || environment.NO_COLOR || environment.TERM === 'dumb') return noInk;
  const paint = (code: string) => (text: string) => `\u001b[${code}m${text}\u001b[0m`;
  return { strong: paint('1'), quiet: paint('2'), guess: paint('38;5;98'), accent: paint('38;5;37'), good: paint('32'), bad: paint('31') };
}
