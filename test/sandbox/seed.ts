import { randomUUID } from 'node:crypto';
import {
  accountAliases,
  roleArn,
  sandboxKeys,
  sandboxRoles,
  type SandboxRole,
} from './accounts.ts';
import { seedPlaces, seedSummary, type SeedSummary } from './seedData.ts';
import type { SeedParameter, SeedPlace, SeedSecret } from './seedTypes.ts';

/** Fills the emulator at `url` with the demonstration data, unless it already holds it. */
export async function seed(url: string): Promise<SeedSummary> {
  const emulator = new Emulator(url);
  const [first] = seedPlaces;
  if (first !== undefined && !(await emulator.isSeeded(first))) {
    await Promise.all([
      ...seedPlaces.map((place) => seedPlace(emulator, place)),
      ...Object.entries(accountAliases).map(([account, alias]) =>
        emulator.iam(account, { Action: 'CreateAccountAlias', AccountAlias: alias }),
      ),
      ...sandboxRoles.map((role) => seedRole(emulator, role)),
    ]);
  }
  return seedSummary;
}

async function seedPlace(emulator: Emulator, place: SeedPlace): Promise<void> {
  const customerKey = seedKey(emulator, place);
  await Promise.all([
    customerKey,
    ...place.secrets.map((secret) => seedSecret(emulator, place, secret)),
    ...place.parameters.map((parameter) => seedParameter(emulator, place, parameter)),
  ]);
}

const keyAlias = 'alias/app-secrets';

async function seedKey(emulator: Emulator, place: SeedPlace): Promise<void> {
  const answer = await emulator.json(place, 'kms', 'CreateKey', {
    Description: 'Application secrets',
  });
  const metadata = answer['KeyMetadata'] as { readonly KeyId: string };
  await emulator.json(place, 'kms', 'CreateAlias', {
    AliasName: keyAlias,
    TargetKeyId: metadata.KeyId,
  });
}

async function seedSecret(emulator: Emulator, place: SeedPlace, secret: SeedSecret): Promise<void> {
  const { name, values, owningService } = secret;
  const tags = {
    ...secret.tags,
    // The emulator takes a secret for a managed one by this tag.
    ...(owningService === undefined ? {} : { 'aws:secretsmanager:owningService': owningService }),
  };
  const [first, ...later] = values;
  await emulator.json(place, 'secretsmanager', 'CreateSecret', {
    Name: name,
    ClientRequestToken: randomUUID(),
    ...(first === undefined ? {} : secretValue(first)),
    ...(secret.description === undefined ? {} : { Description: secret.description }),
    ...(secret.customerKey === undefined ? {} : { KmsKeyId: keyAlias }),
    ...(Object.keys(tags).length === 0 ? {} : { Tags: tagList(tags) }),
    ...(secret.replicaRegions === undefined
      ? {}
      : { AddReplicaRegions: secret.replicaRegions.map((Region) => ({ Region })) }),
  });
  for (const value of later) {
    await emulator.json(place, 'secretsmanager', 'PutSecretValue', {
      SecretId: name,
      ClientRequestToken: randomUUID(),
      ...secretValue(value),
    });
  }
  if (secret.sharedWith !== undefined) {
    await emulator.json(place, 'secretsmanager', 'PutResourcePolicy', {
      SecretId: name,
      ResourcePolicy: readersPolicy(secret.sharedWith),
    });
  }
  if (secret.deletedInDays !== undefined) {
    await emulator.json(place, 'secretsmanager', 'DeleteSecret', {
      SecretId: name,
      RecoveryWindowInDays: secret.deletedInDays,
    });
  }
}

async function seedParameter(
  emulator: Emulator,
  place: SeedPlace,
  parameter: SeedParameter,
): Promise<void> {
  const [first = '', ...later] = parameter.values;
  const common = {
    Name: parameter.name,
    Type: parameter.type,
    Tier: parameter.advanced === true ? 'Advanced' : 'Standard',
    ...(parameter.description === undefined ? {} : { Description: parameter.description }),
    ...(parameter.dataType === undefined ? {} : { DataType: parameter.dataType }),
    ...(parameter.policies === undefined ? {} : { Policies: JSON.stringify(parameter.policies) }),
    ...(parameter.customerKey === undefined ? {} : { KeyId: keyAlias }),
  };
  await emulator.json(place, 'ssm', 'PutParameter', {
    ...common,
    Value: first,
    ...(parameter.tags === undefined ? {} : { Tags: tagList(parameter.tags) }),
  });
  for (const Value of later) {
    await emulator.json(place, 'ssm', 'PutParameter', { ...common, Value, Overwrite: true });
  }
  for (const [label, ParameterVersion] of Object.entries(parameter.labels ?? {})) {
    await emulator.json(place, 'ssm', 'LabelParameterVersion', {
      Name: parameter.name,
      ParameterVersion,
      Labels: [label],
    });
  }
}

