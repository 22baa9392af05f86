import { mappingDocumentSchema, type MappingDocument } from '@throughline/contracts';
import { builtInMappings } from '@throughline/domain-events';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from './usage-error';

/** A mapping by its name (built in, or one that comes with Throughline) or by the path of a document. */
export function findMapping(name: string, root: string): MappingDocument {
  const builtIn = builtInMappings[name];
  if (builtIn) return builtIn;
  const folder = path.join(root, 'apps/ingestion/mappings');
  const file = [path.join(folder, `${name}.json`), name].find((candidate) => existsSync(candidate));
  if (!file) {
    const known = [...Object.keys(builtInMappings), ...globSync('*.json', { cwd: folder }).map((each) => path.basename(each, '.json'))].sort();
    throw new UsageError(`There is no mapping "${name}": name one of ${known.join(', ')}, or the path of a document of your own.`);
  }
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
  const parsed = mappingDocumentSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  throw new UsageError(
    `${file} is no mapping document: ${parsed.error.issues
      .map((issue) => `${issue.path.join('.') || 'it'}: ${issue.message}`)
      .slice(0, 3)
      .join('; ')}.`,
  );
}
