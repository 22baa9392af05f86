import { formatDay } from '../ui/format';

/** `26 Oct – 22 Nov`; with the year where it is not this one's. The days are those of the report's zone already. */
export function dayWords({ firstDay, lastDay }: { readonly firstDay: string; readonly lastDay: string }): string {
  const words = (day: string): string => formatDay(Date.parse(`${day}T00:00:00Z`), 'UTC').replace(/^\w+ /, '');
  return firstDay === lastDay ? words(firstDay) : `${words(firstDay)} – ${words(lastDay)}`;
}
