import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { sizeLimits } from '../contract/package/sizeLimits.ts';
import { packageVsix } from '../contract/package/vsix.ts';
import { repositoryRoot } from '../host/paths.ts';
import type { Figure } from './figures.ts';

/** What is delivered: sizes, and that the bundle which activates holds nothing of the SDK. */
export async function bundleFigures(): Promise<readonly Figure[]> {
  return [
    {
      name: 'sdk.modulesInExtensionBundle',
      value: await sdkModules('src/extension.ts'),
      unit: 'modules',
      limit: 0,
    },
    size('size.extension', (await stat(built('extension.js'))).size, sizeLimits.extension),
    size('size.aws', (await stat(built('aws/index.js'))).size, sizeLimits.aws),
    size('size.vsix', (await packageVsix()).bytes, sizeLimits.vsix),
  ];
}

async function sdkModules(entry: string): Promise<number> {
  const { metafile } = await build({
    entryPoints: [join(repositoryRoot, entry)],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode', './aws/index.js'],
    logLevel: 'silent',
  });
  return Object.keys(metafile.inputs).filter((path) => /\/@(?:aws-sdk|smithy|aws)\//.test(path))
    .length;
}

function size(name: string, value: number, limit: number): Figure {
  return { name, value, unit: 'bytes', limit };
}

function built(path: string): string {
  return join(repositoryRoot, 'dist', path);
}
