import * as l10n from '@vscode/l10n';

import { partitionOf, regionProblem } from '../connections/partitions.ts';
import { parseArn, parseResourceArn } from '../core/arn.ts';
import type { Arn, ResourceArn } from '../core/arn.ts';
import type { Connection, Profile } from '../core/connection.ts';
import { RememberedRefs } from '../core/rememberedRefs.ts';
import { resourceRef } from '../core/resources.ts';
import type { ResourceRef } from '../core/resources.ts';
import { UserError } from '../core/userError.ts';
import { pickProfile } from './pickProfile.ts';
import type { Services } from './services.ts';

/** Shows a secret or a parameter that another account shares, once AWS has described it. */
export async function addByArn(
  services: Services,
  profile?: Profile,
): Promise<ResourceRef | undefined> {
  const title = l10n.t('Add by ARN');
  const text = await services.prompts.input({
    title,
    prompt: l10n.t('The ARN of a secret or a parameter'),
    placeholder: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-a1b2c3',
    validate: arnProblem,
  });
  const resource = text === undefined ? undefined : parseResourceArn(text);
  if (text === undefined || !resource) {
    return undefined;
  }
  const asWhom = profile ?? (await pickProfile(services, title));
  if (!asWhom) {
    return undefined;
  }

  const connection = { profile: asWhom.id, region: resource.arn.region };
  const ref = await describe(services, connection, resource, text.trim());
  if (!services.connections.regions(asWhom).includes(connection.region)) {
    await services.connections.addRegion(asWhom.id, connection.region);
  }
  await new RememberedRefs(services.memory, 'added').addLast(ref);
  return ref;
}

/** What keeps the text from being the ARN of a secret or a parameter, or undefined. */
export function arnProblem(text: string): string | undefined {
  const trimmed = text.trim();
  const arn = parseArn(trimmed);
  if (!arn) {
    return l10n.t('An ARN looks like {0}.', 'arn:aws:ssm:eu-west-1:111122223333:parameter/prod/db');
  }
  if (!parseResourceArn(trimmed)) {
    return l10n.t('This ARN belongs to {0}, not to a secret or a parameter.', arn.service);
  }
  return regionProblem(arn.region) ?? partitionProblem(arn);
}

function partitionProblem({ partition, region }: Arn): string | undefined {
  const expected = partitionOf(region)?.id;
  return expected === undefined || expected === partition
    ? undefined
    : l10n.t(
        'The region {0} belongs to the partition {1}, not to {2}.',
        region,
        expected,
        partition,
      );
}

async function describe(
  services: Services,
  connection: Connection,
  resource: ResourceArn,
  arn: string,
): Promise<ResourceRef> {
  return await services.prompts.busy(l10n.t('Looking up {0}…', resource.name), async (signal) => {
    const aws = await services.aws();
    try {
      const found =
        resource.kind === 'secret'
          ? await aws.secrets(connection).describe(arn, signal)
          : await aws.parameters(connection).describe(arn, signal);
      return resourceRef(connection, found);
    } catch (error) {
      throw error instanceof UserError
        ? await withAccountHint(error, () => aws.identify(connection, signal), {
            profile: connection.profile,
            resource,
          })
        : error;
    }
  });
}

/** Most ARNs that cannot be read belong to another account than the profile's. */
async function withAccountHint(
  error: UserError,
  identify: () => Promise<{ readonly accountId: string }>,
  { profile, resource }: { readonly profile: string; readonly resource: ResourceArn },
): Promise<UserError> {
  const owner = resource.arn.account;
  const own = await accountOf(identify);
  if (own === undefined || own === owner || owner === '') {
    return error;
  }
  const hint =
    resource.kind === 'secret'
      ? l10n.t(
          'It belongs to account {0} and profile “{1}” to {2}: the secret’s resource policy and its KMS key’s policy must allow that account.',
          owner,
          profile,
          own,
        )
      : l10n.t(
          'It belongs to account {0} and profile “{1}” to {2}: the owner must share it through AWS RAM, as an Advanced parameter.',
          owner,
          profile,
          own,
        );
  return new UserError(`${error.message} ${hint}`, {
    remedies: error.remedies,
    cause: error.cause ?? error,
  });
}

async function accountOf(
  identify: () => Promise<{ readonly accountId: string }>,
): Promise<string | undefined> {
  try {
    return (await identify()).accountId;
  } catch {
    return undefined; // The failure before this is the one to tell: without credentials both fail alike.
  }
}
