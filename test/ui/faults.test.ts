import assert from 'node:assert/strict';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import type { Fault } from '../faults/faults.ts';
import { mfaCode } from '../sandbox/accounts.ts';
import { parametersPath, SandboxWindow, secretsPath } from './sandboxWindow.ts';
import { poll } from './support/poll.ts';
import type { TreePath } from './support/treeView.ts';

/** What a person reads when every attempt at ListSecrets fails in one way. */
const sentences: readonly {
  readonly fault: Pick<Fault, 'kind'>;
  readonly says: RegExp;
}[] = [
  {
    fault: { kind: 'throttle' },
    says: /^Secrets Manager throttled secretsmanager:ListSecrets in eu-west-1, also when it was repeated\. Wait a moment, then retry\.$/,
  },
  {
    fault: { kind: 'access-denied' },
    says: /^Access denied: profile “security” may not call secretsmanager:ListSecrets \(eu-west-1\)\. Ask for the IAM permission, or switch the profile\.$/,
  },
  {
    fault: { kind: 'html-500' },
    says: /^Secrets Manager at http:\/\/127\.0\.0\.1:\d+ answered secretsmanager:ListSecrets with something that is not an AWS answer, or with half of one\./,
  },
  {
    fault: { kind: 'reset' },
    says: /^The connection to Secrets Manager at http:\/\/127\.0\.0\.1:\d+ was cut off, also when secretsmanager:ListSecrets was repeated\./,
  },
  {
    fault: { kind: 'truncate-json' },
    says: /^Secrets Manager at http:\/\/127\.0\.0\.1:\d+ answered secretsmanager:ListSecrets with something that is not an AWS answer, or with half of one\./,
  },
  {
    fault: { kind: 'clock-skew' },
    says: /^This computer’s clock differs too much from AWS’s, so Secrets Manager did not accept the signature of secretsmanager:ListSecrets\. Set the clock, then retry\.$/,
  },
  {
    fault: { kind: 'unavailable' },
    says: /^Secrets Manager failed inside AWS at secretsmanager:ListSecrets in eu-west-1\. Retry in a moment\.$/,
  },
];

