import assert from 'node:assert/strict';

import { emptiness } from '../../../src/explorer/model/explorerConnections.ts';
import { FakeConnections, security } from './fakes.ts';

suite('an empty tree', () => {
  const cases: readonly [why: string, isTrusted: boolean, hidden: boolean, files: boolean][] = [
    ['untrusted', false, true, true],
    ['allHidden', true, true, true],
    ['noProfiles', true, false, true],
    ['noConfig', true, false, false],
  ];
  for (const [why, isTrusted, hidden, files] of cases) {
    test(`says ${why}`, async () => {
      const connections = new FakeConnections();
      connections.shown = [];
      connections.hidden = hidden ? [security] : [];
      connections.files = files;
      assert.equal(await emptiness(connections, isTrusted), why);
    });
  }
});
