import assert from 'node:assert/strict';
import { glob } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { repositoryRoot } from '../../host/paths.ts';
import { sizeLimits } from './sizeLimits.ts';
import { packageVsix, type Vsix } from './vsix.ts';

suite('the package', () => {
  let vsix: Vsix;

  suiteSetup(async function () {
    this.timeout(60_000);
    vsix = await packageVsix();
  });

  test('holds the bundles, the media, the texts and nothing else', async () => {
    const data = await Array.fromAsync(
      glob(['media/**/*.*', 'snippets/**/*.*', 'l10n/*.json', 'package.nls*.json'], {
        cwd: repositoryRoot,
      }),
      (path) => path.replaceAll('\\', '/'),
    );
    assert.deepEqual(
      [...vsix.files.keys()].toSorted(),
      [
        ...data,
        'ARCHITECTURE.md',
        'CONTRIBUTING.md',
        'LICENSE.txt',
        'changelog.md',
        'dist/aws/index.js',
        'dist/extension.js',
        'package.json',
        'readme.md',
      ].toSorted(),
    );
    assert.deepEqual(
      data.filter((path) => !/\.(?:json|png|svg)$/.test(path)),
      [],
      'only pictures and JSON are data',
    );
  });

  test('is small', () => {
    assert.ok(vsix.bytes <= sizeLimits.vsix, `the VSIX has ${vsix.bytes} bytes`);
    const extension = vsix.files.get('dist/extension.js')?.length ?? Infinity;
    assert.ok(extension <= sizeLimits.extension, `extension.js has ${extension} bytes`);
    const aws = vsix.files.get('dist/aws/index.js')?.length ?? Infinity;
    assert.ok(aws <= sizeLimits.aws, `aws/index.js has ${aws} bytes`);
  });

  test('brings every module that its bundles load', () => {
    for (const path of ['dist/extension.js', 'dist/aws/index.js']) {
      const loaded = Array.from(
        text(vsix, path).matchAll(/\b(?:require|import)\("([^"]+)"\)/g),
        ([, name = '']) => name.replace(/^node:/, ''),
      );
      const missing = new Set(
        loaded.filter(
          (name) =>
            !builtinModules.includes(name) &&
            !(name.startsWith('.') && vsix.files.has(posix.join(posix.dirname(path), name))),
        ),
      );
      // The SDK looks for the signer in native code and does without; bowser reads a browser's user agent.
      const absent = ['@aws-sdk/signature-v4-crt', 'bowser'];
      const allowed = path === 'dist/extension.js' ? ['vscode'] : absent;
      assert.deepEqual(
        [...missing].filter((name) => !allowed.includes(name)),
        [],
        path,
      );
    }
  });

  test('holds no path of a machine, no package registry and no source map', () => {
    for (const [path, contents] of vsix.files) {
      if (!path.endsWith('.png')) {
        const written = contents.toString('utf8');
        assert.doesNotMatch(written, /(?<![\w.-])\/(?:home|Users|root|work)\/\w/, path);
        assert.doesNotMatch(written, /\b[A-Z]:\\\\?Users/, path);
        assert.doesNotMatch(
          written,
          /\/\/[\w.-]*(?:registry|npm|nexus|artifactory|pypi|mirror)[\w.-]*[:/]/i,
          path,
        );
        assert.doesNotMatch(written, /sourceMappingURL/, path);
      }
    }
  });

  test('has everything that its README links to', () => {
    const targets = Array.from(
      text(vsix, 'readme.md').matchAll(/\]\(([^)\s]+)\)|\b(?:src|href)="([^"]+)"/g),
      ([, markdown, html]) => markdown ?? html ?? '',
    ).filter((target) => !/^(?:https:|#)/.test(target));
    assert.notEqual(targets.length, 0);
    assert.deepEqual(
      targets.filter((target) => !vsix.files.has(target)),
      [],
    );
  });
});

function text(vsix: Vsix, path: string): string {
  const contents = vsix.files.get(path);
  assert.ok(contents, path);
  return contents.toString('utf8');
}
