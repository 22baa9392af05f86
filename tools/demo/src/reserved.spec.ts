import { americanPhone, americanPhones, britishPhone, danaPhone, isReserved } from './reserved';

describe('reserved numbers', () => {
  it('gives every person of a town of 50,000 a number of their own, none of them Dana’s', () => {
    expect(americanPhones).toBeGreaterThan(50_000);
    const numbers = new Set(Array.from({ length: americanPhones }, (_, index) => americanPhone(index)));
    expect(numbers.size).toBe(americanPhones);
    expect(numbers).not.toContain(danaPhone);
    expect(americanPhone(americanPhones)).toBeNull();
    expect(britishPhone(999)).toBe('+447700900999');
    expect(britishPhone(1000)).toBeNull();
  });

  it('knows what belongs to nobody from what could be somebody’s', () => {
    expect(isReserved('phone', '+12125550100')).toBe(true);
    expect(isReserved('phone', '+12125550200')).toBe(false);
    expect(isReserved('email', 'ada@example.com')).toBe(true);
    expect(isReserved('email', 'ada@example.com.org')).toBe(false);
  });
});
