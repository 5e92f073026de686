import { exec } from 'node:child_process';
import * as l10n from '@vscode/l10n';
import { Cancelled, UserError } from '../core/userError.ts';
import type { AwsHost } from './awsHost.ts';
import type { Credentials } from './clientOptions.ts';

const timeLimit = 60_000;

/**
 * Runs a profile's credential_process through the shell, as the SDK does, with a time limit and cancellation that
 * the SDK lacks. Its output is keys and its error output may be, so neither is kept, shown or logged.
 */
export async function credentialsFromProcess(
  host: AwsHost,
  profile: string,
  command: string,
  signal: AbortSignal,
): Promise<Credentials> {
  if (!host.isTrusted()) {
    throw new UserError(
      l10n.t(
        'Profile “{0}” gets its credentials from a program (credential_process), which is not run in an untrusted workspace.',
        profile,
      ),
      { remedies: ['trust-workspace'] },
    );
  }
  const answer = parseAnswer(await run(command, profile, host.env, signal));
  if (!answer) {
    throw new UserError(
      l10n.t(
        'The credential_process of profile “{0}” did not print credentials in AWS’s format (Version 1). Run its command in a terminal to see what it prints.',
        profile,
      ),
      { remedies: ['retry', 'open-config'] },
    );
  }
  if (answer.expiration && answer.expiration.getTime() <= host.clock.now()) {
    throw new UserError(
      l10n.t(
        'The credential_process of profile “{0}” printed credentials that have expired.',
        profile,
      ),
      { remedies: ['retry', 'open-config'] },
    );
  }
  return answer;
}

async function run(
  command: string,
  profile: string,
  env: AwsHost['env'],
  signal: AbortSignal,
): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const options = { env, signal, timeout: timeLimit, windowsHide: true, maxBuffer: 1 << 20 };
  exec(command, options, (error, stdout) => {
    if (!error) {
      resolve(stdout);
    } else if (signal.aborted) {
      reject(new Cancelled());
    } else {
      const sentence = error.killed
        ? l10n.t('The credential_process of profile “{0}” did not end within 60 seconds.', profile)
        : l10n.t(
            'The credential_process of profile “{0}” failed (exit code {1}). Run its command in a terminal to see why.',
            profile,
            error.code ?? l10n.t('unknown'),
          );
      reject(new UserError(sentence, { remedies: ['retry', 'open-config'] }));
    }
  });
  return promise;
}

/** "Sourcing credentials with an external process", AWS SDKs and Tools Reference Guide. */
function parseAnswer(text: string): Credentials | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof answer !== 'object' || answer === null) {
    return undefined;
  }
  const { Version, AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer as Readonly<
    Record<string, unknown>
  >;
  if (Version !== 1 || typeof AccessKeyId !== 'string' || typeof SecretAccessKey !== 'string') {
    return undefined;
  }
  const expiration = typeof Expiration === 'string' ? new Date(Expiration) : undefined;
  if (expiration && Number.isNaN(expiration.getTime())) {
    return undefined;
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(typeof SessionToken === 'string' ? { sessionToken: SessionToken } : {}),
    ...(expiration ? { expiration } : {}),
  };
}
