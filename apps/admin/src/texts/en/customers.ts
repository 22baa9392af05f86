const contactsOf = (n: number): string => (n === 1 ? '1 contact' : `${n} contacts`);
const eventsOf = (n: number): string => (n === 1 ? '1 event' : `${n} events`);

/** Words of the customers' pages: finding one, and reading what they went through. */
export const customers = {
  title: 'Customers',
  customer: 'Customer',
  events: eventsOf,
  contacts: contactsOf,
} as const;
