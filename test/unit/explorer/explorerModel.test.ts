import assert from 'node:assert/strict';

import { RememberedRefs } from '../../../src/core/rememberedRefs.ts';
import { resourceRef } from '../../../src/core/resources.ts';
import type { GroupKind, Node, ResourceNode } from '../../../src/explorer/model/nodes.ts';
import {
  brief,
  filled,
  foreign,
  ireland,
  opened,
  parameter,
  parametersNode,
  profileNode,
  regionNode,
  secret,
  secretsNode,
  settled,
  sharedNode,
  virginia,
  walked,
  world,
} from './fakes.ts';

suite('ExplorerModel', () => {
  suite('what an expansion costs', () => {
    test('the roots cost nothing', async () => {
      const { aws, model } = await filled();
      const calls = await aws.during(() => model.children());
      assert.deepEqual(calls, []);
      assert.deepEqual(brief(await model.children()), ['security']);
    });

    test('a profile costs one identify, which its regions do not wait for', async () => {
      const { aws, model, changes } = await filled();
      const gate = Promise.withResolvers<undefined>();
      aws.gate = gate.promise.then(() => undefined);
      await model.children();
      assert.deepEqual(brief(await model.children(profileNode)), ['eu-west-1', 'us-east-1']);
      assert.deepEqual(changes, []);
      gate.resolve(undefined);
      await settled();
      assert.deepEqual(changes, ['profile/security']);
      await model.children(profileNode);
      await settled();
      assert.deepEqual(aws.calls, ['security@eu-west-1 sts:GetCallerIdentity']);
    });

    test('a region costs nothing', async () => {
      const { aws, model } = await filled();
      const calls = await aws.during(() => model.children(regionNode));
      assert.deepEqual(calls, []);
      assert.deepEqual(brief(await model.children(regionNode)), ['secret', 'parameter', 'shared']);
    });

    test('secrets and parameters cost one list call each', async () => {
      const { aws, model } = await filled();
      assert.deepEqual(await aws.during(() => model.children(secretsNode)), [
        'secretsmanager:ListSecrets',
      ]);
      assert.deepEqual(await aws.during(() => model.children(parametersNode)), [
        'ssm:DescribeParameters',
      ]);
    });

    test('a folder of a complete list and an item cost nothing', async () => {
      const { aws, model } = await filled();
      const { folder, item } = await opened(model);
      assert.deepEqual(await aws.during(() => model.children(folder)), []);
      assert.deepEqual(await aws.during(() => model.children(item)), []);
    });

    const groupCosts: readonly [GroupKind, readonly string[]][] = [
      ['keys', []],
      ['versions', ['secretsmanager:ListSecretVersionIds']],
      ['rotation', []],
      ['replicas', ['secretsmanager:DescribeSecret']],
      ['tags', []],
    ];
    for (const [group, cost] of groupCosts) {
      test(`a secret’s ${group} cost ${cost.length} calls, and painted again none`, async () => {
        const { aws, model } = await filled();
        const { item } = await opened(model);
        const node: Node = { kind: 'group', group, parent: item };
        assert.deepEqual(actionsOf(await aws.during(() => model.children(node))), cost);
        assert.deepEqual(await aws.during(() => model.children(node)), []);
      });
    }

    test('a parameter’s versions and tags cost one call each, its policies none', async () => {
      const { aws, model } = await filled();
      const [, item] = await model.children(parametersNode);
      assert.ok(item?.kind === 'resource');
      const groups = await model.children(item);
      assert.deepEqual(brief(groups), ['versions', 'policies', 'tags']);
      const costs: string[] = [];
      for (const group of groups) {
        costs.push(...(await aws.during(() => model.children(group))));
      }
      assert.deepEqual(costs, ['ssm:GetParameterHistory region', 'ssm:ListTagsForResource region']);
    });

    test('no expansion reads a value', async () => {
      const { aws, model } = await filled();
      await walked(model);
      assert.ok(aws.calls.some((call) => call.includes('GetParameterHistory')));
      assert.deepEqual(
        aws.calls.filter((call) => /GetSecretValue|GetParameter( |$)/.test(call)),
        [],
      );
    });

    test('an untrusted workspace shows nothing and costs nothing', async () => {
      const { aws, model, trust } = await filled();
      trust.given = false;
      assert.deepEqual(await model.children(), []);
      assert.deepEqual(aws.calls, []);
    });
  });

  suite('keys', () => {
    test('appear only after they were set', async () => {
      const { model } = await filled();
      const { item } = await opened(model);
      const keys: Node = { kind: 'group', group: 'keys', parent: item };
      assert.deepEqual(await model.children(keys), []);
      model.setKeys(resourceRef(ireland, item.resource), ['user', 'password', 'user']);
      assert.deepEqual(brief(await model.children(keys)), ['user', 'password', 'user']);
    });

    test('of a value that has none are told as “No keys”', async () => {
      const { model } = await filled();
      const { item } = await opened(model);
      model.setKeys(resourceRef(ireland, item.resource), []);
      const keys: Node = { kind: 'group', group: 'keys', parent: item };
      assert.deepEqual(brief(await model.children(keys)), ['No keys']);
    });

    test('are forgotten by a refresh of what holds the secret', async () => {
      for (const node of [undefined, profileNode, regionNode, secretsNode]) {
        const { model } = await filled();
        const ref = resourceRef(ireland, secret('prod/db'));
        model.setKeys(ref, ['user']);
        model.refresh(node);
        assert.equal(model.keys(ref), undefined);
      }
    });

    test('outlive a refresh of something else', async () => {
      const { model } = await filled();
      const ref = resourceRef(ireland, secret('prod/db'));
      model.setKeys(ref, ['user']);
      model.refresh(parametersNode);
      model.refresh({ ...secretsNode, connection: virginia });
      assert.deepEqual(model.keys(ref), ['user']);
    });
  });

  suite('the view', () => {
    test('is kept, and asks anew for what is open', async () => {
      const { aws, memory, model, changes } = await filled();
      await model.children(secretsNode);
      await model.setView({
        sort: 'name',
        showPendingDeletion: false,
        filter: { kind: 'name-prefix', text: 'to' },
      });
      assert.deepEqual(changes, [undefined]);
      assert.deepEqual(brief(await model.children(secretsNode)), ['token']);
      assert.equal(aws.secrets(ireland).calls.length, 2);
      const again = world(memory);
      assert.equal(again.model.view.filter?.text, 'to');
    });

    test('what the filter lets nothing of through is empty without a call', async () => {
      const { aws, model } = await filled();
      await model.setView({
        sort: 'name',
        showPendingDeletion: false,
        filter: { kind: 'type', text: 'String' },
      });
      assert.deepEqual(await model.children(secretsNode), []);
      assert.deepEqual(aws.calls, []);
    });

    test('load more brings the next page of the place', async () => {
      const { layout, model, changes } = await filled();
      layout.pageSize = 1;
      const first = await model.children(parametersNode);
      assert.deepEqual(brief(first), ['prod/', '… 1']);
      const more = first.at(-1);
      assert.ok(more?.kind === 'loadMore');
      await model.loadMore(more);
      assert.deepEqual(brief(await model.children(parametersNode)), ['prod/', 'region']);
      assert.deepEqual(changes, ['branch/security@eu-west-1/parameter']);
    });

    test('closing a place that is loading leaves it to be loaded when it is opened again', async () => {
      const { aws, model, changes } = await filled();
      const opening = model.children(secretsNode);
      await Promise.resolve();
      model.cancel(secretsNode);
      assert.deepEqual(brief(await opening), ['… 100']);
      assert.deepEqual(changes, ['branch/security@eu-west-1/secret']);
      assert.deepEqual(brief(await model.children(secretsNode)), ['prod/', 'token']);
      model.cancel(secretsNode);
      assert.equal(changes.length, 1);
      assert.ok(aws.calls.length > 0);
    });
  });

  suite('pins', () => {
    test('stand at the top in their order, and cost nothing', async () => {
      const { aws, memory, model } = await filled();
      const pins = new RememberedRefs(memory, 'pins');
      await pins.addLast(resourceRef(ireland, secret('token')));
      await pins.addLast(resourceRef(virginia, secret('other')));
      const roots = await model.children();
      assert.deepEqual(brief(roots), ['pins', 'security']);
      assert.deepEqual(brief(await model.children(roots[0])), ['token', 'other']);
      assert.deepEqual(aws.calls, []);
    });
  });

  suite('shared with me', () => {
    test('lists what was added by ARN and what AWS RAM shares', async () => {
      const { aws, model } = await filled();
      const calls = await aws.during(() => model.children(sharedNode));
      assert.deepEqual(brief(await model.children(sharedNode)), ['foreign', '/ram']);
      assert.deepEqual(calls, [
        `secretsmanager:DescribeSecret ${foreign.arn}`,
        'ssm:DescribeParameters',
      ]);
    });

    test('one that fails is told and does not hide the others', async () => {
      const { aws, memory, model } = await filled();
      const gone = resourceRef(ireland, secret('gone'));
      await new RememberedRefs(memory, 'added').addFirst(gone);
      const shown = brief(await model.children(sharedNode));
      assert.deepEqual(shown.slice(0, 2), ['foreign', '/ram']);
      assert.match(shown[2] ?? '', /^! .*gone/);
      aws.parameters(ireland).fail('ssm:DescribeParameters', 'AccessDeniedException');
      model.refresh(sharedNode);
      assert.equal(brief(await model.children(sharedNode))[0], 'foreign');
    });

    test('is asked for again when something was added, and not when painted again', async () => {
      const { aws, memory, model } = await filled();
      await model.children(sharedNode);
      assert.deepEqual(await aws.during(() => model.children(sharedNode)), []);
      await new RememberedRefs(memory, 'added').remove(resourceRef(ireland, foreign));
      assert.deepEqual(brief(await model.children(sharedNode)), ['/ram']);
    });

    test('another account’s parameter is asked about by its ARN', async () => {
      const { aws, model } = await filled();
      const shared = (await model.children(sharedNode)).find(
        (node): node is ResourceNode => node.kind === 'resource' && node.label === '/ram',
      );
      assert.ok(shared);
      const calls: string[] = [];
      for (const group of await model.children(shared)) {
        calls.push(...(await aws.during(() => model.children(group))));
      }
      const arn = 'arn:aws:ssm:eu-west-1:444455556666:parameter/ram';
      assert.deepEqual(calls, [`ssm:GetParameterHistory ${arn}`, `ssm:ListTagsForResource ${arn}`]);
    });

    test('a token that comes again does not go round for ever', async () => {
      const { aws, model } = await filled();
      let pages = 0;
      aws.parameters(ireland).list = async () => {
        pages += 1;
        return { items: [parameter('/again')], nextToken: 'same' };
      };
      assert.deepEqual(brief(await model.children(sharedNode)), ['foreign', '/again']);
      assert.equal(pages, 2);
    });
  });
});

function actionsOf(calls: readonly string[]): readonly string[] {
  return calls.map((call) => call.split(' ')[0] ?? '');
}
