import assert from 'node:assert/strict';
import { startProxy, type Proxy } from '../../faults/proxy.ts';
import { developerAccount, ssoRoleName } from '../../sandbox/accounts.ts';
import { callQuery, callRest } from './calls.ts';

const credentialsPath = `/federation/credentials?role_name=${ssoRoleName}&account_id=${developerAccount}`;

suite('Single sign-on stub of the proxy', () => {
  let proxy: Proxy;

  setup(async () => {
    proxy = await startProxy({ target: 'http://127.0.0.1:1' });
  });

  teardown(() => proxy.stop());

  const post = (path: string, params: unknown) => callRest(proxy.url, 'POST', path, { params });
  const credentials = (token: string, path = credentialsPath) =>
    callRest(proxy.url, 'GET', path, { headers: { 'x-amz-sso_bearer_token': token } });

  async function signIn() {
    const started = await post('/device_authorization', { clientId: 'c', startUrl: 's' });
    const { deviceCode } = started.json;
    const grant = { grantType: 'urn:ietf:params:oauth:grant-type:device_code', deviceCode };
    const pending = await post('/token', grant);
    const granted = await post('/token', grant);
    return { started, pending, granted, grant };
  }

  test('a device sign-in is pending at the first poll and granted at the second', async () => {
    const registered = await post('/client/register', { clientName: 'x', clientType: 'public' });
    assert.ok(Number(registered.json['clientSecretExpiresAt']) > Date.now() / 1000);
    const { started, pending, granted } = await signIn();
    assert.match(String(started.json['userCode']), /^\w{4}-\w{4}$/);
    assert.equal(pending.status, 400);
    assert.equal(pending.headers.get('x-amzn-errortype'), 'AuthorizationPendingException');
    assert.equal(pending.json['error'], 'authorization_pending');
    assert.equal(granted.status, 200);
    assert.equal(granted.json['tokenType'], 'Bearer');
  });

  test('a device code is good for one token', async () => {
    const { grant } = await signIn();
    const again = await post('/token', grant);
    assert.equal(again.headers.get('x-amzn-errortype'), 'InvalidGrantException');
  });

  test('a refresh token gives a new token once', async () => {
    const { granted } = await signIn();
    const refresh = { grantType: 'refresh_token', refreshToken: granted.json['refreshToken'] };
    const renewed = await post('/token', refresh);
    assert.equal(renewed.status, 200);
    assert.notEqual(renewed.json['accessToken'], granted.json['accessToken']);
    assert.equal((await post('/token', refresh)).status, 400);
  });

  test('the token gives credentials of the role, which the proxy knows afterwards', async () => {
    const { granted } = await signIn();
    const answer = await credentials(String(granted.json['accessToken']));
    const { accessKeyId } = answer.json['roleCredentials'] as { readonly accessKeyId: string };
    const identity = await callQuery(
      proxy.url,
      'sts',
      { Action: 'GetCallerIdentity' },
      { accessKeyId },
    );
    assert.match(identity.text, new RegExp(`<Account>${developerAccount}</Account>`));
    assert.match(identity.text, new RegExp(`assumed-role/AWSReservedSSO_${ssoRoleName}_`));
  });

  test('no credentials without a token, and none of another role', async () => {
    assert.equal((await credentials('made-up')).status, 401);
    const { granted } = await signIn();
    const other = credentialsPath.replace(ssoRoleName, 'Admin');
    const answer = await credentials(String(granted.json['accessToken']), other);
    assert.equal(answer.status, 403);
  });

  test('no token and no device code is in the journal', async () => {
    const { granted, started } = await signIn();
    await post('/token', {
      grantType: 'refresh_token',
      refreshToken: granted.json['refreshToken'],
    });
    await credentials(String(granted.json['accessToken']));
    const journal = JSON.stringify(proxy.journal);
    for (const value of [
      started.json['deviceCode'],
      granted.json['accessToken'],
      granted.json['refreshToken'],
    ]) {
      assert.ok(typeof value === 'string' && !journal.includes(`"${value}"`));
    }
  });
});
