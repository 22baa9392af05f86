import { csvOf } from './csv';

describe('a table as a file', () => {
  it('quotes what has commas, quotes and lines, and leaves unknown empty', () => {
    expect(
      csvOf(
        ['Queue', 'n'],
        [
          ['Billing, "new"', 1234.5],
          ['two\nlines', null],
        ],
      ),
    ).toBe('\ufeffQueue,n\r\n"Billing, ""new""",1234.5\r\n"two\nlines",\r\n');
  });

  it.each(['=1+1', '+44 20', '-2', '@sum'])('does not let a spreadsheet run %s', (text) => {
    expect(csvOf(['a'], [[text]])).toContain(`'${text}`);
  });

  it('leaves numbers below zero numbers', () => {
    expect(csvOf(['a'], [[-2]])).toContain('\r\n-2\r\n');
  });
});
