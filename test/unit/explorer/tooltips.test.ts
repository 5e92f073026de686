import assert from 'node:assert/strict';

import type { CredentialKind } from '../../../src/core/connection.ts';
import type { Node } from '../../../src/explorer/model/nodes.ts';
import {
  identityFacts,
  parameterFacts,
  secretFacts,
  tooltipOf,
} from '../../../src/explorer/model/tooltips.ts';
import { day, now, parameter, secret, security, securityIdentity } from './fakes.ts';

suite('tooltips', () => {
  test('a secret’s tells everything that AWS tells, and nothing that it does not', () => {
    const told = secretFacts(
      secret('db', {
        description: 'Payments',
        createdAt: now - 400 * day,
        changedAt: now - 4 * day,
        accessedAt: Date.UTC(2026, 1, 28),
        deletedAt: now + 6 * day,
        owningService: 'rds',
        primaryRegion: 'eu-west-1',
        replicas: [{ region: 'us-east-1' }, { region: 'eu-north-1' }],
        rotation: {
          enabled: true,
          expression: 'rate(10 days)',
          duration: '3h',
          nextRotationAt: now + day,
          lastRotatedAt: now - 9 * day,
        },
        tags: [{ key: 'team', value: 'pay' }],
      }),
      now,
    );
    assert.deepEqual(told, {
      title: 'db',
      text: 'Payments',
      facts: [
        ['ARN', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-a1b2c3'],
        ['KMS key', 'aws/secretsmanager'],
        ['Rotation', 'rate(10 days), window 3h'],
        ['Next rotation', '2026-03-02 12:00 UTC'],
        ['Last rotated', '2026-02-20 12:00 UTC (9 d ago)'],
        ['Changed', '2026-02-25 12:00 UTC (4 d ago)'],
        ['Accessed', '2026-02-28'],
        ['Created', '2025-01-25 12:00 UTC (400 d ago)'],
        ['Deletion', '2026-03-07 12:00 UTC'],
        ['Managed by', 'rds'],
        ['Primary region', 'eu-west-1'],
        ['Replicas', 'us-east-1, eu-north-1'],
        ['Tags', 'team=pay'],
      ],
    });
  });

  test('of a bare secret nothing is made up', () => {
    const { facts, ...rest } = secretFacts(secret('db'), now);
    assert.deepEqual(rest, { title: 'db' });
    assert.deepEqual(
      facts.map(([name]) => name),
      ['ARN', 'KMS key', 'Rotation'],
    );
  });

  test('a parameter’s tells its kind, and its key only when it is encrypted', () => {
    const plain = parameter('/a', { version: 7, kmsKeyId: 'alias/aws/ssm', allowedPattern: '^a' });
    const names = (given: typeof plain) => parameterFacts(given, now).facts.map(([name]) => name);
    assert.deepEqual(names(plain), ['ARN', 'Type', 'Version', 'Allowed pattern']);
    const secure = { ...plain, type: 'SecureString' as const, changedBy: 'arn:aws:iam::1:user/a' };
    assert.deepEqual(parameterFacts(secure, now).facts.slice(1), [
      ['Type', 'SecureString · Standard · text'],
      ['Version', '7'],
      ['KMS key', 'alias/aws/ssm'],
      ['Allowed pattern', '^a'],
      ['Changed by', 'arn:aws:iam::1:user/a'],
    ]);
  });

  test('a profile’s tells who it is once that is known', () => {
    const known = { ...securityIdentity, accountAlias: 'acme', expiresAt: now + day };
    assert.deepEqual(identityFacts({ ...security, mfaSerial: 'arn:mfa' }, known, now), {
      title: 'security',
      facts: [
        ['Credentials', 'access key'],
        ['Account', '111122223333'],
        ['Account alias', 'acme'],
        ['Caller', securityIdentity.arn],
        ['Session ends', '2026-03-02 12:00 UTC'],
        ['MFA device', 'arn:mfa'],
      ],
    });
    assert.deepEqual(identityFacts(security, undefined, now).facts, [
      ['Credentials', 'access key'],
    ]);
  });

  test('a node that says all there is in its row has none', () => {
    const context = { now, identityState: () => undefined };
    const hover = (node: Node) => tooltipOf(node, context)?.title;
    const connection = { profile: 'security', region: 'eu-west-1' };
    assert.equal(hover({ kind: 'profile', profile: security }), 'security');
    assert.equal(hover({ kind: 'problem', message: 'Denied.', remedies: [] }), 'Denied.');
    const resource = { connection, label: 'db', place: 'branch' } as const;
    assert.equal(hover({ kind: 'resource', ...resource, resource: secret('a/db') }), 'a/db');
    assert.equal(hover({ kind: 'resource', ...resource, resource: parameter('/a/db') }), '/a/db');
    assert.equal(hover({ kind: 'shared', connection }), undefined);
  });

  test('each kind of credentials has words of its own', () => {
    const kinds: readonly CredentialKind[] = [
      'static',
      'assume-role',
      'sso',
      'login',
      'web-identity',
      'process',
      'environment',
      'container',
      'instance',
      'none',
    ];
    const words = kinds.map(
      (credentialKind) =>
        identityFacts({ ...security, credentialKind }, undefined, now).facts[0]?.[1],
    );
    assert.equal(new Set(words).size, kinds.length);
    const role = { ...security, credentialKind: 'assume-role' as const, roleArn: 'arn:role' };
    assert.equal(identityFacts(role, undefined, now).facts[0]?.[1], 'role arn:role');
  });
});
