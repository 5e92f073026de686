import { developerAccount, ssoRoleName } from '../sandbox/accounts.ts';
import { errorAnswer, restAnswer } from './answers.ts';
import { textOf, type ApiAnswer, type ApiRequest } from './apiRequest.ts';
import type { Identities } from './identities.ts';
import type { Overlay } from './overlay.ts';

const pollsBeforeApproval = 1;
const tokenSeconds = 8 * 3600;

/**
 * IAM Identity Center, as far as a device sign-in needs it: register, start, wait, approve, refresh, and the role's
 * credentials. Everybody is approved at the second poll.
 */
export function ssoOverlay(identities: Identities): Overlay {
  const stub = new SsoStub(identities);
  return ({ request }) => {
    switch (`${request.service}:${request.operation}`) {
      case 'sso-oidc:RegisterClient':
        return restAnswer({
          clientId: 'sandbox-client',
          clientSecret: 'sandbox-client-secret-EXAMPLE',
          clientIdIssuedAt: seconds(0),
          clientSecretExpiresAt: seconds(90 * 86_400),
        });
      case 'sso-oidc:StartDeviceAuthorization':
        return stub.start();
      case 'sso-oidc:CreateToken':
        return stub.createToken(request);
      case 'sso:GetRoleCredentials':
        return stub.roleCredentials(request);
      case 'sso:Logout':
        return stub.logout(request);
      default:
        return undefined;
    }
  };
}

class SsoStub {
  readonly #identities: Identities;
  readonly #pollsLeft = new Map<string, number>();
  readonly #accessTokens = new Set<string>();
  readonly #refreshTokens = new Set<string>();
  #issued = 0;

  constructor(identities: Identities) {
    this.#identities = identities;
  }

  start(): ApiAnswer {
    const deviceCode = this.#next('device');
    this.#pollsLeft.set(deviceCode, pollsBeforeApproval);
    const verificationUri = 'https://device.sso.example/';
    return restAnswer({
      deviceCode,
      userCode: 'SAND-BOXX',
      verificationUri,
      verificationUriComplete: `${verificationUri}?user_code=SAND-BOXX`,
      expiresIn: 600,
      interval: 1,
    });
  }

  createToken(request: ApiRequest): ApiAnswer {
    if (request.params['grantType'] === 'refresh_token') {
      const refreshToken = textOf(request.params['refreshToken']) ?? '';
      return this.#refreshTokens.delete(refreshToken)
        ? this.#token()
        : oidcError(request, 'InvalidGrantException', 'invalid_grant', 'Invalid refresh token');
    }
    const deviceCode = textOf(request.params['deviceCode']) ?? '';
    const left = this.#pollsLeft.get(deviceCode);
    if (left === undefined) {
      return oidcError(request, 'InvalidGrantException', 'invalid_grant', 'Invalid device code');
    }
    if (left > 0) {
      this.#pollsLeft.set(deviceCode, left - 1);
      return oidcError(request, 'AuthorizationPendingException', 'authorization_pending', '');
    }
    this.#pollsLeft.delete(deviceCode);
    return this.#token();
  }

  roleCredentials(request: ApiRequest): ApiAnswer {
    if (!this.#accessTokens.has(bearer(request))) {
      return errorAnswer(
        request,
        'UnauthorizedException',
        'Session token not found or invalid',
        401,
      );
    }
    const account = textOf(request.params['account_id']);
    const role = textOf(request.params['role_name']);
    if (account !== developerAccount || role !== ssoRoleName) {
      return errorAnswer(request, 'ForbiddenException', 'No access', 403);
    }
    this.#issued += 1;
    const accessKeyId = `ASIASANDBOX${String(this.#issued).padStart(9, '0')}`;
    const arn = `arn:aws:sts::${account}:assumed-role/AWSReservedSSO_${role}_0123456789abcdef/jane.doe`;
    this.#identities.learn(accessKeyId, { account, arn });
    return restAnswer({
      roleCredentials: {
        accessKeyId,
        secretAccessKey: 'sso/session/of/the/sandbox/not/real/EXAMPLEKEY',
        sessionToken: 'sandbox-sso-session-EXAMPLE',
        expiration: Date.now() + 3_600_000,
      },
    });
  }

  logout(request: ApiRequest): ApiAnswer {
    this.#accessTokens.delete(bearer(request));
    return restAnswer({});
  }

  #token(): ApiAnswer {
    const accessToken = this.#next('access');
    const refreshToken = this.#next('refresh');
    this.#accessTokens.add(accessToken);
    this.#refreshTokens.add(refreshToken);
    return restAnswer({ accessToken, tokenType: 'Bearer', expiresIn: tokenSeconds, refreshToken });
  }

  #next(kind: string): string {
    this.#issued += 1;
    return `sandbox-${kind}-${this.#issued}`;
  }
}

function bearer(request: ApiRequest): string {
  return textOf(request.headers['x-amz-sso_bearer_token']) ?? '';
}

function oidcError(
  request: ApiRequest,
  code: string,
  error: string,
  description: string,
): ApiAnswer {
  return {
    ...errorAnswer(request, code, description),
    body: Buffer.from(JSON.stringify({ error, error_description: description })),
  };
}

function seconds(fromNow: number): number {
  return Math.floor(Date.now() / 1000) + fromNow;
}
