import { securityAccount } from './accounts.ts';
import type { SeedParameter } from './seedTypes.ts';
import { fakePassword, valueMarker } from './seedValues.ts';

const text = (name: string, value: string, description?: string): SeedParameter => ({
  name,
  type: 'String',
  values: [`${valueMarker}${value}`],
  ...(description === undefined ? {} : { description }),
});

const list = (name: string, ...values: readonly string[]): SeedParameter => ({
  name,
  type: 'StringList',
  values: [[`${valueMarker}list`, ...values].join(',')],
});

const secure = (name: string, description?: string): SeedParameter => ({
  name,
  type: 'SecureString',
  values: [fakePassword(name)],
  ...(description === undefined ? {} : { description }),
});

/** The five parameters that every service of the shop has in every environment. */
function ofService(environment: string, service: string): readonly SeedParameter[] {
  const path = `/${environment}/${service}`;
  return [
    {
      ...secure(`${path}/db`, `Database password of ${service}`),
      tags: { Environment: environment, Team: service },
    },
    text(`${path}/db-host`, `${service}.${environment}.acme.example`, 'Database host'),
    text(`${path}/log-level`, environment === 'prod' ? 'warn' : 'debug'),
    list(`${path}/feature-flags`, 'new-checkout', 'dark-mode'),
    text(`${path}/api-endpoint`, `https://${service}.${environment}.acme.example`),
  ];
}

const expiration = {
  Type: 'Expiration',
  Version: '1.0',
  Attributes: { Timestamp: '2030-12-31T23:59:59.000Z' },
};
const expirationNotification = {
  Type: 'ExpirationNotification',
  Version: '1.0',
  Attributes: { Before: '15', Unit: 'Days' },
};
const noChangeNotification = {
  Type: 'NoChangeNotification',
  Version: '1.0',
  Attributes: { After: '90', Unit: 'Days' },
};

/** 40 of the shop's services and 20 that each show one thing. */
export const securityEuropeParameters: readonly SeedParameter[] = [
  ...['prod', 'staging'].flatMap((environment) =>
    ['payments', 'orders', 'identity', 'search'].flatMap((service) =>
      ofService(environment, service),
    ),
  ),
  {
    name: '/prod/payments/rate-limit',
    type: 'String',
    description: 'Requests per second; 30 versions',
    values: Array.from({ length: 30 }, (_, index) => `${valueMarker}${100 + index * 10}`),
    labels: { stable: 25, canary: 30, 'rollback-2026': 12 },
    tags: { Environment: 'prod', Team: 'payments' },
    modifiedDaysAgo: 1,
  },
  {
    name: '/prod/payments/fraud/model-config',
    type: 'String',
    description: 'Thresholds of the fraud model',
    values: [JSON.stringify({ model: `${valueMarker}model`, threshold: 0.83 }, undefined, 2)],
    advanced: true,
    policies: [expiration, expirationNotification, noChangeNotification],
  },
  {
    ...secure('/prod/orders/partner-token', 'Ends with the contract'),
    advanced: true,
    policies: [expiration],
  },
  {
    ...text(
      '/prod/payments/large-config',
      'x'.repeat(6000),
      'Larger than a Standard parameter may be',
    ),
    advanced: true,
  },
  text(
    '/prod/identity/jwt-public-key',
    'key\n-----BEGIN SANDBOX PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END SANDBOX PUBLIC KEY-----',
  ),
  {
    name: '/prod/images/golden-ami',
    type: 'String',
    description: 'The hardened image of the month',
    values: ['ami-0abcdef1234567890', 'ami-0fedcba9876543210'],
    dataType: 'aws:ec2:image',
    labels: { current: 2 },
  },
  text('/shared/network/vpc-id', 'vpc-0a1b2c3d4e5f60718'),
  list('/shared/network/private-subnets', 'subnet-0aaa', 'subnet-0bbb', 'subnet-0ccc'),
  list('/shared/network/public-subnets', 'subnet-0ddd', 'subnet-0eee'),
  text('/shared/dns/zone-id', 'Z0123456789ABCDEFGHIJ'),
  text('/shared/kms/app-key-alias', 'alias/app-secrets', 'Customer key of the applications'),
  list('/shared/org/cost-centers', '4711', '4712', '0815'),
  {
    ...secure('/security/siem/hec-token', 'Log collector'),
    customerKey: true,
    tags: { Team: 'security' },
  },
  text('/security/guardduty/detector-id', 'detector-12abc34d567e8fa901bc2d34e56789f0'),
  list('/security/allowed-countries', 'CH', 'DE', 'LI'),
  { ...secure('/security/break-glass/totp-seed'), customerKey: true, tags: { Team: 'security' } },
  text('/prod/search/synonyms', 'Größe=size; 検索=search; 🔍=find', 'Unicode in a value'),
  { ...secure('legacy-app-db-password', 'From before paths'), tags: { Owner: 'nobody' } },
  { ...text('build-number', '20461'), modifiedDaysAgo: 0.2 },
  list('TeamContacts', 'payments@acme.example', 'security@acme.example'),
];

export const securityVirginiaParameters: readonly SeedParameter[] = [
  ...ofService('prod', 'edge'),
  ...ofService('prod', 'audit'),
  text('/shared/network/vpc-id', 'vpc-0f1e2d3c4b5a69788'),
  { ...secure('/security/scanner/token'), customerKey: true },
];

/** An Advanced parameter that AWS RAM shares with the security account. */
const shared: SeedParameter = {
  ...text('/shared/platform/base-image', 'registry.acme.example/base:2026-11', 'Shared by RAM'),
  advanced: true,
  sharedWith: securityAccount,
};

export const developerVirginiaParameters: readonly SeedParameter[] = [
  ...['payments', 'orders', 'identity', 'search', 'catalog', 'cms', 'notifications'].flatMap(
    (service) => ofService('dev', service),
  ),
  shared,
  secure('/ci/github/app-private-key', 'Build server'),
  list('/ci/runners/labels', 'linux', 'arm64', 'gpu'),
];

export const developerEuropeParameters: readonly SeedParameter[] = [
  ...ofService('dev', 'payments'),
  shared,
  text('/ci/runners/image', 'runner:2026-11'),
  text('/ci/cache/bucket', 'acme-ci-cache'),
  secure('/ci/cache/token'),
  list('/ci/regions', 'eu-west-1', 'us-east-1'),
];
