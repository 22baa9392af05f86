import type { CustomerTree, EngagementBranch, EventLeaf, InteractionBranch, Membership, TransactionBranch } from '@throughline/contracts';
import type { Ink } from './ink';
import { count, duration, percent, type Calendar } from './words';

/** One customer's tree as lines: journey ━, engagements ⟿, interactions ▭, transactions ▬, events ●, each with the rule, the evidence and the confidence of its link. */
export function customerTreeText(tree: CustomerTree, { ink, calendar }: { ink: Ink; calendar: Calendar }): string {
  const lines: string[] = [];
  const put = (depth: number, shape: string, text: string) => lines.push(`${ink.quiet('│ '.repeat(depth))}${shape} ${text}`);
  const why = (depth: number, text: string) => lines.push(`${ink.quiet('│ '.repeat(depth))}  ${text}`);

  const { customer, journey } = tree;
  const interactions = tree.engagements.reduce((sum, { interactions: own }) => sum + own.length, 0) + tree.unengaged.interactions.length;
  put(
    0,
    ink.strong('━'),
    `${ink.strong(`customer ${customer.id}`)}  ${[count(tree.engagements.length, 'engagement'), count(interactions, 'interaction'), count(journey.events, 'event')].join(' · ')}`,
  );
  if (journey.firstAt !== null && journey.lastAt !== null) why(0, ink.quiet(`${calendar.span(journey.firstAt, journey.lastAt)} (${calendar.zone})`));
  for (const { kind, namespace, value, link } of customer.identifiers)
    why(
      0,
      `${kind.padEnd(14)} ${value}${namespace ? ink.quiet(` (${namespace})`) : ''}  ${inferred(ink, link.confidence, `${link.rule} ${percent(link.confidence)}`)}${link.eventId ? ink.quiet(` event ${link.eventId}`) : ''}`,
    );
  const former = customer.formerIds.filter((id) => id !== customer.id);
  if (former.length > 0) why(0, ink.quiet(`also known as ${former.join(', ')}`));
  for (const { kind, detail } of customer.reviews) why(0, `${ink.bad('◆')} to review: ${kind}, ${detail}`);
  if (tree.rebuilding) why(0, ink.bad('▲ this customer is being rebuilt: ask again in a moment'));

  const putEvent = (depth: number, leaf: EventLeaf) => {
    const { event } = leaf;
    const said = [event.system, event.type].join(' ');
    const detail = [event.outcome, event.ending, ...event.intents.map(({ intent, confidence }) => `wants ${intent} ${percent(confidence)}`)]
      .filter(Boolean)
      .join(', ');
    put(depth, '●', `${calendar.day(event.occurredAt)} ${calendar.time(event.occurredAt)}  ${said}${detail ? ` (${detail})` : ''}  ${ink.quiet(event.id)}`);
    const limit = leaf.gapMs === null ? '' : `, ${duration(leaf.gapMs)} of silence${leaf.limitMs === null ? '' : ` of ${duration(leaf.limitMs)}`}`;
    const owner = `theirs by ${leaf.owner.rule}${leaf.owner.value ? ` ${leaf.owner.value}` : ''} ${percent(leaf.owner.confidence)}`;
    why(
      depth,
      `${inferred(ink, leaf.confidence, `↳ ${leaf.rule}${limit}, ${percent(leaf.confidence)}`)}${ink.quiet(' · ')}${inferred(ink, leaf.owner.confidence, owner)}`,
    );
  };

  const putTransaction = (depth: number, branch: TransactionBranch) => {
    const people = [branch.queue ? `queue ${branch.queue}` : '', branch.agent ? `agent ${branch.agent}` : ''].filter(Boolean).join(', ');
    const kind = branch.kind === 'contact' ? '' : ` ${branch.kind}`;
    put(
      depth,
      '▬',
      `${branch.system}${kind} in ${branch.source} by ${branch.channel}, ${branch.state}${people ? `, ${people}` : ''}  ${ink.quiet(calendar.span(branch.firstAt, branch.lastAt))}  ${ink.quiet(branch.id)}`,
    );
    why(depth, membershipText(branch.membership, ink));
    for (const leaf of branch.events) putEvent(depth + 1, leaf);
  };

  const putInteraction = (depth: number, branch: InteractionBranch) => {
    const share = branch.share === 1000 ? '' : `, ${percent(branch.share)} of it`;
    put(
      depth,
      '▭',
      `${branch.kind === 'attempt' ? 'attempt' : 'interaction'}${branch.family ? ` about ${branch.family}` : ''}${share}  ${calendar.span(branch.firstAt, branch.lastAt)}  ${ink.quiet(branch.id)}`,
    );
    why(depth, membershipText(branch.membership, ink));
    for (const transaction of branch.transactions) putTransaction(depth + 1, transaction);
  };

  const putEngagement = (branch: EngagementBranch) => {
    const keys = branch.keys.length > 0 ? ` (${branch.keys.join(', ')})` : '';
    put(
      1,
      ink.accent('⟿'),
      `${ink.strong(branch.families.join(' + ') || 'unknown')}${keys}, ${branch.state}  ${calendar.span(branch.firstAt, branch.lastAt)}  ${ink.quiet(branch.id)}`,
    );
    if (branch.repeatOf) why(1, ink.guess(`repeats ${branch.repeatOf}`));
    if (branch.follows) why(1, ink.guess(`follows ${branch.follows}`));
    for (const interaction of branch.interactions) putInteraction(2, interaction);
    for (const transaction of branch.transactions) putTransaction(2, transaction);
  };

  for (const engagement of tree.engagements) putEngagement(engagement);
  const { interactions: loose, transactions: items } = tree.unengaged;
  if (loose.length + items.length > 0) {
    put(1, ink.quiet('⟿'), ink.quiet('no engagement'));
    for (const interaction of loose) putInteraction(2, interaction);
    for (const transaction of items) putTransaction(2, transaction);
  }
  return lines.join('\n');
}

/** The link of a node to its parent in words: rule, evidence, confidence. */
export function membershipText(membership: Membership, ink: Ink): string {
  const { rule, value, gapMs, limitMs, otherEvent, confidence } = membership;
  if (rule === 'alone') return ink.quiet('↳ alone');
  const evidence = [
    value ?? '',
    gapMs === null ? '' : `${duration(gapMs)} apart${limitMs === null ? '' : `, at most ${duration(limitMs)}`}`,
    otherEvent ? `with event ${otherEvent}` : '',
  ].filter(Boolean);
  return inferred(ink, confidence, `↳ ${rule}${evidence.length > 0 ? `: ${evidence.join(', ')}` : ''}, ${percent(confidence)}`);
}

/** A record speaks plainly; what a rule inferred below certainty is in the ink of guesses. */
const inferred = (ink: Ink, confidence: number, text: string): string => (confidence < 1000 ? ink.guess(text) : text);
