import * as l10n from '@vscode/l10n';

import type { ResourceRef } from '../core/resources.ts';
import type { SecretValue } from '../core/secretValue.ts';
import { Cancelled } from '../core/userError.ts';
import type { Services } from './services.ts';

const currentStage = 'AWSCURRENT';

/** Fetches the current value, because a person has asked for it. A late answer to a cancelled request is dropped. */
export async function readValue(services: Services, ref: ResourceRef): Promise<SecretValue> {
  return await services.prompts.busy(l10n.t('Reading {0}…', ref.name), async (signal) => {
    const aws = await services.aws();
    const { value } =
      ref.kind === 'secret'
        ? await aws.secrets(ref.connection).read(ref.arn, currentStage, signal)
        : await aws.parameters(ref.connection).read(ref.arn, signal);
    if (signal.aborted) {
      throw new Cancelled();
    }
    return value;
  });
}
