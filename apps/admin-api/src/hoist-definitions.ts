/**
 * Moves what schemas define inside themselves (`$defs`, as recursive zod schemas come) to the schemas of the document, where a reference finds it: inside a document
 * `#/$defs/…` would point at the document's own root. Equal definitions become one.
 */
export function hoistDefinitions<Document extends { readonly components: { readonly schemas: Readonly<Record<string, object>> } }>(
  document: Document,
): Document {
  const hoisted = new Map<string, { readonly name: string; schema: unknown }>();
  const moved = (node: unknown, names: Readonly<Record<string, string>>): unknown => {
    if (Array.isArray(node)) return node.map((item) => moved(item, names));
    if (typeof node !== 'object' || node === null) return node;
    const { $defs, ...rest } = node as { $defs?: Record<string, unknown> };
    let inside = names;
    if ($defs) {
      const added: [string, string, unknown][] = Object.entries($defs).map(([key, schema]) => {
        const text = JSON.stringify(schema);
        const known = hoisted.get(text);
        if (known) return [key, known.name, undefined];
        const name = `Recursive${hoisted.size + 1}`;
        hoisted.set(text, { name, schema: undefined });
        return [key, name, schema];
      });
      inside = { ...names, ...Object.fromEntries(added.map(([key, name]) => [key, name])) };
      for (const [, , schema] of added) if (schema !== undefined) hoisted.get(JSON.stringify(schema))!.schema = moved(schema, inside);
    }
    return Object.fromEntries(
      Object.entries(rest).map(([key, value]) => {
        const name = key === '$ref' && typeof value === 'string' ? inside[value.replace('#/$defs/', '')] : undefined;
        return [key, name === undefined ? moved(value, inside) : `#/components/schemas/${name}`];
      }),
    );
  };
  const whole = moved(document, {}) as Document;
  const definitions = Object.fromEntries([...hoisted.values()].map(({ name, schema }) => [name, schema]));
  return { ...whole, components: { ...whole.components, schemas: { ...whole.components.schemas, ...definitions } } };
}
