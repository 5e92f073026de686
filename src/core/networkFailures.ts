import * as l10n from '@vscode/l10n';
import type { AwsCall, AwsFailure } from './awsCall.ts';

/** Failures before AWS, or instead of AWS, answered. */
export const networkFailures: readonly AwsFailure[] = [
  {
    names: ['ECONNREFUSED'],
    sentence: (call) =>
      l10n.t(
        '{0} is not reachable at {1}: connection refused. Check that the endpoint is running and its address is right.',
        call.service,
        place(call),
      ),
    remedies: ['retry', 'open-config'],
  },
  {
    names: ['ENOTFOUND', 'EAI_AGAIN'],
    sentence: (call) =>
      l10n.t(
        '{0} is not reachable at {1}: the name cannot be resolved. Check the network connection and the region.',
        call.service,
        place(call),
      ),
    remedies: ['retry', 'open-config'],
  },
  {
    names: ['EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL'],
    sentence: (call) =>
      l10n.t(
        '{0} is not reachable at {1}: there is no network route. Check the network connection or the VPN.',
        call.service,
        place(call),
      ),
    remedies: ['retry'],
  },
  {
    names: ['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE'],
    sentence: (call) =>
      l10n.t(
        'The connection to {0} at {1} was cut off, also when {2} was repeated. Check the network or the proxy, then retry.',
        call.service,
        place(call),
        call.action,
      ),
    remedies: ['retry'],
  },
  {
    names: [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'UNABLE_TO_GET_ISSUER_CERT',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'CERT_HAS_EXPIRED',
      'CERT_NOT_YET_VALID',
      'CERT_UNTRUSTED',
      'CERT_REVOKED',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'HOSTNAME_MISMATCH',
    ],
    sentence: (call) =>
      l10n.t(
        'The certificate of {0} at {1} is not trusted on this computer, so nothing was sent. A proxy that inspects TLS needs its certificate installed.',
        call.service,
        place(call),
      ),
    remedies: ['retry', 'show-log'],
  },
  {
    names: ['EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER', 'HPE_INVALID_CONSTANT'],
    sentence: (call) =>
      l10n.t(
        '{0} at {1} does not speak the protocol of its address. Check whether the endpoint is http or https.',
        call.service,
        place(call),
      ),
    remedies: ['retry', 'open-config'],
  },
  {
    names: ['TimeoutError', 'ETIMEDOUT', 'ESOCKETTIMEDOUT', 'RequestTimeout'],
    sentence: (call) =>
      l10n.t(
        '{0} at {1} did not answer {2} in time. Check the network or the VPN, then retry.',
        call.service,
        place(call),
        call.action,
      ),
    remedies: ['retry'],
  },
  {
    names: ['UnknownEndpoint', 'EndpointError'],
    sentence: unknownRegion,
    remedies: ['open-config'],
  },
  {
    names: ['Error'],
    text: /region not accepted|missing region|region is missing|not a valid (hostname|host label)/i,
    sentence: unknownRegion,
    remedies: ['open-config'],
  },
  {
    names: ['SyntaxError'],
    sentence: unreadable,
    remedies: ['retry', 'show-log'],
  },
  {
    names: ['Error', 'TypeError'],
    text: /deserialization error|unexpected (end|close)|unclosed|expected closing tag/i,
    sentence: unreadable,
    remedies: ['retry', 'show-log'],
  },
];

function unreadable(call: AwsCall): string {
  return l10n.t(
    '{0} at {1} answered {2} with something that is not an AWS answer, or with half of one. A proxy or sign-in page may stand in between; retry, or check the endpoint.',
    call.service,
    place(call),
    call.action,
  );
}

function unknownRegion({ service, region, profile }: AwsCall): string {
  return l10n.t(
    '{0} has no endpoint in “{1}”. Check the region of profile “{2}”.',
    service,
    region,
    profile,
  );
}

function place({ endpoint, region }: AwsCall): string {
  return endpoint ?? region;
}
