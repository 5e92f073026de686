import assert from 'node:assert/strict';
import { startProxy, type Proxy } from '../../faults/proxy.ts';
import { matchesSecret } from '../../faults/overlays/secretFilters.ts';
import { matchesParameter } from '../../faults/overlays/parameterFilters.ts';
import { callJson } from './calls.ts';
import { startFakeUpstream, type FakeAnswer, type FakeUpstream } from './fakeUpstream.ts';

// What is stated here is AWS's documentation as we read it, not a measurement of AWS.

suite('Overlays of the proxy', () => {
  let upstream: FakeUpstream;
  let proxy: Proxy;
  let answer: FakeAnswer;

  setup(async () => {
    upstream = await startFakeUpstream(() => answer);
    proxy = await startProxy({ target: upstream.url });
  });

  teardown(async () => {
    await proxy.stop();
    await upstream.stop();
  });

  test("the emulator's HTML error is the service's JSON error", async () => {
    answer = { status: 500, type: 'text/html', body: '<html>Internal Server Error</html>' };
    const secret = await callJson(proxy.url, 'secretsmanager', 'GetSecretValue', { SecretId: 'a' });
    assert.equal(secret.json['__type'], 'InternalServiceError');
    const parameter = await callJson(proxy.url, 'ssm', 'GetParameter', { Name: 'a' });
    assert.equal(parameter.json['__type'], 'InternalServerError');
    assert.equal(parameter.status, 500);
  });

  test("the emulator's XML 403 is AccessDeniedException with status 400", async () => {
    answer = { status: 403, type: 'text/xml', body: '<ErrorResponse/>' };
    const denied = await callJson(proxy.url, 'ssm', 'GetParameter', { Name: 'a' });
    assert.equal(denied.status, 400);
    assert.equal(denied.json['__type'], 'AccessDeniedException');
  });

  test('a JSON error of the emulator keeps its name and has status 400', async () => {
    answer = { status: 404, body: '{"__type":"ResourceNotFoundException","message":"no"}' };
    const missing = await callJson(proxy.url, 'secretsmanager', 'GetSecretValue', {
      SecretId: 'a',
    });
    assert.equal(missing.status, 400);
    assert.equal(missing.headers.get('x-amzn-errortype'), 'ResourceNotFoundException');
  });

  test('a field that is null is left out', async () => {
    answer = {
      body: '{"Name":"a","LastAccessedDate":null,"NextToken":"","Tags":[{"Key":"k","Value":""}]}',
    };
    const described = await callJson(proxy.url, 'secretsmanager', 'DescribeSecret', {
      SecretId: 'a',
    });
    assert.deepEqual(described.json, { Name: 'a', Tags: [{ Key: 'k', Value: '' }] });
  });

  test('a policy has its text, its type and its status', async () => {
    const policy = { Type: 'Expiration', Version: '1.0', Attributes: { Timestamp: 'T' } };
    const Policies = [{ PolicyText: policy, PolicyType: policy, PolicyStatus: 'Finished' }];
    answer = { body: JSON.stringify({ Parameters: [{ Name: '/a', Type: 'String', Policies }] }) };
    const described = await callJson(proxy.url, 'ssm', 'DescribeParameters');
    const [parameter] = described.json['Parameters'] as Record<string, unknown>[];
    assert.deepEqual(parameter?.['Policies'], [
      { PolicyText: JSON.stringify(policy), PolicyType: 'Expiration', PolicyStatus: 'Pending' },
    ]);
  });

  test("a parameter's metadata has its ARN and no value", async () => {
    answer = {
      body: JSON.stringify({ Parameters: [{ Name: 'flat', Type: 'String', Value: 'v' }] }),
    };
    const described = await callJson(proxy.url, 'ssm', 'DescribeParameters');
    assert.deepEqual(described.json['Parameters'], [
      {
        Name: 'flat',
        Type: 'String',
        ARN: 'arn:aws:ssm:eu-west-1:111122223333:parameter/flat',
      },
    ]);
  });

  const badFilters: readonly (readonly [object, string])[] = [
    [{ Key: 'Label', Values: ['a'] }, 'InvalidFilterKey'],
    [{ Key: 'Type', Option: 'Contains', Values: ['a'] }, 'InvalidFilterOption'],
    [{ Key: 'Path', Option: 'Equals', Values: ['/a'] }, 'InvalidFilterOption'],
    [{ Key: 'Path', Values: ['a'] }, 'InvalidFilterValue'],
    [{ Key: 'Name' }, 'InvalidFilterValue'],
  ];
  for (const [filter, code] of badFilters) {
    test(`DescribeParameters refuses ${JSON.stringify(filter)} with ${code}`, async () => {
      const described = await callJson(proxy.url, 'ssm', 'DescribeParameters', {
        ParameterFilters: [filter],
      });
      assert.equal(described.json['__type'], code);
    });
  }

  test('DescribeParameters refuses a page of 51', async () => {
    const described = await callJson(proxy.url, 'ssm', 'DescribeParameters', { MaxResults: 51 });
    assert.equal(described.json['__type'], 'ValidationException');
  });

  for (const filter of [
    { Key: 'colour', Values: ['a'] },
    { Key: 'name', Values: ['a#b'] },
  ]) {
    test(`ListSecrets refuses ${JSON.stringify(filter)}`, async () => {
      const listed = await callJson(proxy.url, 'secretsmanager', 'ListSecrets', {
        Filters: [filter],
      });
      assert.equal(listed.json['__type'], 'InvalidParameterException');
    });
  }

  test("another account's secret that nobody shares is denied, not missing", async () => {
    const SecretId = 'arn:aws:secretsmanager:eu-west-1:999900001111:secret:a-AbCdEf';
    const read = await callJson(proxy.url, 'secretsmanager', 'GetSecretValue', { SecretId });
    assert.equal(read.json['__type'], 'AccessDeniedException');
    assert.equal(upstream.requests.length, 0);
  });
});

