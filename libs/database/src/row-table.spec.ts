import { differenceOf, sortedByKey } from './row-difference';
import { columnLiterals, type RowTable } from './row-table';

const table: RowTable = {
  name: 't',
  key: 2,
  columns: [
    ['customer_id', 'uuid'],
    ['anchor', 'uuid'],
    ['agent', 'text'],
    ['confidence', 'integer'],
  ],
};

describe('the difference between stored and wanted rows', () => {
  it('touches no row that is equal', () => {
    const rows = [['c', 'a', 'Ann', 1000]] as const;
    expect(differenceOf(table, rows, [['c', 'a', 'Ann', 1000]])).toEqual({ inserts: [], updates: [], deletes: [] });
  });

  it('writes new and changed rows, deletes what is no more', () => {
    const stored = [
      ['c', '3', null, 1],
      ['c', '2', 'Ann', 1],
      ['c', '1', 'Ann', 1],
    ] as const;
    const wanted = [
      ['c', '4', 'Bob', 1],
      ['c', '2', null, 1],
      ['c', '3', null, 1],
    ] as const;
    const { inserts, updates, deletes } = differenceOf(table, stored, wanted);
    expect(inserts.map((row) => row[1])).toEqual(['4']);
    expect(updates.map((row) => row[1])).toEqual(['2']);
    expect(deletes.map((row) => row[1])).toEqual(['1']);
    expect(sortedByKey(table, stored).map((row) => row[1])).toEqual(['1', '2', '3']);
  });

  it('does not mistake the row of one customer for that of another with the same anchor', () => {
    const { inserts, deletes } = differenceOf(table, [['c', 'a', 'Ann', 1]], [['d', 'a', 'Ann', 1]]);
    expect([inserts.length, deletes.length]).toEqual([1, 1]);
  });
});

describe('array literals', () => {
  it('quotes text that looks like syntax, and keeps null apart from the word', () => {
    const rows = [
      ['c', 'a', 'NULL', 1],
      ['c', 'b', null, 2],
      ['c', 'd', '{"x", \\ }', 3],
    ] as const;
    expect(columnLiterals(table, rows)).toEqual(['{c,c,c}', '{a,b,d}', '{"NULL",NULL,"{\\"x\\", \\\\ }"}', '{1,2,3}']);
  });

  it('sends JSON as one text, in which nothing stands for null', () => {
    const packed: RowTable = {
      name: 't',
      key: 1,
      columns: [
        ['customer_id', 'uuid'],
        ['state', 'json'],
      ],
    };
    const rows = [
      ['a', '{"x":"\\u001e"}'],
      ['b', null],
      ['c', '[]'],
    ] as const;
    expect(columnLiterals(packed, rows)[1]).toBe('{"x":"\\u001e"}\u001e\u001e[]');
  });
});
