import { isId, parseEventOrNode, parseIdentifier } from './identifier-argument';

const uuid = '5f0c0c3e-7d2f-5b8a-9b8e-0a4b7c1d2e3f';

it('what a person types is taken for what it looks like', () => {
  expect(parseIdentifier('dana@example.com')).toEqual({ kind: 'email', namespace: '', value: 'dana@example.com' });
  expect(parseIdentifier('+44 7700 900123')).toEqual({ kind: 'phone', namespace: '', value: '+44 7700 900123' });
  expect(parseIdentifier('customerNumber:4711')).toEqual({ kind: 'customerNumber', namespace: '', value: '4711' });
  expect(parseIdentifier('customerNumber:billing:47:11')).toEqual({ kind: 'customerNumber', namespace: 'billing', value: '47:11' });
  expect(() => parseIdentifier('dana')).toThrow('write it as kind:value');
});

it('a customer, event or node is named by its id', () => {
  expect([uuid, `eng_${uuid}`, `tx_${uuid}`].every(isId)).toBe(true);
  expect(isId('dana@example.com')).toBe(false);
});

it('a node id says which event and which level is meant', () => {
  expect(parseEventOrNode(uuid)).toEqual({ eventId: uuid });
  expect(parseEventOrNode(`int_${uuid}`)).toEqual({ eventId: uuid, level: 'interaction' });
  expect(parseEventOrNode(`eng_${uuid}`)).toEqual({ eventId: uuid, level: 'engagement' });
  expect(parseEventOrNode(`tx_${uuid}`)).toEqual({ eventId: uuid });
  expect(() => parseEventOrNode('eng_12')).toThrow('no event or node id');
});
