/** The identifier by which people call a customer: the readable ones first. */
export function customerName(identifiers: readonly { readonly kind: string; readonly value: string }[]): string | undefined {
  const order = ['email', 'phone', 'customerNumber', 'account', 'contract', 'login'];
  return [...order.flatMap((kind) => identifiers.filter((identifier) => identifier.kind === kind)), ...identifiers][0]?.value;
}
