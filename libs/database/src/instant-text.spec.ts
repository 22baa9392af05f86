import { instantText } from './instant-text';

it.each([0, 1, 999, 86_399_999, 86_400_000, Date.UTC(2026, 2, 29, 1, 59, 59, 7), Date.UTC(2024, 1, 29, 23), 253_402_300_799_999])(
  '%d is written as everybody writes it',
  (instant) => {
    expect(instantText(instant)).toBe(new Date(instant).toISOString());
  },
);
