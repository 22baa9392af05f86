import { z } from 'zod';
import { schemaOf } from './api-description';
import { hoistDefinitions } from './hoist-definitions';
import { describeApi } from './openapi';

interface Tree {
  readonly of: string;
  readonly under: readonly Tree[];
}
const tree: z.ZodType<Tree> = z.lazy(() => z.object({ of: z.string(), under: z.array(tree) }));

/** Every reference in the document that leads nowhere. */
function deadReferences(document: object): string[] {
  const dead: string[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === '$ref' && typeof value === 'string') {
        let at: unknown = document;
        for (const part of value.slice(2).split('/')) at = (at as Record<string, unknown> | undefined)?.[part];
        if (at === undefined) dead.push(value);
      } else walk(value);
    }
  };
  walk(document);
  return dead;
}

describe('the OpenAPI document', () => {
  it('has no reference that leads nowhere', () => {
    expect(deadReferences(describeApi())).toEqual([]);
  });

  it('names what refers to itself once, wherever it is used', () => {
    const wrapped = schemaOf(z.object({ root: tree }), 'input');
    const document = { paths: { '/a': wrapped, '/b': schemaOf(z.object({ other: tree }), 'input') }, components: { schemas: { Plain: { type: 'string' } } } };
    expect(deadReferences(document).length).toBeGreaterThan(0);
    const whole = hoistDefinitions(document) as typeof document;
    expect(deadReferences(whole)).toEqual([]);
    expect(Object.keys(whole.components.schemas)).toEqual(['Plain', 'Recursive1']);
    expect(JSON.stringify(whole)).not.toContain('$defs');
  });
});
