import { defaultHierarchySettings } from '@throughline/contracts';
import { editSettings } from './edit-settings';

it('times are written as people say them', () => {
  const edited = editSettings(defaultHierarchySettings, ['families.fault.windowMs=20d', 'interactionGapMs.standard=45min', 'borrowMs=1500']);
  expect(edited.families.fault.windowMs).toBe(20 * 86_400_000);
  expect(edited.interactionGapMs.standard).toBe(45 * 60_000);
  expect(edited.borrowMs).toBe(1_500);
  expect(defaultHierarchySettings.families.fault.windowMs).toBe(14 * 86_400_000);
});

it('lists and words are taken as such', () => {
  const edited = editSettings(defaultHierarchySettings, ['interactionGapMs.asynchronous=email,letter', 'families.fault.differentKeys=separate']);
  expect(edited.interactionGapMs.asynchronous).toEqual(['email', 'letter']);
  expect(edited.families.fault.differentKeys).toBe('separate');
});

it.each(['families.nothing.windowMs=1d', 'borrowMs', 'version=9', 'borrowMs=soon', '__proto__.x=1'])('%s is refused in a sentence', (change) => {
  expect(() => editSettings(defaultHierarchySettings, [change])).toThrow(/setting|change|value/);
});
