import assert from 'node:assert/strict';
import { inspect } from 'node:util';

import type { Identity } from '../../../src/core/connection.ts';
import {
  resourceKey,
  resourceRef,
  type Resource,
  type Secret,
} from '../../../src/core/resources.ts';
import { UserError } from '../../../src/core/userError.ts';
import type { Face, FaceContext } from '../../../src/explorer/model/face.ts';
import { callerName, faceOf } from '../../../src/explorer/model/faces.ts';
import type { IdentityState } from '../../../src/explorer/model/identities.ts';
import type { GroupKind, Node, ResourceNode } from '../../../src/explorer/model/nodes.ts';
import { tooltipOf } from '../../../src/explorer/model/tooltips.ts';
import {
  day,
  filled,
  hour,
  ireland,
  now,
  parameter,
  parametersNode,
  planted,
  profileNode,
  regionNode,
  secret,
  secretsNode,
  security,
  securityIdentity,
  sharedNode,
  walked,
} from './fakes.ts';

suite('faces', () => {
  suite('of what holds items', () => {
    const cases: readonly [Node, Partial<Face>][] = [
      [
        { kind: 'pins' },
        { label: 'Pinned', icon: 'pinned', contextValue: 'pins', expansion: 'expanded' },
      ],
      [regionNode, { label: 'eu-west-1', icon: 'globe', contextValue: 'region;home' }],
      [
        { kind: 'region', connection: ireland, isHome: false },
        { contextValue: 'region', expansion: 'collapsed' },
      ],
      [secretsNode, { label: 'Secrets', icon: 'key', contextValue: 'branch;secret' }],
      [
        parametersNode,
        { label: 'Parameters', icon: 'symbol-string', contextValue: 'branch;parameter' },
      ],
      [sharedNode, { label: 'Shared with Me', icon: 'live-share', contextValue: 'shared' }],
      [
        { kind: 'folder', branch: secretsNode, prefix: 'prod/', label: 'prod' },
        { label: 'prod', icon: 'folder', contextValue: 'folder', expansion: 'collapsed' },
      ],
      [
        { kind: 'loadMore', parent: secretsNode, count: 100 },
        { label: 'Load 100 more…', icon: 'ellipsis', expansion: 'none', command: 'loadMore' },
      ],
    ];
    for (const [node, expected] of cases) {
      test(`${node.kind} ${expected.label ?? ''}`, () => assertFace(face(node), expected));
    }

    test('a region is described by its place, and spoken with it', () => {
      const shown = face(regionNode, { regionName: () => 'Europe (Ireland)' });
      assertFace(shown, {
        description: 'Europe (Ireland)',
        spoken: 'eu-west-1, Europe (Ireland)',
      });
    });
  });

  suite('of a profile', () => {
    test('it tells the account, the role and how long the session lasts', () => {
      const shown = profileFace({
        ...securityIdentity,
        accountAlias: 'acme-security',
        expiresAt: now + 3 * hour + 1,
      });
      assertFace(shown, {
        label: 'security',
        description: '111122223333 (acme-security) · Admin · 3 h left',
        icon: 'account',
        contextValue: 'profile',
        spoken: 'security, 111122223333 (acme-security) · Admin · 3 h left',
      });
    });

    test('a session that has ended is told so', () => {
      const shown = profileFace({ ...securityIdentity, expiresAt: now });
      assert.equal(shown.description, '111122223333 · Admin · expired');
    });

    test('before the identity is known nothing is claimed', () => {
      assert.ok(!('description' in profileFace(undefined)));
    });

    test('a failure that a sign-in heals asks for it', () => {
      const error = new UserError('Expired.', { remedies: ['sign-in'] });
      assertFace(face(profileNode, { identityState: () => ({ kind: 'failed', error }) }), {
        description: 'Sign in…',
        contextValue: 'profile;signIn',
      });
    });

    test('a failure that a sign-in does not heal does not ask for it', () => {
      const error = new UserError('Not reachable.', { remedies: ['retry'] });
      const shown = face(profileNode, { identityState: () => ({ kind: 'failed', error }) });
      assert.equal(shown.contextValue, 'profile');
    });

    test('production is told in words, colour and badge', () => {
      assertFace(face(profileNode, { isProduction: (id) => id === 'security' }), {
        description: 'production',
        color: 'list.warningForeground',
        decoration: 'production',
        contextValue: 'profile;production',
      });
    });

    const callers: readonly (readonly [arn: string, name: string])[] = [
      ['arn:aws:sts::111122223333:assumed-role/Admin/alice', 'Admin'],
      [
        'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0123/alice',
        'AWSReservedSSO_Admin_0123',
      ],
      ['arn:aws:iam::111122223333:user/team/alice', 'alice'],
      ['arn:aws:iam::111122223333:root', 'root'],
      ['arn:aws:sts::111122223333:federated-user/bob', 'bob'],
      ['not an arn', ''],
    ];
    for (const [arn, name] of callers) {
      test(`${arn} is called “${name}”`, () => assert.equal(callerName(arn), name));
    }
  });

  suite('of a secret', () => {
    const cases: readonly [what: string, Resource, Expected][] = [
      [
        'that is plain tells its age',
        secret('db', { changedAt: now - 4 * day }),
        { description: '4 d ago', icon: 'key', contextValue: 'secret', expansion: 'collapsed' },
      ],
      [
        'that rotates tells when',
        secret('db', { ...rotates(now + 3 * day), changedAt: now }),
        { description: 'rotates in 3 d', contextValue: 'secret;rotates', icon: 'key' },
      ],
      [
        'that rotates by a service without a date says that it rotates',
        secret('db', { rotation: { enabled: true } }),
        { description: 'rotates' },
      ],
      [
        'whose rotation is overdue warns',
        secret('db', rotates(now - 12 * day)),
        {
          description: 'overdue 12 d',
          icon: 'warning',
          color: 'list.warningForeground',
          decoration: 'overdue',
        },
      ],
      [
        'whose rotation is off is not overdue',
        secret('db', { rotation: { enabled: false, nextRotationAt: now - day } }),
        { description: '', icon: 'key', decoration: undefined, contextValue: 'secret' },
      ],
      [
        'that is to be deleted tells when, and no rotation',
        secret('db', { ...rotates(now - day), deletedAt: now + 6 * day }),
        {
          description: 'deletes in 6 d',
          icon: 'trash',
          color: 'disabledForeground',
          decoration: 'pendingDeletion',
          contextValue: 'secret;rotates;deleted',
        },
      ],
      [
        'whose deletion was asked for in the past claims no day',
        secret('db', { deletedAt: now - day }),
        { description: 'pending deletion', contextValue: 'secret;deleted' },
      ],
      [
        'of a service names it',
        secret('rds!db', { owningService: 'rds', changedAt: now - 2 * hour }),
        { description: '2 h ago · managed by rds', contextValue: 'secret;managed' },
      ],
      [
        'that is a replica names its primary region',
        secret('db', { primaryRegion: 'us-east-1' }),
        { description: 'replica of us-east-1' },
      ],
      [
        'that is a primary counts its replicas',
        secret('db', {
          primaryRegion: 'eu-west-1',
          replicas: [{ region: 'us-east-1' }, { region: 'eu-north-1' }],
        }),
        { description: '2 replicas' },
      ],
      [
        'with one replica says one',
        secret('db', { replicas: [{ region: 'us-east-1' }] }),
        { description: '1 replica' },
      ],
    ];
    for (const [what, resource, expected] of cases) {
      test(what, () => assertFace(face(item(resource)), expected));
    }

    test('that is pinned or shared says so to the menus', () => {
      const node: Node = { ...item(secret('db')), place: 'shared' };
      assert.equal(face(node, { isPinned: () => true }).contextValue, 'secret;pinned;shared');
    });
  });

  suite('of a parameter', () => {
    for (const [type, icon] of [
      ['String', 'symbol-string'],
      ['StringList', 'list-flat'],
      ['SecureString', 'lock'],
    ] as const) {
      test(`${type} has the icon ${icon}`, () => {
        const shown = face(item(parameter('/a', { type, changedAt: now - day })));
        assertFace(shown, { icon, contextValue: `parameter;${type}`, description: '1 d ago' });
      });
    }

    test('of the Advanced tier says so', () => {
      const shown = face(item(parameter('/a', { tier: 'Advanced' })));
      assert.equal(shown.description, 'advanced');
    });
  });

  suite('of details', () => {
    test('keys are offered, not read, until they were asked for', () => {
      assertFace(face(group('keys')), {
        description: 'click to list names',
        expansion: 'none',
        command: 'showKeys',
        contextValue: 'group;keys',
      });
      const wanted = resourceKey(resourceRef(ireland, secret('db')));
      const keys = (ref: Parameters<FaceContext['keys']>[0]) =>
        resourceKey(ref) === wanted ? ['a', 'b'] : undefined;
      const shown = face(group('keys'), { keys });
      assertFace(shown, { description: '2', expansion: 'expanded', command: undefined });
    });

    const groups: readonly [GroupKind, string, string, string | undefined][] = [
      ['versions', 'Versions', 'history', undefined],
      ['rotation', 'Rotation', 'sync', 'off'],
      ['replicas', 'Replicas', 'multiple-windows', undefined],
      ['tags', 'Tags', 'tag', '0'],
      ['policies', 'Policies', 'law', undefined],
    ];
    for (const [kind, label, icon, description] of groups) {
      test(`the group ${label}`, () => {
        assertFace(face(group(kind)), { label, icon, description, expansion: 'collapsed' });
      });
    }

    test('a fact is a leaf with the icon of its kind', () => {
      const node: Node = {
        kind: 'detail',
        detail: 'tag',
        parent: item(secret('db')),
        group: 'tags',
        id: 'team',
        label: 'team',
        description: 'pay',
      };
      assertFace(face(node), {
        label: 'team',
        description: 'pay',
        icon: 'tag',
        contextValue: 'detail;tag',
        expansion: 'none',
        spoken: 'team, pay',
      });
    });
  });

  test('a pin tells where it points', () => {
    const node: Node = { kind: 'pin', ref: resourceRef(ireland, parameter('/prod/host')) };
    assertFace(face(node), {
      label: '/prod/host',
      description: 'eu-west-1 · security',
      icon: 'symbol-string',
      contextValue: 'parameter;pin',
      expansion: 'none',
      command: 'revealPin',
    });
  });

  test('a problem is a sentence that can be read in full, and acted on', () => {
    const node: Node = { kind: 'problem', message: 'Denied.', remedies: ['sign-in', 'retry'] };
    assertFace(face(node), {
      label: 'Denied.',
      icon: 'warning',
      contextValue: 'problem;sign-in;retry',
      command: 'remedy',
      spoken: 'Denied.',
    });
  });

  test('no face of the whole tree holds a value, even where a value was smuggled into the metadata', async () => {
    const { model } = await filled();
    model.setKeys(resourceRef(ireland, secret('prod/db')), ['user']);
    for (const { node } of await walked(model)) {
      const carrier = node.kind === 'resource' ? smuggling(node) : node;
      assert.doesNotMatch(inspect(face(carrier), { depth: 10 }), new RegExp(planted));
      assert.doesNotMatch(inspect(hover(carrier), { depth: 10 }), new RegExp(planted));
      assert.doesNotMatch(inspect(node, { depth: 10 }), new RegExp(planted));
    }
  });
});

