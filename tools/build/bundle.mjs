// Bundles one entry of the house: bundle.mjs <entry.ts> <outfile.mjs>. esbuild resolves the tsconfig paths; @swc/core compiles each .ts first, since esbuild emits no decorator metadata.
import { build } from 'esbuild';
import { transform } from '@swc/core';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');

const swc = {
  name: 'swc',
  setup(builder) {
    builder.onLoad({ filter: /\.ts$/, namespace: 'file' }, async ({ path: file }) => {
      if (file.includes('node_modules')) return undefined;
      const { code } = await transform(await readFile(file, 'utf8'), {
        filename: file,
        sourceMaps: 'inline',
        isModule: true,
        swcrc: false,
        configFile: false,
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          keepClassNames: true,
        },
      });
      return { contents: code, loader: 'js' };
    });
  },
};

/** Bundles `entry` into `outfile`, both relative to the root: one ES module for Node 24 with packages left outside. Each file is replaced whole, so a program that starts meanwhile reads the old one or the new one. */
export async function bundle(entry, outfile) {
  const { outputFiles } = await build({
    write: false,
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    packages: 'external',
    sourcemap: true,
    tsconfig: 'tsconfig.base.json',
    plugins: [swc],
    logLevel: 'warning',
    keepNames: false,
    loader: { '.sql': 'text' },
  });
  for (const { path: file, contents } of outputFiles) {
    const draft = `${file}.${process.pid}.new`;
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(draft, contents);
    await rename(draft, file);
  }
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [entry, outfile] = process.argv.slice(2);
  if (!entry || !outfile) throw new Error('Usage: bundle.mjs <entry.ts> <outfile.mjs>');
  await bundle(entry, outfile);
}
