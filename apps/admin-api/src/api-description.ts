import { z } from 'zod';

/** One feature's part of the OpenAPI document. Names of schemas are one namespace over all features. */
export interface ApiPart {
  readonly paths: Readonly<Record<string, object>>;
  readonly schemas: Readonly<Record<string, object>>;
}

export const json = (schema: object, description: string): object => ({ description, content: { 'application/json': { schema } } });
export const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });
export const problem = (description: string): object => ({ description, content: { 'application/problem+json': { schema: ref('Problem') } } });
/** Answers of every route that is not open. */
export const refusals = { '401': problem('Nobody is signed in, and no known token was sent.'), '403': problem('The caller may not do that.') };
export const path = (name: string, description: string): object => ({ name, in: 'path', required: true, description, schema: { type: 'string' } });
export const body = (schema: object): object => ({ required: true, content: { 'application/json': { schema } } });

/** The JSON Schema of what a request must be (`input`) or an answer is (`output`). */
export const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): object => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
};

/** Each field of a query's schema as a parameter. */
export function queryOf(schema: z.ZodType): object[] {
  const { properties, required = [] } = schemaOf(schema, 'input') as { properties: Record<string, object>; required?: string[] };
  return Object.entries(properties).map(([name, of]) => ({ name, in: 'query', required: required.includes(name), schema: of }));
}
