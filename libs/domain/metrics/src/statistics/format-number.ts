import type { Unit } from '../registry/metric';

/** From a share or a mean to what people read. */
export const scaleOf = (unit: Unit): number => (unit === 'mean' ? 1 : 100);

/** With the decimals asked for, a thin thousands' comma, a true minus, and never −0. */
export function formatNumber(value: number, decimals: number): string {
  const [whole, rest] = Math.abs(value).toFixed(decimals).split('.') as [string, string | undefined];
  const text = rest === undefined ? grouped(whole) : `${grouped(whole)}.${rest}`;
  return value < 0 && Number(Math.abs(value).toFixed(decimals)) !== 0 ? `−${text}` : text;
}

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',');
