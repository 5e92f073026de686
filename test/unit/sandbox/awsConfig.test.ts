import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sandboxProfiles, writeAwsConfig } from '../../sandbox/awsConfig.ts';

suite('AWS config of the sandbox', () => {
  let home: string;

  setup(async () => {
    home = await mkdtemp(join(tmpdir(), 'secret-manager-config-'));
  });

  teardown(() => rm(home, { recursive: true, force: true }));

  async function written(options?: { readonly synthetic: boolean }) {
    const files = await writeAwsConfig(home, 'http://127.0.0.1:4', options);
    const config = await readFile(files.configFile, 'utf8');
    const credentials = await readFile(files.credentialsFile, 'utf8');
    return { files, config, credentials };
  }

  test('holds every profile once, and the sections that are none', async () => {
    const { config } = await written();
    const sections = [...config.matchAll(/^\[(.+)\]$/gm)].map(([, name]) => name);
    assert.deepEqual(sections, [
      ...sandboxProfiles.map((profile) => `profile ${profile}`),
      'sso-session corp',
      'services sandbox',
    ]);
  });

  test('names the proxy for every service that the extension calls', async () => {
    const { config } = await written();
    const section = config.slice(config.indexOf('[services sandbox]'));
    assert.deepEqual(
      [...section.matchAll(/^(\w+) =\n {2}endpoint_url = http:\/\/127\.0\.0\.1:4$/gm)].map(
        ([, service]) => service,
      ),
      ['secrets_manager', 'ssm', 'sts', 'iam', 'sso', 'sso_oidc'],
    );
  });

  test('the synthetic profile is there when it is asked for', async () => {
    assert.ok(!(await written()).config.includes('[profile synthetic]'));
    const { config, credentials } = await written({ synthetic: true });
    assert.ok(config.includes('[profile synthetic]') && credentials.includes('[synthetic]'));
  });

  test('only the owner may read the files', async function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    const { files } = await written();
    for (const file of [files.configFile, files.credentialsFile]) {
      assert.equal((await stat(file)).mode & 0o777, 0o600);
    }
  });
});
