import { vocabulary, type CanonicalEvent, type Family, type IntentRule, type IntentSource } from '@throughline/contracts';

/** One word on what the customer wants, and the event that says it. */
export interface ShownIntent {
  readonly intent: string;
  readonly family: Family;
  readonly by: IntentSource;
  /** 0–1000. */
  readonly confidence: number;
}

export interface DecidedIntent {
  /** A name of the taxonomy; the family's own name where only the family is known; or `unknown`. */
  readonly intent: string;
  readonly family: Family;
  readonly confidence: number;
}

const rankOf = (by: IntentSource): number => vocabulary.intentSources.indexOf(by);

/** What one event shows: the words of its source, or else what the name of its menu node or page says by the rules. */
export function shownIntents(event: CanonicalEvent, rules: readonly IntentRule[]): ShownIntent[] {
  if (event.intents.length > 0) return event.intents.map(({ intent, family, by, confidence }) => ({ intent, family, by, confidence }));
  const place = event.system === 'ivr' ? 'menu' : event.system === 'web' ? 'page' : undefined;
  if (!place) return [];
  const words = wordsOf(place === 'menu' ? [event.attributes['node']] : ['path', 'url', 'page', 'title', 'query'].map((name) => event.attributes[name]));
  if (words.size === 0) return [];
  return rules.flatMap((rule) =>
    rule.in === place && words.has(rule.word) ? [{ intent: rule.intent, family: rule.family, by: rule.in, confidence: rule.confidence }] : [],
  );
}

function wordsOf(texts: readonly unknown[]): ReadonlySet<string> {
  const words = new Set<string>();
  for (const text of texts)
    if (typeof text === 'string')
      for (const word of text
        .slice(0, 500)
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u))
        if (word !== '') words.add(word);
  return words;
}

/**
 * The intent of a part. The family is the hierarchy's, where it knows one; within it the strongest source names the intent (person before disposition before
 * statement before text before menu before page, then confidence, then the earlier event). Every other kind of source that says the same makes it surer by a quarter
 * of what is missing, every one that says another family takes an eighth away. Below `minimum` it is `unknown`, but never less than what the hierarchy knows.
 */
export function decideIntent(shown: readonly ShownIntent[], known: { readonly family: Family; readonly confidence: number }, minimum: number): DecidedIntent {
  const usable = shown.filter(({ family, confidence }) => family !== 'unknown' && confidence >= minimum);
  const family = known.family !== 'unknown' ? known.family : (strongest(usable)?.family ?? 'unknown');
  const best = strongest(usable.filter((one) => one.family === family));
  const floor = known.family === 'unknown' ? 0 : known.confidence;
  if (!best) return family === 'unknown' ? { intent: 'unknown', family, confidence: 0 } : { intent: family, family, confidence: floor };
  const confidence = Math.max(floor, agreed(best, usable));
  if (confidence < minimum && known.family === 'unknown') return { intent: 'unknown', family: 'unknown', confidence: 0 };
  return { intent: best.intent, family, confidence };
}

function strongest(shown: readonly ShownIntent[]): ShownIntent | undefined {
  let best: ShownIntent | undefined;
  for (const one of shown) if (!best || rankOf(one.by) < rankOf(best.by) || (one.by === best.by && one.confidence > best.confidence)) best = one;
  return best;
}

function agreed(best: ShownIntent, shown: readonly ShownIntent[]): number {
  let confidence = best.confidence;
  for (const by of vocabulary.intentSources) {
    if (by === best.by) continue;
    const other = strongest(shown.filter((one) => one.by === by));
    if (!other) continue;
    if (other.intent === best.intent) confidence += Math.floor((1000 - confidence) / 4);
    else if (other.family !== best.family) confidence -= Math.floor(confidence / 8);
  }
  return confidence;
}
