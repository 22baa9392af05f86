/** The end of an id, which is enough to tell two apart: what stands where no identifier is known. */
export const shortId = (id: string): string => `…${id.slice(-8)}`;

/** The identifier by which people call a customer: the readable ones first. */
export function customerName(identifiers: readonly { readonly kind: string; readonly value: string }[]): string | undefined {
  const order = ['email', 'phone', 'customerNumber', 'account', 'contract', 'login'];
  return [...order.flatMap((kind) => identifiers.filter((identifier) => identifier.kind === kind)), ...identifiers][0]?.value;
}
