/** Decimals beyond which nobody reads on. */
const mostDecimals = 2;

/**
 * How many decimals an interval of this half width supports: the error keeps one or two digits, and the value is cut at the same place (Particle Data Group, Review of
 * Particle Physics, Introduction, "Rounding": two digits of the error from 100 to 354, one from 355 to 949, then two of the next power of ten).
 */
export function decimalsFor(halfWidth: number): number {
  if (!(halfWidth > 0) || !Number.isFinite(halfWidth)) return 1;
  const power = Math.floor(Math.log10(halfWidth));
  const leading = Math.round(halfWidth / 10 ** (power - 2));
  const digits = leading < 355 || leading >= 950 ? 1 : 0;
  return Math.min(mostDecimals, Math.max(0, digits - power - (leading >= 950 ? 1 : 0)));
}
