import * as l10n from '@vscode/l10n';

import { isPseudoProfile } from '../connections/profiles.ts';
import type { ConnectionSettings } from '../core/connection.ts';
import { RememberedRefs } from '../core/rememberedRefs.ts';
import type { ResourceRef } from '../core/resources.ts';
import { pickResource } from './findResource.ts';
import type { Services, Shell } from './services.ts';

type CliAction = 'describe' | 'get-value';

/** Copies the AWS CLI's command line for what the person would do next. No value is read or written into it. */
export async function copyCliCommand(services: Services, selected?: ResourceRef): Promise<void> {
  const ref = selected ?? (await pickResource(services, l10n.t('Copy as CLI Command')));
  if (!ref) {
    return;
  }
  const action = await services.prompts.pick<CliAction>(
    [
      {
        label: l10n.t('Describe'),
        detail: l10n.t('Prints what AWS tells about {0}, without its value.', ref.name),
        icon: 'info',
        value: 'describe',
      },
      {
        label: l10n.t('Get Value'),
        detail: l10n.t('Prints the plain value of {0} in the terminal when it is run.', ref.name),
        icon: 'eye',
        value: 'get-value',
      },
    ],
    { title: l10n.t('Copy as CLI Command'), placeholder: l10n.t('What the command does') },
  );
  if (!action) {
    return;
  }
  const settings = await services.connections.settingsFor(ref.connection);
  const isShared = new RememberedRefs(services.memory, 'added').has(ref);
  const command = cliCommand({ action, ref, settings, isShared, shell: services.shell });
  await services.clipboard.copyPlain(command, l10n.t('the AWS CLI command'));
}

export interface CliCommandRequest {
  readonly action: CliAction;
  readonly ref: ResourceRef;
  readonly settings: ConnectionSettings;
  /** DescribeParameters finds another account's parameter only when it is asked for shared ones, by ARN. */
  readonly isShared: boolean;
  readonly shell: Shell;
}

export function cliCommand(request: CliCommandRequest): string {
  const { ref, settings, shell } = request;
  const endpoint =
    ref.kind === 'secret' ? settings.endpoints.secrets_manager : settings.endpoints.ssm;
  const words = [
    'aws',
    ...(ref.kind === 'secret' ? secretWords(request) : parameterWords(request)),
    ...(isPseudoProfile(ref.connection.profile) ? [] : option('--profile', ref.connection.profile)),
    ...option('--region', ref.connection.region),
    ...(endpoint === undefined ? [] : ['--endpoint-url', endpoint]),
  ];
  return words.map((word) => quoted(word, shell)).join(' ');
}

/** By ARN: a name that ends in a hyphen and six characters would be taken for a partial ARN. */
function secretWords({ action, ref: { arn } }: CliCommandRequest): readonly string[] {
  return action === 'describe'
    ? ['secretsmanager', 'describe-secret', '--secret-id', arn]
    : ['secretsmanager', 'get-secret-value', '--secret-id', arn, '--version-stage', 'AWSCURRENT'];
}

function parameterWords({ action, ref, isShared }: CliCommandRequest): readonly string[] {
  const id = isShared ? ref.arn : ref.name;
  return action === 'describe'
    ? [
        'ssm',
        'describe-parameters',
        '--parameter-filters',
        `Key=Name,Option=Equals,Values=${id}`,
        ...(isShared ? ['--shared'] : []),
      ]
    : ['ssm', 'get-parameter', ...option('--name', id), '--with-decryption'];
}

/** A value that begins with a hyphen would be read as the next option. */
function option(name: string, value: string): readonly string[] {
  return value.startsWith('-') ? [`${name}=${value}`] : [name, value];
}

/** Characters that mean nothing to either shell, wherever they stand. */
const plainWord = /^[A-Za-z0-9_./:][A-Za-z0-9_./:-]*$|^--[a-z-]+$/;

function quoted(word: string, shell: Shell): string {
  if (plainWord.test(word)) {
    return word;
  }
  return shell === 'posix'
    ? `'${word.replaceAll("'", String.raw`'\''`)}'`
    : `'${word.replaceAll(/['‘’‚‛]/g, '$&$&')}'`; // PowerShell takes all of these for single quotes.
}