function hover(node: Node): unknown {
  return tooltipOf(node, { now, identityState: () => undefined });
}

function face(node: Node, context: Partial<FaceContext> = {}): Face {
  return faceOf(node, {
    now,
    identityState: () => undefined,
    isProduction: () => false,
    regionName: () => undefined,
    keys: () => undefined,
    isPinned: () => false,
    ...context,
  });
}

function profileFace(identity: Identity | undefined): Face {
  const state: IdentityState | undefined = identity && { kind: 'known', identity };
  return face(profileNode, { identityState: (id) => (id === security.id ? state : undefined) });
}

function rotates(nextRotationAt: number): Pick<Secret, 'rotation'> {
  return { rotation: { enabled: true, nextRotationAt } };
}

function item(resource: Resource): ResourceNode {
  return { kind: 'resource', connection: ireland, resource, label: resource.name, place: 'branch' };
}

function group(kind: GroupKind): Node {
  return { kind: 'group', group: kind, parent: item(secret('db')) };
}

/** As if an answer of AWS had carried the value along. */
function smuggling(node: ResourceNode): ResourceNode {
  return {
    ...node,
    resource: Object.assign({ SecretString: planted, Value: planted }, node.resource),
  };
}

/** `undefined` asks that it be absent. */
type Expected = { readonly [K in keyof Face]?: Face[K] | undefined };

function assertFace(actual: Face, expected: Expected): void {
  for (const [key, value] of Object.entries(expected)) {
    assert.deepEqual(actual[key as keyof Face], value, key);
  }
}
