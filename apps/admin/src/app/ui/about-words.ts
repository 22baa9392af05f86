import { texts } from '../../texts';
import { intentName } from './format';

/** What a contact or an engagement is about, as scoring says it: the intent, or the family where that is all there is. */
export function aboutWords({ intent, family }: { readonly intent: string; readonly family: string }): string {
  if (intent !== 'unknown') return intentName(intent);
  return (texts.customers.families as Readonly<Record<string, string>>)[family] ?? family;
}
