import { developerAccount, securityAccount } from './accounts.ts';
import type { SeedSecret } from './seedTypes.ts';
import {
  binarySecret,
  databaseSecret,
  fakePassword,
  jsonSecret,
  largestSecret,
  valueMarker,
} from './seedValues.ts';

const rotator = (account: string, region: string) =>
  `arn:aws:lambda:${region}:${account}:function:SecretsManagerRotation`;
const production = { Environment: 'prod' };

/** The security account's main region: one of everything. */
export const securityEurope: readonly SeedSecret[] = [
  {
    name: 'prod/payments/db',
    description: 'Payments database, read and write',
    values: [1, 2, 3].map((version) => databaseSecret('postgres', 'prod/payments/db', version)),
    tags: { ...production, Team: 'payments', CostCenter: '4711' },
    customerKey: true,
    rotation: {
      lambdaArn: rotator(securityAccount, 'eu-west-1'),
      automaticallyAfterDays: 30,
      lastRotatedDaysAgo: 27,
      nextInDays: 3,
    },
    changedDaysAgo: 27,
  },
  {
    name: 'prod/payments/ledger-db',
    description: 'Ledger cluster, owner role',
    values: [databaseSecret('aurora-postgresql', 'prod/payments/ledger-db')],
    tags: { ...production, Team: 'payments' },
    replicaRegions: ['us-east-1'],
  },
  {
    name: 'prod/payments/stripe',
    description: 'Payment provider keys',
    values: [
      jsonSecret('prod/payments/stripe', { publishable_key: `${valueMarker}pk`, account: 'acme' }),
    ],
    tags: { ...production, Team: 'payments', PCI: 'true' },
    rotation: {
      lambdaArn: rotator(securityAccount, 'eu-west-1'),
      scheduleExpression: 'cron(0 4 ? * SUN *)',
      duration: '2h',
      lastRotatedDaysAgo: 45,
      nextInDays: -9,
    },
    changedDaysAgo: 45,
  },
  {
    name: 'prod/payments/webhook-signing-key',
    values: [fakePassword('prod/payments/webhook-signing-key')],
  },
  {
    name: 'prod/orders/db',
    description: 'Orders database',
    values: [1, 2].map((version) => databaseSecret('mysql', 'prod/orders/db', version)),
    tags: { ...production, Team: 'orders' },
    rotation: {
      lambdaArn: rotator(securityAccount, 'eu-west-1'),
      scheduleExpression: 'rate(10 days)',
      lastRotatedDaysAgo: 1,
      nextInDays: 9,
    },
    changedDaysAgo: 1,
  },
  {
    name: 'prod/orders/partner-api',
    description: 'Partner API client credentials',
    values: [
      jsonSecret('prod/orders/partner-api', { client_id: 'acme-orders', scope: 'orders.write' }),
    ],
    tags: { ...production, Team: 'orders' },
  },
  { name: 'prod/cms/db', values: [databaseSecret('mariadb', 'prod/cms/db')] },
  {
    name: 'prod/erp/db',
    description: 'ERP, application schema',
    values: [databaseSecret('oracle', 'prod/erp/db')],
    customerKey: true,
  },
  { name: 'prod/billing/db', values: [databaseSecret('sqlserver', 'prod/billing/db')] },
  { name: 'prod/warehouse/db', values: [databaseSecret('db2', 'prod/warehouse/db')] },
  {
    name: 'prod/catalog/db',
    description: 'Catalog document database',
    values: [databaseSecret('mongo', 'prod/catalog/db')],
    tags: { ...production, Team: 'catalog' },
  },
  {
    name: 'prod/reports/warehouse',
    description: 'Analytics cluster, read only',
    values: [databaseSecret('redshift', 'prod/reports/warehouse')],
  },
  {
    name: 'prod/identity/jwt-signing-key',
    description: 'Signs access tokens',
    values: [`-----BEGIN SANDBOX KEY-----\n${fakePassword('jwt')}\n-----END SANDBOX KEY-----\n`],
    tags: { ...production, Team: 'identity' },
    customerKey: true,
    replicaRegions: ['us-east-1'],
  },
  {
    name: 'prod/identity/keystore',
    description: 'Java key store of the identity service',
    values: [binarySecret('prod/identity/keystore')],
  },
  {
    name: 'prod/identity/oauth/google',
    values: [jsonSecret('prod/identity/oauth/google', { client_id: 'acme.apps.example' })],
  },
  {
    name: 'prod/identity/oauth/github',
    values: [jsonSecret('prod/identity/oauth/github', { client_id: 'acme-github' })],
  },
  {
    name: 'prod/notifications/smtp',
    description: 'Outgoing mail',
    values: [
      jsonSecret('prod/notifications/smtp', { host: 'smtp.acme.example', username: 'mailer' }),
    ],
  },
  {
    name: 'prod/notifications/push',
    description: 'Push notification certificate password',
    values: [fakePassword('prod/notifications/push')],
  },
  {
    name: 'prod/search/ca-bundle',
    description: 'The largest value there may be: 64 KB',
    values: [largestSecret('prod/search/ca-bundle')],
  },
  {
    name: 'prod/i18n/greeting',
    description: 'Grüße, 秘密 and 🔐: names are ASCII, values and descriptions are not',
    values: [`${fakePassword('prod/i18n/greeting')} – Schlüssel 秘密 مفتاح 🔐`],
    tags: { Team: 'i18n', Owner: 'Zoë' },
  },
  {
    name: 'staging/payments/db',
    values: [databaseSecret('postgres', 'staging/payments/db')],
    tags: { Environment: 'staging', Team: 'payments' },
  },
  {
    name: 'staging/orders/db',
    values: [databaseSecret('mysql', 'staging/orders/db')],
    tags: { Environment: 'staging', Team: 'orders' },
  },
  {
    name: 'staging/payments/stripe',
    values: [jsonSecret('staging/payments/stripe', { account: 'acme-test' })],
  },
  {
    name: 'prod/legacy/ftp',
    description: 'Replaced by the partner API',
    values: [jsonSecret('prod/legacy/ftp', { host: 'ftp.acme.example', username: 'batch' })],
    deletedInDays: 7,
  },
  {
    name: 'prod/legacy/soap-gateway',
    values: [fakePassword('prod/legacy/soap-gateway')],
    deletedInDays: 30,
  },
  {
    name: 'rds!cluster-6f0c3f1e-0d5b-4b3a-9f2e-1a2b3c4d5e6f',
    description: 'The secret associated with the primary RDS DB cluster: ledger',
    values: [JSON.stringify({ username: 'postgres', password: fakePassword('rds!cluster') })],
    owningService: 'rds',
    rotation: { automaticallyAfterDays: 7, lastRotatedDaysAgo: 2, nextInDays: 5 },
    changedDaysAgo: 2,
  },
  {
    name: 'security/siem/ingest-token',
    description: 'Log ingestion',
    values: [fakePassword('security/siem/ingest-token')],
    tags: { Team: 'security' },
  },
  {
    name: 'security/break-glass/console',
    description: 'Sealed envelope 1',
    values: [jsonSecret('security/break-glass/console', { username: 'break-glass' })],
    tags: { Team: 'security' },
    customerKey: true,
  },
  { name: 'legacy-ldap-bind', values: [fakePassword('legacy-ldap-bind')] },
  {
    name: 'empty-until-first-deploy',
    description: 'Created without a value',
    values: [],
  },
];

