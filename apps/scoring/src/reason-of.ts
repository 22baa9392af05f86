/** The error's own words, without a stack and without anything that came from a customer. */
export function reasonOf(error: unknown): string {
  const { name, message, code } = error as { name?: string; message?: string; code?: string };
  return code ? `${name ?? 'Error'} ${code}` : `${name ?? 'Error'}: ${(message ?? String(error)).slice(0, 200)}`;
}
