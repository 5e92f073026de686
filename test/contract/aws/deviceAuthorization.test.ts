import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAws } from '../../../src/aws/index.ts';
import type { Aws } from '../../../src/core/ports.ts';
import { UserError } from '../../../src/core/userError.ts';
import { never } from './awsFixture.ts';

type Answer = { readonly status?: number; readonly body: unknown };

const registered = { clientId: 'c', clientSecret: 's', clientSecretExpiresAt: 4_000_000_000 };
const started = {
  deviceCode: 'd',
  userCode: 'ABCD-EFGH',
  verificationUri: 'https://device.sso.example/',
  expiresIn: 600,
  interval: 1,
};

/** What the sandbox's Identity Center never does: refuse, hurry, and send a person to a place that is no web page. */
suite('Device authorization that goes wrong', function () {
  this.timeout(20_000);
  let home: string;
  let server: Server;
  let endpoint: string;
  let answers: Readonly<Record<string, readonly Answer[]>>;
  let calls: string[];
  let shown: string[];

  setup(async () => {
    home = await mkdtemp(join(tmpdir(), 'secret-manager-oidc-'));
    calls = [];
    shown = [];
    server = createServer((request, response) => {
      const path = request.url ?? '';
      const earlier = calls.filter((call) => call === path).length;
      calls.push(path);
      const planned = answers[path] ?? [];
      const { status = 200, body } = planned[Math.min(earlier, planned.length - 1)] ?? {
        status: 500,
        body: {},
      };
      const type = (body as { readonly type?: string }).type;
      response.writeHead(status, {
        'content-type': 'application/json',
        ...(type === undefined ? {} : { 'x-amzn-errortype': type }),
      });
      response.end(JSON.stringify(body));
      request.resume();
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    endpoint = `http://127.0.0.1:${address.port}`;
  });
  teardown(async () => {
    server.closeAllConnections();
    server.close();
    await rm(home, { recursive: true, force: true });
  });

  function aws(): Aws {
    const sso = { startUrl: 'https://x.awsapps.example/start', region: 'eu-west-1', scopes: [] };
    const endpoints = { sso: endpoint, sso_oidc: endpoint };
    return createAws({
      settingsFor: ({ profile, region }) => ({
        profile: { id: profile, label: profile, credentialKind: 'sso', sso },
        region,
        endpoints,
        useFipsEndpoint: false,
        useDualstackEndpoint: false,
      }),
      env: { HOME: home },
      prompts: {
        mfaCode: async () => undefined,
        deviceCode: async ({ verificationUri }) => {
          shown.push(verificationUri);
          return true;
        },
      },
      log: { debug: silent, info: silent, warn: silent, error: silent },
      clock: { now: () => Date.now() },
      isTrusted: () => true,
    });
  }

  async function failure(): Promise<UserError> {
    try {
      await aws().signIn('sso-dev', never);
    } catch (error) {
      assert.ok(error instanceof UserError, String(error));
      return error;
    }
    throw new assert.AssertionError({ message: 'The sign-in did not fail.' });
  }

  for (const uri of ['file:///etc/passwd', 'vscode://x/y', 'javascript:alert(1)', 'nowhere', '']) {
    test(`“${uri}” is never opened`, async () => {
      answers = {
        '/client/register': [{ body: registered }],
        '/device_authorization': [{ body: { ...started, verificationUri: uri } }],
      };
      assert.match(
        (await failure()).message,
        /answered the sign-in of profile “sso-dev” incompletely/,
      );
      assert.deepEqual(shown, []);
    });
  }

  for (const { type, says } of [
    { type: 'ExpiredTokenException', says: /^The sign-in code of profile “sso-dev” has expired/ },
    { type: 'AccessDeniedException', says: /^The sign-in of profile “sso-dev” was declined/ },
    { type: 'InvalidGrantException', says: /session of profile “sso-dev” has ended/ },
  ]) {
    test(`${type} while polling is told`, async () => {
      answers = {
        '/client/register': [{ body: registered }],
        '/device_authorization': [{ body: started }],
        '/token': [{ status: 400, body: { type } }],
      };
      assert.match((await failure()).message, says);
      assert.deepEqual(shown, [started.verificationUri]);
    });
  }

  test('who is told to slow down asks five seconds later', async () => {
    answers = {
      '/client/register': [{ body: registered }],
      '/device_authorization': [{ body: started }],
      '/token': [
        { status: 400, body: { type: 'SlowDownException' } },
        { status: 400, body: { type: 'ExpiredTokenException' } },
      ],
    };
    const begun = performance.now();
    await failure();
    assert.equal(calls.filter((call) => call === '/token').length, 2);
    assert.ok(performance.now() - begun > 6500, 'one second, then six');
  });

  test('a kept registration that the service forgot is made anew, once', async () => {
    answers = {
      '/client/register': [{ body: registered }],
      '/device_authorization': [
        { body: started },
        { status: 401, body: { type: 'InvalidClientException' } },
        { body: started },
      ],
      '/token': [{ status: 400, body: { type: 'AccessDeniedException' } }],
    };
    await failure();
    await failure();
    assert.deepEqual(calls, [
      '/client/register',
      '/device_authorization',
      '/token',
      '/device_authorization',
      '/client/register',
      '/device_authorization',
      '/token',
    ]);
  });
});

function silent(): void {
  // What is logged is not what these tests are about.
}
