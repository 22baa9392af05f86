import { formatAgo, formatMoment, formatNumber, formatShare, formatSpan } from './format';

const minute = 60_000;

describe('numbers and times in words', () => {
  it('groups thousands, keeps the asked digits and writes a true minus', () => {
    expect(formatNumber(12431)).toBe('12,431');
    expect(formatNumber(-2.25, { digits: 1 })).toBe('−2.3');
    expect(formatNumber(6, { signed: true })).toBe('+6');
    expect(formatNumber(0, { signed: true })).toBe('0');
    expect(formatShare(0.714, 1)).toBe('71.4 %');
  });

  it('tells a span as people do: minutes and seconds, hours, days', () => {
    expect(formatSpan(372_000)).toBe('6:12');
    expect(formatSpan(65 * minute)).toBe('1 h 5 min');
    expect(formatSpan(9 * 24 * 60 * minute)).toBe('9 days');
  });

  it('tells an instant in the zone it is asked for, whatever zone the browser has', () => {
    const at = Date.UTC(2026, 2, 29, 0, 30);
    expect(formatMoment(at, 'Europe/Berlin')).toBe('Sun 29 Mar 01:30');
    expect(formatMoment(at + 60 * minute, 'Europe/Berlin')).toBe('Sun 29 Mar 03:30');
    expect(formatMoment(at, 'Asia/Kolkata')).toBe('Sun 29 Mar 06:00');
  });

  it('tells how long ago', () => {
    expect(formatAgo(0, 4 * minute)).toBe('4 minutes ago');
    expect(formatAgo(0, 26 * 60 * minute)).toBe('yesterday');
  });
});
