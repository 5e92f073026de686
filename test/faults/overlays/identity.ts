import { mfaCode, type SandboxRole } from '../../sandbox/accounts.ts';
import { errorAnswer, escapeXml, xmlAnswer } from '../answers.ts';
import { textOf, type ApiAnswer } from '../apiRequest.ts';
import type { Identities } from '../identities.ts';
import type { Call, Overlay } from '../overlay.ts';

/** STS: who the caller is, which roles may be assumed, MFA codes, and whose the issued keys are. */
export function identityOverlay(identities: Identities, roles: readonly SandboxRole[]): Overlay {
  let issued = 0;
  return async (call) => {
    const { request, account } = call;
    if (request.service !== 'sts') {
      return undefined;
    }
    const caller = identities.find(request.accessKeyId);
    switch (request.operation) {
      case 'GetCallerIdentity':
        return caller?.arn === undefined ? undefined : callerIdentity(account, caller.arn);
      case 'AssumeRole':
        return refusal(call, caller?.arn, roles) ?? learned(identities, call);
      case 'AssumeRoleWithWebIdentity':
        return learned(identities, call);
      case 'GetSessionToken': {
        if (wrongMfaCode(call)) {
          return mfaFailed(call);
        }
        issued += 1;
        // The emulator gives everybody the same keys; these belong to the caller.
        const accessKeyId = `ASIASESSION${String(issued).padStart(9, '0')}`;
        identities.learn(accessKeyId, {
          account,
          ...(caller?.arn === undefined ? {} : { arn: caller.arn }),
        });
        return sessionToken(accessKeyId, Number(request.params['DurationSeconds'] ?? 43_200));
      }
      default:
        return undefined;
    }
  };
}

function callerIdentity(account: string, arn: string): ApiAnswer {
  return xmlAnswer(
    'sts',
    'GetCallerIdentity',
    `<Arn>${escapeXml(arn)}</Arn><UserId>AIDAEXAMPLEUSERID0000</UserId><Account>${account}</Account>`,
  );
}

function refusal(
  call: Call,
  callerArn: string | undefined,
  roles: readonly SandboxRole[],
): ApiAnswer | undefined {
  const roleArn = textOf(call.request.params['RoleArn']) ?? '';
  const [, account, name] =
    /^arn:aws[\w-]*:iam::(\d{12}):role\/(?:.+\/)?([^/]+)$/.exec(roleArn) ?? [];
  const role = roles.find((item) => item.account === account && item.name === name);
  if (wrongMfaCode(call)) {
    return mfaFailed(call);
  }
  const lacksMfa = role?.needsMfa === true && call.request.params['TokenCode'] === undefined;
  if (role !== undefined && !lacksMfa) {
    return undefined;
  }
  const user = callerArn ?? `arn:aws:sts::${call.account}:assumed-role/unknown/session`;
  return errorAnswer(
    call.request,
    'AccessDenied',
    `User: ${user} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
    403,
  );
}

function wrongMfaCode({ request }: Call): boolean {
  const code = request.params['TokenCode'];
  return code !== undefined && code !== mfaCode;
}

function mfaFailed(call: Call): ApiAnswer {
  return errorAnswer(
    call.request,
    'AccessDenied',
    'MultiFactorAuthentication failed with invalid MFA one time pass code. ',
    403,
  );
}

async function learned(identities: Identities, call: Call): Promise<ApiAnswer> {
  const answer = await call.ask();
  const text = answer.body.toString('utf8');
  const [, accessKeyId] = /<AccessKeyId>([^<]+)</.exec(text) ?? [];
  const [, account] = /<Arn>arn:[^:]+:sts::(\d{12}):/.exec(text) ?? [];
  if (answer.status === 200 && accessKeyId !== undefined && account !== undefined) {
    identities.learn(accessKeyId, { account });
  }
  return answer;
}

function sessionToken(accessKeyId: string, durationSeconds: number): ApiAnswer {
  const expiration = new Date(Date.now() + durationSeconds * 1000).toISOString();
  return xmlAnswer(
    'sts',
    'GetSessionToken',
    `<Credentials><AccessKeyId>${accessKeyId}</AccessKeyId>` +
      '<SecretAccessKey>session/of/the/sandbox/not/a/real/EXAMPLEKEY</SecretAccessKey>' +
      `<SessionToken>sandbox-session-EXAMPLE</SessionToken><Expiration>${expiration}</Expiration></Credentials>`,
  );
}
