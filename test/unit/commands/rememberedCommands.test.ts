import assert from 'node:assert/strict';

import { addByArn, arnProblem } from '../../../src/commands/addByArn.ts';
import { pin, unpin } from '../../../src/commands/pins.ts';
import { removeAdded } from '../../../src/commands/removeAdded.ts';
import { setFilter } from '../../../src/commands/setFilter.ts';
import { RememberedRefs } from '../../../src/core/rememberedRefs.ts';
import { UserError } from '../../../src/core/userError.ts';
import {
  developerProfile,
  fakeServices,
  parameterRef,
  secret,
  secretRef,
  securityProfile,
} from './fakeServices.ts';

const theirs = 'arn:aws:secretsmanager:us-east-1:444455556666:secret:theirs-x1y2z3';
const profiles = [securityProfile, developerProfile];

suite('addByArn', () => {
  test('the ARN is described once through the chosen profile, in the ARN’s region, and remembered', async () => {
    const described: string[] = [];
    const services = fakeServices({
      profiles,
      answers: [` ${theirs} `, 'security'],
      secrets: {
        describe: (id) => {
          described.push(id);
          return Promise.resolve({ ...secret('theirs'), arn: theirs });
        },
      },
    });
    const ref = await addByArn(services);
    const connection = { profile: 'security', region: 'us-east-1' };
    assert.deepEqual(ref, { connection, kind: 'secret', name: 'theirs', arn: theirs });
    assert.deepEqual(described, [theirs]);
    assert.deepEqual(new RememberedRefs(services.memory, 'added').all(), [ref]);
    assert.deepEqual(services.pinned, { security: ['us-east-1'] });
  });

  test('what cannot be described is not remembered, and another account’s ARN says what its owner must allow', async () => {
    const denied = new UserError('Access denied.', { remedies: ['retry'] });
    const services = fakeServices({
      answers: [theirs],
      secrets: { describe: () => Promise.reject(denied) },
      aws: {
        identify: () =>
          Promise.resolve({ accountId: '111122223333', arn: 'arn:aws:iam::111122223333:user/a' }),
      },
    });
    await assert.rejects(addByArn(services), (error: unknown) => {
      assert.ok(error instanceof UserError);
      assert.match(
        error.message,
        /^Access denied\. It belongs to account 444455556666 .* 111122223333: /,
      );
      assert.deepEqual(error.remedies, ['retry']);
      return true;
    });
    assert.equal(services.memory.values.size, 0);
    assert.deepEqual(services.pinned, {});
  });

  test('where the account cannot be asked for, the first failure is told as it is', async () => {
    const expired = new UserError('The session has expired.');
    const services = fakeServices({
      answers: [theirs],
      secrets: { describe: () => Promise.reject(expired) },
    });
    await assert.rejects(addByArn(services), expired);
  });

  test('ARNs are told apart before anything is called', () => {
    assert.equal(arnProblem(theirs), undefined);
    assert.equal(arnProblem('arn:aws-cn:ssm:cn-north-1:111122223333:parameter/a'), undefined);
    assert.match(arnProblem('prod/db') ?? '', /An ARN looks like/);
    assert.match(arnProblem('arn:aws:kms:eu-west-1:111122223333:key/x') ?? '', /belongs to kms/);
    assert.match(
      arnProblem('arn:aws:ssm:cn-north-1:111122223333:parameter/a') ?? '',
      /cn-north-1 belongs to the partition aws-cn, not to aws/,
    );
    assert.match(arnProblem('arn:aws:ssm:nowhere:111122223333:parameter/a') ?? '', /no AWS region/);
  });

  test('declining remembers nothing', async () => {
    for (const answers of [[undefined], [theirs, undefined]]) {
      const services = fakeServices({ profiles, answers });
      assert.equal(await addByArn(services), undefined);
      assert.equal(services.memory.values.size, 0);
    }
  });

  test('what was added can be taken out again', async () => {
    const services = fakeServices();
    const added = new RememberedRefs(services.memory, 'added');
    await added.addLast(secretRef('a'));
    await added.addLast(secretRef('b'));
    await removeAdded(services, [secretRef('a')]);
    assert.deepEqual(added.all(), [secretRef('b')]);
  });
});

suite('pins', () => {
  test('pins keep the order in which they were pinned', async () => {
    const services = fakeServices();
    await pin(services, [secretRef('a'), parameterRef('/b')]);
    await pin(services, [secretRef('c')]);
    await unpin(services, [parameterRef('/b')]);
    assert.deepEqual(new RememberedRefs(services.memory, 'pins').all(), [
      secretRef('a'),
      secretRef('c'),
    ]);
  });

  test('without a selected item the pins are offered', async () => {
    const services = fakeServices({ answers: ['a'] });
    await pin(services, [secretRef('a'), secretRef('b')]);
    await unpin(services);
    assert.deepEqual(new RememberedRefs(services.memory, 'pins').all(), [secretRef('b')]);
  });

  test('with nothing pinned it says so', async () => {
    const services = fakeServices();
    await unpin(services);
    assert.deepEqual(services.prompts.informed, ['Nothing is pinned.']);
  });
});

suite('setFilter', () => {
  test('kind, then text', async () => {
    const services = fakeServices({ answers: ['Name Begins With', ' prod/ '] });
    assert.deepEqual(await setFilter(services), { kind: 'name-prefix', text: 'prod/' });
    const [offered = []] = services.prompts.offered;
    assert.ok(offered.every(({ label }) => label !== 'Clear Filter'));
  });

  test('a text that AWS would refuse is refused while it is typed', async () => {
    const services = fakeServices({ answers: ['Any Word', '!x'] });
    await assert.rejects(setFilter(services), /AWS reads “!”/);
  });

  test('a type is chosen from the three', async () => {
    const services = fakeServices({ answers: ['Type of Parameter', 'SecureString'] });
    assert.deepEqual(await setFilter(services), { kind: 'type', text: 'SecureString' });
  });

  test('a filter that is on can be cleared', async () => {
    const services = fakeServices({ answers: ['Clear Filter'] });
    assert.equal(await setFilter(services, { kind: 'loaded', text: 'x' }), 'clear');
  });

  test('declining leaves the filter as it is', async () => {
    for (const answers of [[undefined], ['Tag', undefined]]) {
      assert.equal(await setFilter(fakeServices({ answers })), undefined);
    }
  });
});
