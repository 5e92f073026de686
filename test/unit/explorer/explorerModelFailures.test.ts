import assert from 'node:assert/strict';

import { Cancelled, UserError } from '../../../src/core/userError.ts';
import type { ExplorerModel } from '../../../src/explorer/model/explorerModel.ts';
import type { Node, ProblemNode } from '../../../src/explorer/model/nodes.ts';
import {
  brief,
  filled,
  foreign,
  ireland,
  opened,
  parametersNode,
  profileNode,
  regionNode,
  secretsNode,
  security,
  settled,
  sharedNode,
  virginia,
} from './fakes.ts';

suite('ExplorerModel, when something fails or is refreshed', () => {
  suite('failures', () => {
    test('a service that is denied tells it in its place, while the other one works', async () => {
      const { aws, model } = await filled();
      aws.secrets(ireland).fail('secretsmanager:ListSecrets', 'AccessDeniedException');
      const [problem, ...rest] = await model.children(secretsNode);
      assert.ok(problem?.kind === 'problem');
      assert.match(problem.message, /secretsmanager:ListSecrets/);
      assert.ok(problem.remedies.includes('retry'));
      assert.equal(problem.profile, 'security');
      assert.deepEqual(rest, []);
      assert.equal((await model.children(parametersNode)).length, 2);
    });

    test('retry asks again and paints the place anew', async () => {
      const { aws, model, changes } = await filled();
      const store = aws.secrets(ireland);
      store.fail('secretsmanager:ListSecrets', 'ThrottlingException');
      await model.children(secretsNode);
      store.heal();
      const calls = await aws.during(() => model.retry(secretsNode));
      assert.deepEqual(calls, ['secretsmanager:ListSecrets']);
      assert.deepEqual(changes, ['branch/security@eu-west-1/secret']);
      assert.deepEqual(brief(await model.children(secretsNode)), ['prod/', 'token']);
    });

    test('a group that failed is asked for again by retry, and not by being painted', async () => {
      const { aws, model } = await filled();
      const { item } = await opened(model);
      const node: Node = { kind: 'group', group: 'versions', parent: item };
      const store = aws.secrets(ireland);
      store.fail('secretsmanager:ListSecretVersionIds', 'InternalServiceError');
      assert.equal((await model.children(node))[0]?.kind, 'problem');
      store.heal();
      assert.deepEqual(await aws.during(() => model.children(node)), []);
      await model.retry(node);
      assert.deepEqual(brief(await model.children(node)), ['AWSCURRENT']);
    });

    test('what nobody foresaw is told without its text, which goes to the log once', async () => {
      const { aws, model, log } = await filled();
      const { item } = await opened(model);
      aws.secrets(ireland).versions = async () => {
        throw new TypeError('planted');
      };
      const node: Node = { kind: 'group', group: 'versions', parent: item };
      const [problem] = await model.children(node);
      await model.children(node);
      assert.ok(problem?.kind === 'problem');
      assert.doesNotMatch(problem.message, /planted/);
      assert.deepEqual(problem.remedies, ['retry', 'show-log']);
      assert.equal(log.lines.filter((line) => line.includes('planted')).length, 1);
    });

    test('a failed identify shows “Sign in” above the regions, which stay', async () => {
      const { aws, model } = await filled();
      aws.identities.set('security', new UserError('Expired.', { remedies: ['sign-in'] }));
      await model.children();
      await model.children(profileNode);
      await settled();
      const [problem, ...regions] = await model.children(profileNode);
      assert.deepEqual(remedies(problem), ['sign-in', 'retry']);
      assert.deepEqual(brief(regions), ['eu-west-1', 'us-east-1']);
    });

    test('after a refresh of the profile who it is is asked again', async () => {
      const { aws, model } = await filled();
      aws.identities.set('security', new UserError('Expired.', { remedies: ['sign-in'] }));
      await model.children(profileNode);
      await settled();
      aws.identities.set('security', { accountId: '1', arn: 'arn:aws:iam::1:user/a' });
      await model.retry(profileNode);
      await model.children(profileNode);
      await settled();
      assert.deepEqual(brief(await model.children(profileNode)), ['eu-west-1', 'us-east-1']);
    });

    test('an answer from before the refresh does not count', async () => {
      const { aws, model } = await filled();
      const gate = Promise.withResolvers<undefined>();
      aws.gate = gate.promise.then(() => undefined);
      aws.identities.set('security', new UserError('Expired.'));
      await model.children(profileNode);
      model.refresh(profileNode);
      aws.gate = Promise.resolve();
      aws.identities.set('security', { accountId: '1', arn: 'arn:aws:iam::1:user/a' });
      await model.children(profileNode);
      await settled();
      gate.resolve(undefined);
      await settled();
      assert.equal(model.identities.identity('security')?.accountId, '1');
    });

    test('a declined sign-in is not asked for again by painting', async () => {
      const { aws, model } = await filled();
      aws.identities.set('security', new Cancelled());
      await model.children(profileNode);
      await settled();
      const calls = await aws.during(() => model.children(profileNode));
      assert.deepEqual(calls, []);
      assert.deepEqual(remedies((await model.children(profileNode))[0]), ['retry']);
    });

    test('what is wrong with the AWS files stands above the profiles, each sentence once', async () => {
      const { connections, model } = await filled();
      connections.told = ['config line 3: no section.', 'config line 3: no section.'];
      const roots = await model.children();
      assert.deepEqual(brief(roots), ['! config line 3: no section.', 'security']);
      assert.deepEqual(remedies(roots[0]), ['open-config']);
    });

    test('a profile without a region says so instead of showing nothing', async () => {
      const { connections, aws, model } = await filled();
      connections.pinned = [];
      const { region: _, ...homeless } = security;
      const [problem] = await model.children({ kind: 'profile', profile: homeless });
      assert.match(problem?.kind === 'problem' ? problem.message : '', /no region/);
      assert.deepEqual(aws.calls, []);
    });
  });

  suite('refresh', () => {
    const reloads: readonly [what: string, node: Node | undefined, again: readonly string[]][] = [
      ['the whole tree', undefined, ['list', 'describe', 'describe', 'shared', 'identity']],
      ['a profile', profileNode, ['list', 'describe', 'describe', 'shared', 'identity']],
      ['a region', regionNode, ['list', 'describe', 'describe', 'shared']],
      ['its secrets', secretsNode, ['list']],
      ['its parameters', parametersNode, ['describe']],
      ['what is shared', sharedNode, ['describe', 'shared']],
      ['another region', { kind: 'region', connection: virginia, isHome: false }, []],
    ];
    for (const [what, node, again] of reloads) {
      test(`of ${what} asks again for ${again.join(', ') || 'nothing'}`, async () => {
        const { aws, model } = await filled();
        await openAll(model);
        model.refresh(node);
        const calls = await aws.during(() => openAll(model));
        const wanted = calls.map((call) => callNames[call] ?? call);
        assert.deepEqual(wanted.toSorted(), again.toSorted());
      });
    }

    test('of an item, a folder or a fact is one of the list that holds it', async () => {
      const { model, changes } = await filled();
      const { folder, item } = await opened(model);
      const group: Node = { kind: 'group', group: 'versions', parent: item };
      for (const node of [folder, item, group]) {
        model.refresh(node);
      }
      assert.deepEqual(changes, Array(3).fill('branch/security@eu-west-1/secret'));
    });

    test('ends the requests of what is refreshed, and of nothing else', async () => {
      const { aws, model } = await filled();
      const { item } = await opened(model);
      const signals: AbortSignal[] = [];
      aws.secrets(ireland).versions = (_id, _token, signal) => {
        signals.push(signal);
        return new Promise(() => {});
      };
      void model.children({ kind: 'group', group: 'versions', parent: item });
      await settled();
      model.refresh({ kind: 'region', connection: virginia, isHome: false });
      assert.equal(signals[0]?.aborted, false);
      model.refresh(regionNode);
      assert.equal(signals[0]?.aborted, true);
    });
  });
});

const callNames: Readonly<Record<string, string>> = {
  'secretsmanager:ListSecrets': 'list',
  [`secretsmanager:DescribeSecret ${foreign.arn}`]: 'shared',
  'ssm:DescribeParameters': 'describe',
  'sts:GetCallerIdentity': 'identity',
};

async function openAll(model: ExplorerModel): Promise<void> {
  for (const node of [profileNode, secretsNode, parametersNode, sharedNode]) {
    await model.children(node);
  }
  await settled();
}

function remedies(node: Node | undefined): ProblemNode['remedies'] {
  return node?.kind === 'problem' ? node.remedies : [];
}
