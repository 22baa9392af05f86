import { describeError } from './index';

it('keeps out of the log what an error quotes of a customer', () => {
  const fromPostgres = Object.assign(new Error('invalid input syntax for type uuid: "Dana Miller"'), {
    code: '22P02',
    severity: 'ERROR',
    detail: 'Key (phone)=(+4930123456) exists',
    table: 'event',
  });
  let fromJson: unknown;
  try {
    JSON.parse('{"phone": +4930123456}');
  } catch (error) {
    fromJson = error;
  }
  const described = JSON.stringify([
    describeError(fromPostgres),
    describeError(fromJson),
    describeError(new Error('the batch failed', { cause: fromPostgres })),
  ]);
  expect(described).not.toMatch(/Dana|4930123456/);
  expect(described).toContain('22P02');
  expect(described).toContain('the batch failed');
});