suite('Filters of ListSecrets', () => {
  const secret = {
    name: 'prod/payments/db',
    description: 'Primary Payments database',
    tags: [{ key: 'CostCenter', value: 'Retail4711' }],
    owningService: 'rds',
  };
  const cases: readonly (readonly [key: string, values: string[], matches: boolean])[] = [
    ['name', ['prod/'], true],
    ['name', ['Prod/'], false],
    ['name', ['payments'], false],
    ['name', ['dev/', 'prod/'], true],
    ['name', ['!prod/'], false],
    ['name', ['!dev/'], true],
    ['tag-key', ['Cost'], true],
    ['tag-key', ['cost'], false],
    ['tag-value', ['Retail'], true],
    ['tag-value', ['4711'], false],
    ['owning-service', ['rds'], true],
    ['primary-region', ['eu'], false],
    ['description', ['payments'], true],
    ['description', ['base'], false],
    ['all', ['PAYMENTS DB'], true],
    ['all', ['payments missing'], false],
    ['all', ['center'], true],
    ['all', ['ayments'], false],
  ];
  for (const [key, values, expected] of cases) {
    test(`${key} ${values.join(', ')} ${expected ? 'matches' : 'does not match'}`, () => {
      assert.equal(matchesSecret(secret, [{ key, values }]), expected);
    });
  }

  test('every filter must match', () => {
    const name = { key: 'name', values: ['prod/'] };
    assert.equal(matchesSecret(secret, [name, { key: 'tag-key', values: ['Other'] }]), false);
    assert.equal(matchesSecret(secret, [name, { key: 'tag-key', values: ['Cost'] }]), true);
  });
});

suite('Filters of DescribeParameters', () => {
  const parameter = { name: '/prod/a/b', type: 'String', tier: 'Standard', dataType: 'text' };
  const cases: readonly (readonly [string, string, string, boolean])[] = [
    ['Name', 'Equals', 'prod/a/b', true],
    ['Name', 'BeginsWith', '/prod', true],
    ['Name', 'Contains', 'a/', true],
    ['Name', 'Contains', 'A', false],
    ['Path', 'OneLevel', '/prod/a', true],
    ['Path', 'OneLevel', '/prod', false],
    ['Path', 'Recursive', '/prod', true],
    ['Path', 'Recursive', '/pro', false],
    ['Path', 'Recursive', '/', true],
    ['Type', 'BeginsWith', 'Str', true],
    ['KeyId', 'BeginsWith', 'alias', false],
    ['Tier', 'Equals', 'Advanced', false],
    ['DataType', 'Equals', 'text', true],
  ];
  for (const [key, option, value, expected] of cases) {
    test(`${key} ${option} ${value} ${expected ? 'matches' : 'does not match'}`, () => {
      assert.equal(matchesParameter(parameter, [{ key, option, values: [value] }]), expected);
    });
  }
});