/** Beside these it lists the two replicas of {@link securityEurope}. */
export const securityVirginia: readonly SeedSecret[] = [
  {
    name: 'prod/edge/tls-origin',
    description: 'Origin shield shared secret',
    values: [fakePassword('prod/edge/tls-origin')],
    tags: production,
  },
  { name: 'prod/edge/waf-token', values: [fakePassword('prod/edge/waf-token')] },
  {
    name: 'security/audit/export',
    description: 'Audit export bucket credentials',
    values: [jsonSecret('security/audit/export', { bucket: 'acme-audit' })],
    tags: { Team: 'security' },
  },
  { name: 'security/audit/notary', values: [fakePassword('security/audit/notary')] },
  { name: 'security/scanner/license', values: [fakePassword('security/scanner/license')] },
  { name: 'security/scanner/registry', values: [jsonSecret('registry', { username: 'scanner' })] },
];

export const developerVirginia: readonly SeedSecret[] = [
  {
    name: 'dev/payments/db',
    description: 'Payments database of the developers',
    values: [1, 2].map((version) => databaseSecret('postgres', 'dev/payments/db', version)),
    tags: { Environment: 'dev', Team: 'payments' },
    rotation: {
      lambdaArn: rotator(developerAccount, 'us-east-1'),
      automaticallyAfterDays: 60,
      lastRotatedDaysAgo: 20,
      nextInDays: 40,
    },
    changedDaysAgo: 20,
  },
  {
    name: 'dev/orders/db',
    values: [databaseSecret('mysql', 'dev/orders/db')],
    tags: { Environment: 'dev', Team: 'orders' },
  },
  { name: 'dev/catalog/db', values: [databaseSecret('mongo', 'dev/catalog/db')] },
  { name: 'dev/cms/db', values: [databaseSecret('mariadb', 'dev/cms/db')] },
  { name: 'dev/billing/db', values: [databaseSecret('sqlserver', 'dev/billing/db')] },
  {
    name: 'dev/identity/oauth/google',
    values: [jsonSecret('dev/identity/oauth/google', { client_id: 'acme-dev' })],
  },
  { name: 'dev/identity/keystore', values: [binarySecret('dev/identity/keystore')] },
  {
    name: 'dev/notifications/smtp',
    values: [jsonSecret('dev/notifications/smtp', { host: 'mail.dev.acme.example' })],
  },
  { name: 'dev/search/license', values: [fakePassword('dev/search/license')] },
  {
    name: 'dev/feature-flags/sdk-key',
    description: 'Client of the feature flag service',
    values: [fakePassword('dev/feature-flags/sdk-key')],
    tags: { Environment: 'dev' },
  },
  { name: 'ci/npm/publish-token', values: [fakePassword('ci/npm/publish-token')] },
  { name: 'ci/sonar/token', values: [fakePassword('ci/sonar/token')], tags: { Team: 'platform' } },
  {
    name: 'ci/docker/registry',
    values: [
      jsonSecret('ci/docker/registry', { username: 'ci', registry: 'registry.acme.example' }),
    ],
    tags: { Team: 'platform' },
  },
  { name: 'ci/slack/webhook', values: [fakePassword('ci/slack/webhook')], deletedInDays: 14 },
  {
    name: 'rds!db-0a1b2c3d-4e5f-4071-8293-a4b5c6d7e8f9',
    description: 'The secret associated with the primary RDS DB instance: dev-orders',
    values: [JSON.stringify({ username: 'admin', password: fakePassword('rds!db') })],
    owningService: 'rds',
    rotation: { automaticallyAfterDays: 7, lastRotatedDaysAgo: 6, nextInDays: 1 },
    changedDaysAgo: 6,
  },
  { name: 'sandbox-playground', values: [jsonSecret('sandbox-playground', { hello: 'world' })] },
];

export const developerEurope: readonly SeedSecret[] = [
  {
    name: 'shared/partner-gateway',
    description: 'Read by the security account too, through its resource policy',
    values: [jsonSecret('shared/partner-gateway', { client_id: 'acme-partner' })],
    customerKey: true,
    sharedWith: securityAccount,
  },
  { name: 'dev/payments/db', values: [databaseSecret('postgres', 'dev/payments/db-eu')] },
  { name: 'dev/orders/db', values: [databaseSecret('mysql', 'dev/orders/db-eu')] },
  { name: 'dev/reports/warehouse', values: [databaseSecret('redshift', 'dev/reports/warehouse')] },
  { name: 'dev/identity/session-key', values: [fakePassword('dev/identity/session-key')] },
  { name: 'ci/e2e/test-user', values: [jsonSecret('ci/e2e/test-user', { username: 'e2e' })] },
];
