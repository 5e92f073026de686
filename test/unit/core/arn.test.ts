import assert from 'node:assert/strict';
import fc from 'fast-check';

import { parseArn, parseResourceArn } from '../../../src/core/arn.ts';

suite('ARNs', () => {
  for (const partition of [
    'aws',
    'aws-cn',
    'aws-us-gov',
    'aws-eusc',
    'aws-iso',
    'aws-iso-b',
    'aws-iso-e',
    'aws-iso-f',
  ]) {
    test(`the partition ${partition} is read`, () => {
      const arn = parseArn(`arn:${partition}:ssm:eu-west-1:111122223333:parameter/a`);
      assert.equal(arn?.partition, partition);
    });
  }

  test('the resource keeps its own colons', () => {
    assert.deepEqual(parseArn('arn:aws:lambda:eu-west-1:111122223333:function:rotate:live'), {
      partition: 'aws',
      service: 'lambda',
      region: 'eu-west-1',
      account: '111122223333',
      resource: 'function:rotate:live',
    });
  });

  for (const text of [
    '',
    'prod/db',
    'arn:aws:ssm:eu-west-1:111122223333',
    'arn:aws:ssm:eu-west-1:111122223333:',
    'arn:azure:ssm:eu-west-1:111122223333:parameter/a',
    'arn:aws:ssm:eu-west-1:1111:parameter/a',
    'arn:aws:ssm:eu-west-1:111122223333:parameter/a\narn:aws:ssm',
    'x arn:aws:ssm:eu-west-1:111122223333:parameter/a',
  ]) {
    test(`${JSON.stringify(text)} is none`, () => assert.equal(parseArn(text), undefined));
  }

  suite('of secrets and parameters', () => {
    const names: readonly (readonly [resource: string, kind: string, name: string])[] = [
      ['secretsmanager:eu-west-1:111122223333:secret:prod/db-a1B2c3', 'secret', 'prod/db'],
      ['secretsmanager:eu-west-1:111122223333:secret:rds!db-0f-a1B2c3', 'secret', 'rds!db-0f'],
      ['secretsmanager:eu-west-1:111122223333:secret:prod/db', 'secret', 'prod/db'],
      ['ssm:eu-west-1:111122223333:parameter/prod/db', 'parameter', '/prod/db'],
      ['ssm:eu-west-1:111122223333:parameter/db', 'parameter', 'db'],
      ['ssm:eu-west-1::parameter/aws/service/ami', 'parameter', '/aws/service/ami'],
    ];
    for (const [resource, kind, name] of names) {
      test(`${resource} is the ${kind} ${name}`, () => {
        const parsed = parseResourceArn(`  arn:aws:${resource}\n`);
        assert.deepEqual([parsed?.kind, parsed?.name], [kind, name]);
      });
    }

    for (const resource of [
      's3:::bucket/key',
      'kms:eu-west-1:111122223333:key/1',
      'secretsmanager:eu-west-1:111122223333:secret:',
      'secretsmanager:eu-west-1:111122223333:secret:-a1b2c3',
      'secretsmanager::111122223333:secret:db-a1b2c3',
      'secretsmanager:eu-west-1::secret:db-a1b2c3',
      'ssm:eu-west-1:111122223333:parameter/',
      'ssm:eu-west-1:111122223333:document/a',
      'ssm::111122223333:parameter/a',
    ]) {
      test(`${resource} is neither`, () => {
        assert.equal(parseResourceArn(`arn:aws:${resource}`), undefined);
      });
    }

    test('a secret’s full ARN gives its name back, whatever the name', () => {
      const name = fc.stringMatching(/^[A-Za-z0-9/_+=.@-]{1,40}$/);
      const suffix = fc.stringMatching(/^[A-Za-z0-9]{6}$/);
      fc.assert(
        fc.property(name, suffix, (given, random) => {
          const arn = `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${given}-${random}`;
          assert.equal(parseResourceArn(arn)?.name, given);
        }),
      );
    });
  });
});