suite('When something goes wrong, the explorer', () => {
  let window: SandboxWindow;

  suiteSetup(async function () {
    this.timeout(180_000);
    window = await SandboxWindow.open({
      settings: {
        'secretManager.explorer.indexLimit': 0,
        // The long sentences of problems would cover the rows below them.
        'workbench.hover.delay': 3_600_000,
      },
    });
    await window.tree.expand(secretsPath);
    await window.tree.expand(parametersPath);
  });

  suiteTeardown(async () => {
    await window.close();
  });

  teardown(() => {
    window.sandbox.proxy.clear();
  });

  for (const { fault, says } of sentences) {
    test(`tells ${fault.kind} in a sentence, keeps the other service going, and recovers by Retry`, async () => {
      window.sandbox.proxy.inject({ ...fault, operation: 'ListSecrets' });
      await window.tree.chooseFromContextMenu(secretsPath, 'Refresh');
      const problem = await window.tree.row([...secretsPath, says]);
      assert.equal(problem.ariaLabel, problem.label);
      assert.deepEqual(await childLabels(secretsPath), [problem.label]);
      assert.equal(await window.icon([...secretsPath, problem.label]), 'warning');

      const before = window.calls('DescribeParameters').length;
      await window.tree.chooseFromContextMenu(parametersPath, 'Refresh');
      const beside = await poll('the other service to answer', () =>
        Promise.resolve(window.calls('DescribeParameters').at(before)),
      );
      assert.equal(beside.status, 200);
      await window.tree.row([...parametersPath, 'prod']);
      assert.deepEqual(await childLabels(secretsPath), [problem.label]);

      window.sandbox.proxy.clear();
      await window.tree.inlineAction([...secretsPath, problem.label], 'Retry');
      await window.tree.row([...secretsPath, 'prod']);
      assert.equal(await window.tree.find([...secretsPath, problem.label]), undefined);
    });
  }

  test('keeps what a listing has loaded when the token expires at its second page, and goes on from there', async () => {
    window.sandbox.proxy.inject({ kind: 'expired-token', operation: 'DescribeParameters' });
    await window.tree.click([...parametersPath, 'Load 50 more…']);
    const problem = await window.tree.row([...parametersPath, /have expired/]);
    assert.equal(
      problem.label,
      'The credentials of profile “security” have expired. Sign in again.',
    );
    await window.tree.row([...parametersPath, 'prod']);
    await window.tree.row([...secretsPath, 'prod']);

    window.sandbox.proxy.clear();
    const calls = await window.callsOf(async () => {
      await window.tree.inlineAction([...parametersPath, problem.label], 'Retry');
      await gone([...parametersPath, problem.label]);
    });
    assert.deepEqual(
      calls.map(({ operation }) => operation),
      ['DescribeParameters'],
    );
    assert.match(JSON.stringify(calls[0]?.params), /"NextToken"/);
  });

  test('ends a slow call when its folder is closed, and waits for it when it is not', async () => {
    window.sandbox.proxy.inject({ kind: 'latency', ms: 5000, operation: 'ListSecrets' });
    const cancelled = await window.callsOf(async () => {
      await window.tree.chooseFromContextMenu(secretsPath, 'Refresh');
      await poll('the call to be under way', async () =>
        (await window.tree.row(secretsPath)).loading ? true : undefined,
      );
      await window.tree.collapse(secretsPath);
      await poll('the call to end', async () =>
        window.calls('ListSecrets').at(-1)?.status === 0 ? true : undefined,
      );
    });
    assert.deepEqual(
      cancelled.map(({ operation, status }) => [operation, status]),
      [['ListSecrets', 0]],
    );
    await window.tree.expand(secretsPath);
    await window.tree.row([...secretsPath, 'prod']);
  });

  test('says at which address nothing listens, for the identity and for each service', async () => {
    const { tree } = window;
    const where =
      'http://127.0.0.1:1: connection refused. Check that the endpoint is running and its address is right.';
    await tree.expand(['unreachable']);
    await tree.row(['unreachable', `STS is not reachable at ${where}`]);
    for (const [branch, service] of [
      ['Secrets', 'Secrets Manager'],
      ['Parameters', 'Parameter Store'],
    ] as const) {
      await tree.expand(['unreachable', 'eu-west-1', branch]);
      await tree.row([
        'unreachable',
        'eu-west-1',
        branch,
        `${service} is not reachable at ${where}`,
      ]);
    }
    await tree.collapse(['unreachable']);
  });

  test('names the role that cannot be assumed', async () => {
    await window.tree.expand(['broken-role']);
    await window.tree.row([
      'broken-role',
      'sts:AssumeRole denied for role arn:aws:iam::444455556666:role/DoesNotExist (profile “broken-role”). The role must exist, its trust policy must name the source profile, and that profile’s policy must allow it.',
    ]);
    await window.tree.collapse(['broken-role']);
  });

  test('signs in to IAM Identity Center with a code that is shown and copied, then lists', async () => {
    const { workbench, tree } = window;
    await tree.expand(['sso-dev']);
    await tree.row(['sso-dev', 'Profile “sso-dev” is not signed in to IAM Identity Center.']);
    assert.equal((await tree.row(['sso-dev'])).description, 'Sign in…');
    await tree.inlineAction(['sso-dev'], 'Sign In…');
    const shown = await workbench.quickInput.waitFor('the code', ({ items }) => items.length > 0);
    assert.equal(shown.title, 'Sign In as sso-dev');
    assert.equal(shown.placeholder, 'The code is SAND-BOXX');
    assert.equal(
      shown.items[0]?.detail,
      'Enter the code at https://device.sso.example, then come back.',
    );
    await workbench.quickInput.pick('Copy Code and Open Browser');
    await workbench.dialog();
    assert.equal(await workbench.clipboard(), 'SAND-BOXX');
    await workbench.clickDialogButton('Open');
    await workbench.waitForNotification('Signed in as sso-dev.');
    assert.deepEqual(workbench.seen.openedUrls, [
      'https://device.sso.example/?user_code=SAND-BOXX',
    ]);
    const { description } = await poll('who it is', async () => {
      const row = await tree.row(['sso-dev']);
      return row.description === 'Sign in…' || row.description === '' ? undefined : row;
    });
    assert.match(
      description,
      /^444455556666 \(acme-developer\) · AWSReservedSSO_DeveloperAccess_0123456789abcdef · (59 min|1 h) left$/,
    );
    await tree.expand(['sso-dev', 'us-east-1', 'Secrets', 'ci']);
    await tree.collapse(['sso-dev']);
  });

  test('asks once for the MFA code, behind dots, and remembers the session', async () => {
    const { quickInput } = window.workbench;
    await window.tree.expand(['mfa-admin']);
    const asked = await quickInput.waitFor('the question', ({ title }) =>
      title.startsWith('Sign In'),
    );
    assert.equal(asked.title, 'Sign In as mfa-admin');
    assert.ok(asked.password);
    await quickInput.type('12');
    await quickInput.waitFor(
      'the objection',
      ({ message }) => message === 'An MFA code has six digits.',
    );
    await quickInput.type(mfaCode);
    await quickInput.accept();
    await window.tree.expand(['mfa-admin', 'eu-west-1', 'Secrets', 'prod']);
    await window.tree.expand(['mfa-admin', 'eu-west-1', 'Parameters']);
    assert.equal(await quickInput.state(), undefined);
    assert.equal(window.calls('AssumeRole').filter(({ status }) => status === 200).length, 1);
    await window.tree.collapse(['mfa-admin']);
  });

  suite('with the AWS config file', () => {
    let config: string;
    let text: string;

    suiteSetup(async () => {
      config = window.sandbox.env['AWS_CONFIG_FILE'] ?? '';
      text = await readFile(config, 'utf8');
    });

    teardown(async () => {
      await writeFile(config, text);
      await gone([/^AWS config file/]);
    });

    test('shows a profile within two seconds of its being written', async () => {
      await appendFile(config, '\n[profile appended]\nregion = eu-west-1\n');
      await window.tree.row(['appended'], 2);
      await writeFile(config, text);
      await gone(['appended']);
    });

    test('says in which line a half written file stops making sense, and keeps the rest', async () => {
      const half = text.slice(0, text.indexOf('[profile mfa-admin]') + '[profile mfa'.length);
      await writeFile(config, half);
      const line = half.split('\n').length;
      await window.tree.row([new RegExp(`^AWS config file, line ${String(line)}: `)]);
      assert.equal(await window.tree.find(['unreachable']), undefined);
      await window.tree.expand(['developer', 'us-east-1', 'Secrets', 'dev']);
    });

    test('shows through which profiles a circle of sources goes', async () => {
      await appendFile(
        config,
        ['one', 'two']
          .map(
            (name) =>
              `\n[profile ${name}]\nregion = eu-west-1\nrole_arn = arn:aws:iam::111122223333:role/${name}\nsource_profile = ${name === 'one' ? 'two' : 'one'}\n`,
          )
          .join(''),
      );
      await window.tree.expand(['one']);
      await window.tree.row(['one', /in a circle: one → two → one/]);
    });
  });

  async function childLabels(path: TreePath): Promise<readonly string[]> {
    return (await window.tree.children(path)).map(({ label }) => label);
  }

  async function gone(path: TreePath): Promise<void> {
    await poll(`${path.join(' › ')} to go`, async () =>
      (await window.tree.find(path)) === undefined ? true : undefined,
    );
  }
});