async function seedRole(emulator: Emulator, role: SandboxRole): Promise<void> {
  const statement = {
    Effect: 'Allow',
    Principal: {
      AWS: Object.keys(accountAliases).map((account) => `arn:aws:iam::${account}:root`),
    },
    Action: 'sts:AssumeRole',
    ...(role.needsMfa ? { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } } : {}),
  };
  await emulator.iam(role.account, {
    Action: 'CreateRole',
    RoleName: role.name,
    Description: `${roleArn(role.account, role.name)} of the sandbox`,
    AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
  });
}

function secretValue(value: string | Buffer): Record<string, string> {
  return typeof value === 'string'
    ? { SecretString: value }
    : { SecretBinary: value.toString('base64') };
}

function tagList(tags: Readonly<Record<string, string>>): readonly Record<string, string>[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

function readersPolicy(account: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
        Resource: '*',
      },
    ],
  });
}

const targets: Readonly<Record<string, string>> = {
  secretsmanager: 'secretsmanager',
  ssm: 'AmazonSSM',
  kms: 'TrentService',
};

/** Plain HTTP calls: the emulator checks no signature, and an SDK client per account and region would cost seconds. */
class Emulator {
  readonly #url: string;
  readonly #waiting: (() => void)[] = [];
  #free = 12;

  constructor(url: string) {
    this.#url = url;
  }

  async isSeeded({ account, region, secrets }: SeedPlace): Promise<boolean> {
    const body = JSON.stringify({ SecretId: secrets[0]?.name });
    const answer = await this.#post(
      { account, region },
      'secretsmanager',
      body,
      jsonHeaders('secretsmanager', 'DescribeSecret'),
    );
    return answer.ok;
  }

  async json(
    place: Pick<SeedPlace, 'account' | 'region'>,
    service: string,
    operation: string,
    params: unknown,
  ): Promise<Record<string, unknown>> {
    const body = JSON.stringify(params);
    const answer = await this.#post(place, service, body, jsonHeaders(service, operation));
    if (!answer.ok) {
      throw new Error(`${operation} failed in the seed (${answer.status}): ${answer.text}`);
    }
    return JSON.parse(answer.text === '' ? '{}' : answer.text) as Record<string, unknown>;
  }

  async iam(account: string, params: Readonly<Record<string, string>>): Promise<void> {
    const body = new URLSearchParams({ ...params, Version: '2010-05-08' }).toString();
    const answer = await this.#post({ account, region: 'us-east-1' }, 'iam', body, {
      'content-type': 'application/x-www-form-urlencoded',
    });
    if (!answer.ok) {
      throw new Error(`${params['Action']} failed in the seed (${answer.status}): ${answer.text}`);
    }
  }

  async #post(
    { account, region }: { readonly account: string; readonly region: string },
    service: string,
    body: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<{ readonly ok: boolean; readonly status: number; readonly text: string }> {
    const key = sandboxKeys.find((item) => item.account === account);
    const scope = `${key?.accessKeyId ?? ''}/20260101/${region}/${service}/aws4_request`;
    await this.#enter();
    try {
      const answer = await fetch(this.#url, {
        method: 'POST',
        body,
        headers: {
          ...headers,
          authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
          'x-moto-account-id': account,
        },
      });
      return { ok: answer.ok, status: answer.status, text: await answer.text() };
    } finally {
      this.#leave();
    }
  }

  async #enter(): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) {
      this.#free += 1;
    } else {
      next();
    }
  }
}

function jsonHeaders(service: string, operation: string): Readonly<Record<string, string>> {
  return {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `${targets[service] ?? service}.${operation}`,
  };
}
