import assert from 'node:assert/strict';
import fc from 'fast-check';

import { RememberedRefs } from '../../../src/core/rememberedRefs.ts';
import { resourceRef } from '../../../src/core/resources.ts';
import { nodeId, profileOf, refOf, type Node } from '../../../src/explorer/model/nodes.ts';
import { memoryParameter } from '../../fakes/memoryParameterStore.ts';
import { memorySecret } from '../../fakes/memorySecretStore.ts';
import {
  brief,
  filled,
  foreign,
  ireland,
  profileNode,
  secret,
  settled,
  virginia,
  walked,
  world,
  type World,
} from './fakes.ts';

suite('the walked tree', () => {
  test('holds every kind of node', async () => {
    const { model } = await everything();
    const kinds = new Set((await walked(model)).map(({ node }) => node.kind));
    assert.deepEqual([...kinds].toSorted(), [
      'branch',
      'detail',
      'folder',
      'group',
      'loadMore',
      'pin',
      'pins',
      'problem',
      'profile',
      'region',
      'resource',
      'shared',
    ]);
  });

  test('parent gives for each node the one below which it stands', async () => {
    const { model } = await everything();
    for (const { node, above } of await walked(model)) {
      assert.equal(idOf(model.parent(node)), idOf(above), nodeId(node));
    }
  });

  test('no two nodes have the same id', async () => {
    const { model } = await everything();
    assert.deepEqual(duplicates((await walked(model)).map(({ node }) => nodeId(node))), []);
  });

  test('each node below a profile knows it', async () => {
    const { model } = await everything();
    for (const { node } of await walked(model)) {
      const expected =
        node.kind === 'pins' || idOf(node)?.startsWith('/problem') ? undefined : 'security';
      assert.equal(profileOf(node), expected, nodeId(node));
    }
  });

  test('a command acts on the item that a pin, an item or a fact of it stands for', async () => {
    const { model } = await everything();
    for (const { node } of await walked(model)) {
      const acts = ['pin', 'resource', 'group', 'detail'].includes(node.kind);
      assert.equal(refOf(node) !== undefined, acts, nodeId(node));
    }
  });

  test('whatever the names and the layout, ids are unique, parents agree and nothing is missing', async () => {
    await fc.assert(
      fc.asyncProperty(
        names,
        layouts,
        fc.integer({ min: 1, max: 4 }),
        async (given, layout, size) => {
          const made = world();
          made.connections.pinned = [];
          made.layout.layout = layout;
          made.layout.pageSize = size;
          made.aws.hold(
            ireland,
            given.map((name) => memorySecret(name, 'x')),
          );
          await loadAll(made);
          const nodes = await walked(made.model);
          assert.deepEqual(duplicates(nodes.map(({ node }) => nodeId(node))), []);
          for (const { node, above } of nodes) {
            assert.equal(idOf(made.model.parent(node)), idOf(above), nodeId(node));
          }
          const found = nodes.flatMap(({ node }) =>
            node.kind === 'resource' ? [node.resource.name] : [],
          );
          assert.deepEqual(found.toSorted(), given.toSorted());
        },
      ),
      { numRuns: 60 },
    );
  });

  test('an item is located where the tree shows it, whatever was loaded before', async () => {
    await fc.assert(
      fc.asyncProperty(names, layouts, async (given, layout) => {
        const made = world();
        made.connections.pinned = [];
        made.layout.layout = layout;
        made.layout.pageSize = 1;
        made.aws.hold(
          ireland,
          given.map((name) => memorySecret(name, 'x')),
        );
        const wanted = memorySecret(given.at(-1) ?? 'only', 'x').secret;
        const located = made.model.locate(ireland, wanted);
        const shown = (await walked(made.model)).find(
          ({ node }) => nodeId(node) === nodeId(located),
        );
        assert.deepEqual(shown?.node, located);
        assert.equal(idOf(made.model.parent(located)), idOf(shown?.above));
      }),
      { numRuns: 60 },
    );
  });

  test('what was added by its ARN is located among what is shared', async () => {
    const { model } = await filled();
    assert.equal(model.locate(ireland, foreign).place, 'shared');
  });

  test('in the flat layout items stand directly below their kind, under their whole names', async () => {
    const { aws, layout, model } = world();
    layout.layout = 'flat';
    aws.hold(ireland, [memorySecret('b/x', 'x'), memorySecret('a/y/z', 'x')]);
    const branch: Node = { kind: 'branch', connection: ireland, resources: 'secret' };
    assert.deepEqual(brief(await model.children(branch)), ['a/y/z', 'b/x']);
  });
});

const names = fc.uniqueArray(
  fc
    .array(fc.constantFrom('a', 'b', '/', 'more', 'problem'), { minLength: 1, maxLength: 6 })
    .map((parts) => parts.join('')),
  { minLength: 1, maxLength: 9 },
);
const layouts = fc.constantFrom<'tree' | 'flat'>('tree', 'flat');

/** A tree with pins, problems at every place, more pages than are shown, and shown keys. */
async function everything(): Promise<World> {
  const made = await filled();
  const { aws, connections, layout, memory, model } = made;
  layout.pageSize = 1;
  connections.told = ['config line 3: no section.'];
  aws.hold(virginia, []).fail('secretsmanager:ListSecrets', 'AccessDeniedException');
  aws.addParameters(virginia, [memoryParameter('/only', 'x')]);
  aws.parameters(virginia).fail('ssm:GetParameterHistory', 'AccessDeniedException');
  aws.identities.set('security', new Error('No identity'));
  await new RememberedRefs(memory, 'pins').addLast(resourceRef(ireland, secret('token')));
  model.setKeys(resourceRef(ireland, secret('prod/db')), ['user', 'user', 'password']);
  await model.children();
  await model.children(profileNode);
  await settled();
  return made;
}

/** Goes on until no place has more. */
async function loadAll({ model }: World): Promise<void> {
  for (;;) {
    const more = (await walked(model)).flatMap(({ node }) =>
      node.kind === 'loadMore' ? [node] : [],
    );
    if (more.length === 0) {
      return;
    }
    for (const each of more) {
      await model.loadMore(each);
    }
  }
}

function idOf(node: Node | undefined): string | undefined {
  return node && nodeId(node);
}

function duplicates(ids: readonly string[]): readonly string[] {
  return ids.filter((id, index) => ids.indexOf(id) !== index);
}
