import { isTransient, TransientError } from './index';

const coded = (code: string): Error => Object.assign(new Error('said the server'), { code });

it.each(['08006', '40001', '40P01', '53300', '53100', '57P01', '57P03', '57014', '25006', '25P03', '55P03', '58030', 'ECONNREFUSED', 'ECONNRESET', 'ENOSPC'])(
  '%s passes: the work is tried again',
  (code) => {
    expect(isTransient(coded(code))).toBe(true);
  },
);

it.each(['23505', '22P02', '22021', '42601', '42501', 'ERR_INVALID_ARG_TYPE', 'ENOENT'])('%s stays: trying again changes nothing', (code) => {
  expect(isTransient(coded(code))).toBe(false);
});

it('looks through causes and through several errors at once', () => {
  expect(isTransient(new Error('the batch failed', { cause: new Error('inside', { cause: coded('57P01') }) }))).toBe(true);
  expect(isTransient(new AggregateError([coded('23505'), coded('ECONNREFUSED')]))).toBe(true);
  expect(isTransient(new TransientError('later'))).toBe(true);
  expect(isTransient('a text')).toBe(false);
  expect(isTransient(undefined)).toBe(false);
});
