import assert from 'node:assert/strict';

import { addRegion } from '../../../src/commands/addRegion.ts';
import { selectConnection } from '../../../src/commands/selectConnection.ts';
import { signIn } from '../../../src/commands/signIn.ts';
import { developerProfile, fakeServices, securityProfile, virginia } from './fakeServices.ts';

const profiles = [securityProfile, developerProfile];

suite('addRegion', () => {
  test('a region is picked by its id and remembered for the profile', async () => {
    const services = fakeServices({ profiles, answers: ['developer', 'eu-central-1'] });
    assert.deepEqual(await addRegion(services), { profile: 'developer', region: 'eu-central-1' });
    assert.deepEqual(services.pinned, { developer: ['eu-central-1'] });
  });

  test('the home partition comes first, every other one follows, and what is shown is left out', async () => {
    const chinese = { ...securityProfile, region: 'cn-north-1' };
    const services = fakeServices({ profiles: [chinese], answers: [undefined] });
    assert.equal(await addRegion(services, 'security'), undefined);
    const [offered = []] = services.prompts.offered;
    assert.equal(offered[0]?.label, 'cn-northwest-1');
    assert.equal(offered[0]?.description, 'China (Ningxia)');
    const separators = offered.flatMap(({ separator }) => separator ?? []);
    assert.equal(separators[0], 'aws-cn');
    for (const id of ['aws', 'aws-us-gov', 'aws-eusc', 'aws-iso']) {
      assert.ok(separators.includes(id), id);
    }
    assert.deepEqual(services.pinned, {});
  });

  test('a region that is in no list can be typed', async () => {
    const services = fakeServices({ answers: ['Type a Region…', ' eu-north-9 '] });
    await addRegion(services);
    assert.deepEqual(services.pinned, { security: ['eu-north-9'] });
  });

  test('a typed region that cannot be one is refused', async () => {
    const services = fakeServices({ answers: ['Type a Region…', 'eu-west-1a'] });
    await assert.rejects(addRegion(services), /availability zone/);
  });

  test('without any profile it says where to add one', async () => {
    const services = fakeServices({ profiles: [] });
    await assert.rejects(addRegion(services), /no AWS profile/);
  });

  test('a profile that has left the configuration is named', async () => {
    const services = fakeServices();
    await assert.rejects(addRegion(services, 'gone'), /“gone” is not in the AWS configuration/);
  });
});

suite('selectConnection', () => {
  test('profile, then region; the active profile stands first', async () => {
    const services = fakeServices({
      profiles,
      active: virginia,
      answers: ['security', 'eu-west-1'],
    });
    await selectConnection(services);
    assert.equal(services.prompts.offered[0]?.[0]?.label, 'developer');
    assert.deepEqual(services.activated, [{ profile: 'security', region: 'eu-west-1' }]);
  });

  test('another region of the profile can be added on the way', async () => {
    const services = fakeServices({ answers: ['Add Region…', 'us-west-2'] });
    await selectConnection(services);
    assert.deepEqual(services.pinned, { security: ['us-west-2'] });
    assert.deepEqual(services.activated, [{ profile: 'security', region: 'us-west-2' }]);
  });

  test('a profile without a region asks for one at once', async () => {
    const { region: _, ...bare } = securityProfile;
    const services = fakeServices({ profiles: [bare], answers: ['us-west-2'] });
    await selectConnection(services);
    assert.deepEqual(services.activated, [{ profile: 'security', region: 'us-west-2' }]);
  });

  test('declining changes nothing', async () => {
    for (const answers of [[undefined], ['security', undefined]]) {
      const services = fakeServices({ profiles, answers });
      assert.equal(await selectConnection(services), undefined);
      assert.deepEqual(services.activated, []);
    }
  });
});

suite('signIn', () => {
  test('the given profile is signed in and told so', async () => {
    const services = fakeServices({ profiles });
    assert.equal(await signIn(services, 'developer'), 'developer');
    assert.deepEqual(services.signedIn, ['developer']);
    assert.deepEqual(services.prompts.informed, ['Signed in as developer.']);
  });

  test('without a profile it asks for one, and declining signs nobody in', async () => {
    const services = fakeServices({ profiles, answers: [undefined] });
    assert.equal(await signIn(services), undefined);
    assert.deepEqual(services.signedIn, []);
  });

  test('a failed sign-in is not told as a success', async () => {
    const services = fakeServices({ aws: { signIn: () => Promise.reject(new Error('denied')) } });
    await assert.rejects(signIn(services, 'security'), /denied/);
    assert.deepEqual(services.prompts.informed, []);
  });
});
