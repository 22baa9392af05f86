/** What a browser calls itself, in two words: `Firefox, Linux`. What is not known is shown as it came, cut. */
export function browserName(client: string): string {
  const browser = [
    ['Edg/', 'Edge'],
    ['OPR/', 'Opera'],
    ['Firefox/', 'Firefox'],
    ['Chrome/', 'Chrome'],
    ['Safari/', 'Safari'],
  ].find(([mark]) => client.includes(mark!))?.[1];
  const system = [
    ['Android', 'Android'],
    ['iPhone', 'iPhone'],
    ['iPad', 'iPad'],
    ['Windows', 'Windows'],
    ['Mac OS', 'macOS'],
    ['Linux', 'Linux'],
  ].find(([mark]) => client.includes(mark!))?.[1];
  if (!browser) return client === '' ? '–' : client.slice(0, 40);
  return system ? `${browser}, ${system}` : browser;
}
