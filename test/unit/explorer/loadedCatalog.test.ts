import assert from 'node:assert/strict';

import { LoadedCatalog } from '../../../src/explorer/model/loadedCatalog.ts';
import { memorySecret } from '../../fakes/memorySecretStore.ts';
import { day, ireland, now, secretsNode, virginia, world } from './fakes.ts';

suite('LoadedCatalog', () => {
  test('finds what is loaded by any part of its name, whatever the case, without a call', async () => {
    const { aws, model } = world();
    aws.hold(ireland, [memorySecret('prod/Payments', 'x'), memorySecret('other', 'x')]);
    const catalog = new LoadedCatalog(model.branches, () => undefined);
    assert.deepEqual(catalog.search('pay', 10), []);
    await model.children(secretsNode);
    const calls = await aws.during(() => {
      const found = catalog.search('pAY', 10);
      assert.deepEqual(
        found.map(({ name, connection }) => [name, connection]),
        [['prod/Payments', ireland]],
      );
    });
    assert.deepEqual(calls, []);
  });

  test('finds no more than it is asked for', async () => {
    const { aws, model } = world();
    aws.hold(ireland, [memorySecret('a1', 'x'), memorySecret('a2', 'x'), memorySecret('a3', 'x')]);
    await model.children(secretsNode);
    assert.equal(new LoadedCatalog(model.branches, () => undefined).search('a', 2).length, 2);
  });

  test('searches ask the active connection and those that were opened, each once', async () => {
    const { model } = world();
    await model.children(secretsNode);
    await model.children({ ...secretsNode, resources: 'parameter' });
    const catalog = new LoadedCatalog(model.branches, () => virginia);
    assert.deepEqual(catalog.connections(), [virginia, ireland]);
    assert.deepEqual(new LoadedCatalog(model.branches, () => ireland).connections(), [ireland]);
  });

  test('only secrets that rotate, late, and are not to be deleted are overdue', async () => {
    const { aws, model } = world();
    const late = { rotation: { enabled: true, nextRotationAt: now - day } };
    aws.hold(ireland, [
      memorySecret('late', 'x', late),
      memorySecret('deleted', 'x', { ...late, deletedAt: now }),
      memorySecret('off', 'x', { rotation: { enabled: false, nextRotationAt: now - day } }),
      memorySecret('in time', 'x', { rotation: { enabled: true, nextRotationAt: now + day } }),
      memorySecret('plain', 'x'),
    ]);
    await model.setView({ sort: 'name', showPendingDeletion: true });
    await model.children(secretsNode);
    assert.equal(new LoadedCatalog(model.branches, () => undefined).overdueCount(now), 1);
  });
});
