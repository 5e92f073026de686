import * as l10n from '@vscode/l10n';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';

import { ago, duration } from '../../../src/core/relativeTime.ts';
import { resourceRef } from '../../../src/core/resources.ts';
import { UserError } from '../../../src/core/userError.ts';
import type { Face } from '../../../src/explorer/model/face.ts';
import { faceOf } from '../../../src/explorer/model/faces.ts';
import { noRegionNode, Problems } from '../../../src/explorer/model/problems.ts';
import {
  identityFacts,
  parameterFacts,
  secretFacts,
  type TooltipFacts,
} from '../../../src/explorer/model/tooltips.ts';
import type { Node, ResourceNode } from '../../../src/explorer/model/nodes.ts';
import {
  day,
  FakeLog,
  filled,
  ireland,
  now,
  parameter,
  profileNode,
  secret,
  secretsNode,
  security,
  securityIdentity,
  walked,
} from './fakes.ts';

const root = new URL('../../../', import.meta.url);

suite('in another language', () => {
  setup(async () => l10n.config({ contents: await pseudoLocale() }));
  teardown(() => l10n.config({ contents: {} }));

  test('every text of the tree that is ours is translated', async () => {
    const { model } = await filled();
    model.setKeys(resourceRef(ireland, secret('prod/db')), ['user']);
    for (const { node } of await walked(model)) {
      const { label, description } = faceOf(node, context);
      if (ownLabels.has(node.kind)) {
        assertTranslated(label);
      }
      if (node.kind === 'detail' && node.detail === 'empty') {
        assertTranslated(label);
      }
      if (node.kind === 'resource' && description) {
        assertTranslated(description);
      }
    }
  });

  test('every word about a secret or a parameter is translated', () => {
    const rotation = { enabled: true, nextRotationAt: now - day };
    const variants: readonly ResourceNode[] = [
      secret('a', { changedAt: now - day }),
      secret('a', { rotation }),
      secret('a', { rotation: { enabled: true } }),
      secret('a', { rotation: { enabled: true, nextRotationAt: now + day } }),
      secret('a', { deletedAt: now + day }),
      secret('a', { deletedAt: now - day }),
      secret('a', { owningService: 'rds', primaryRegion: 'us-east-1' }),
      secret('a', { replicas: [{ region: 'us-east-1' }] }),
      secret('a', { replicas: [{ region: 'us-east-1' }, { region: 'eu-north-1' }] }),
      parameter('/a', { changedAt: now - day, tier: 'Advanced' }),
    ].map((resource) => ({
      kind: 'resource',
      connection: ireland,
      resource,
      label: resource.name,
      place: 'branch',
    }));
    for (const node of variants) {
      for (const word of words(faceOf(node, context))) {
        assertTranslated(word);
      }
    }
  });

  test('every word about a profile is translated, what AWS calls things is not', () => {
    const error = new UserError('x', { remedies: ['sign-in'] });
    const signIn = faceOf(profileNode, {
      ...context,
      isProduction: () => true,
      identityState: () => ({ kind: 'failed', error }),
    });
    assert.deepEqual(words(signIn), ['⟦production⟧', '⟦Sign in…⟧']);
    const identity = { ...securityIdentity, expiresAt: now + day };
    const known = faceOf(profileNode, {
      ...context,
      identityState: () => ({ kind: 'known', identity }),
    });
    assert.deepEqual(words(known), ['111122223333', 'Admin', '⟦⟦1 d⟧ left⟧']);
  });

  test('every name of a fact in a tooltip is translated', () => {
    const tooltips: readonly TooltipFacts[] = [
      secretFacts(
        secret('a', {
          changedAt: now,
          accessedAt: now,
          createdAt: now,
          deletedAt: now,
          owningService: 'rds',
          primaryRegion: 'eu-west-1',
          replicas: [{ region: 'us-east-1' }],
          rotation: { enabled: true, nextRotationAt: now, lastRotatedAt: now },
          tags: [{ key: 'a', value: 'b' }],
        }),
        now,
      ),
      parameterFacts(
        parameter('/a', {
          type: 'SecureString',
          kmsKeyId: 'k',
          allowedPattern: 'p',
          changedAt: now,
          changedBy: 'me',
          policies: [{ type: 'Expiration', text: '{}' }],
        }),
        now,
      ),
      identityFacts(
        { ...security, mfaSerial: 'm' },
        { ...securityIdentity, accountAlias: 'a', expiresAt: now },
        now,
      ),
    ];
    const names = tooltips.flatMap(({ facts }) => facts.map(([name]) => name));
    assert.equal(names.length, 13 + 8 + 6);
    for (const name of names) {
      assertTranslated(name);
    }
  });

  test('problems, ages and durations are translated', () => {
    const problems = new Problems(new FakeLog());
    const unexpected = problems.node(secretsNode, new Error('x'));
    const cancelled = problems.node(
      secretsNode,
      Object.assign(new Error('x'), { name: 'AbortError' }),
    );
    const homeless = noRegionNode({ kind: 'profile', profile: security });
    for (const { message } of [unexpected, cancelled, homeless]) {
      assertTranslated(message);
    }
    for (const text of [ago(0, 1), ago(0, day), duration(1), duration(day / 2), duration(day)]) {
      assertTranslated(text);
    }
  });
});

const context = {
  now,
  identityState: () => undefined,
  isProduction: () => false,
  regionName: () => undefined,
  keys: () => ['user'],
  isPinned: () => false,
};

/** The kinds of nodes whose label is ours and not a name in AWS. */
const ownLabels: ReadonlySet<Node['kind']> = new Set<Node['kind']>([
  'pins',
  'branch',
  'shared',
  'group',
  'loadMore',
]);

function words({ description = '' }: Face): readonly string[] {
  return description.split(' · ').filter(Boolean);
}

function assertTranslated(text: string): void {
  assert.match(text, /^⟦.*⟧$/s, `not translated: ${text}`);
}

/** Every message in the source, as `⟦message⟧`. What is not a literal in a call of `t` is not in it. */
async function pseudoLocale(): Promise<Record<string, string>> {
  const bundle: Record<string, string> = {};
  for await (const file of glob('src/{core,explorer}/**/*.ts', { cwd: root })) {
    const source = readFileSync(new URL(file, root), 'utf8');
    for (const { groups } of source.matchAll(/\bt\(\s*(?<literal>'(?:[^'\\\n]|\\.)*')/g)) {
      const message = String(
        JSON.parse(`"${(groups?.['literal'] ?? "''").slice(1, -1).replaceAll('"', '\\"')}"`),
      );
      bundle[message] = `⟦${message}⟧`;
    }
  }
  return bundle;
}
