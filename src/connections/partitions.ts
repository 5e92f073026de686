import * as l10n from '@vscode/l10n';

interface Partition {
  readonly id: string;
  /** What follows the region in a service's host. */
  readonly dnsSuffix: string;
  /** What follows `region.` in the host of the AWS Management Console; absent where none is published. */
  readonly consoleDomain?: string;
  readonly regionPattern: RegExp;
  /** Display names by region, in the order in which they are offered. */
  readonly regions: Readonly<Record<string, string>>;
}

/**
 * Ids, suffixes, patterns and regions: the partitions.js of `@aws-sdk/core` (a test compares them). Console hosts:
 * AWS General Reference, "AWS Management Console endpoints" (aws), the endpoints reference of docs.aws.eu (aws-eusc),
 * and the China and GovCloud guides. The isolated partitions publish none, and no link is better than a wrong one.
 */
export const partitions: readonly Partition[] = [
  {
    id: 'aws',
    dnsSuffix: 'amazonaws.com',
    consoleDomain: 'console.aws.amazon.com',
    regionPattern: /^(?:us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/,
    regions: {
      'af-south-1': 'Africa (Cape Town)',
      'ap-east-1': 'Asia Pacific (Hong Kong)',
      'ap-east-2': 'Asia Pacific (Taipei)',
      'ap-northeast-1': 'Asia Pacific (Tokyo)',
      'ap-northeast-2': 'Asia Pacific (Seoul)',
      'ap-northeast-3': 'Asia Pacific (Osaka)',
      'ap-south-1': 'Asia Pacific (Mumbai)',
      'ap-south-2': 'Asia Pacific (Hyderabad)',
      'ap-southeast-1': 'Asia Pacific (Singapore)',
      'ap-southeast-2': 'Asia Pacific (Sydney)',
      'ap-southeast-3': 'Asia Pacific (Jakarta)',
      'ap-southeast-4': 'Asia Pacific (Melbourne)',
      'ap-southeast-5': 'Asia Pacific (Malaysia)',
      'ap-southeast-6': 'Asia Pacific (New Zealand)',
      'ap-southeast-7': 'Asia Pacific (Thailand)',
      'ca-central-1': 'Canada (Central)',
      'ca-west-1': 'Canada West (Calgary)',
      'eu-central-1': 'Europe (Frankfurt)',
      'eu-central-2': 'Europe (Zurich)',
      'eu-north-1': 'Europe (Stockholm)',
      'eu-south-1': 'Europe (Milan)',
      'eu-south-2': 'Europe (Spain)',
      'eu-west-1': 'Europe (Ireland)',
      'eu-west-2': 'Europe (London)',
      'eu-west-3': 'Europe (Paris)',
      'il-central-1': 'Israel (Tel Aviv)',
      'me-central-1': 'Middle East (UAE)',
      'me-south-1': 'Middle East (Bahrain)',
      'me-west-1': 'Middle East (Saudi Arabia)',
      'mx-central-1': 'Mexico (Central)',
      'sa-east-1': 'South America (Sao Paulo)',
      'sa-west-1': 'South America (Chile)',
      'us-east-1': 'US East (N. Virginia)',
      'us-east-2': 'US East (Ohio)',
      'us-west-1': 'US West (N. California)',
      'us-west-2': 'US West (Oregon)',
    },
  },
  {
    id: 'aws-cn',
    dnsSuffix: 'amazonaws.com.cn',
    consoleDomain: 'console.amazonaws.cn',
    regionPattern: /^cn-\w+-\d+$/,
    regions: {
      'cn-north-1': 'China (Beijing)',
      'cn-northwest-1': 'China (Ningxia)',
    },
  },
  {
    id: 'aws-us-gov',
    dnsSuffix: 'amazonaws.com',
    consoleDomain: 'console.amazonaws-us-gov.com',
    regionPattern: /^us-gov-\w+-\d+$/,
    regions: {
      'us-gov-east-1': 'AWS GovCloud (US-East)',
      'us-gov-west-1': 'AWS GovCloud (US-West)',
    },
  },
  {
    id: 'aws-eusc',
    dnsSuffix: 'amazonaws.eu',
    consoleDomain: 'console.amazonaws-eusc.eu',
    regionPattern: /^eusc-de-\w+-\d+$/,
    regions: {
      'eusc-de-east-1': 'AWS European Sovereign Cloud (Germany)',
    },
  },
  {
    id: 'aws-iso',
    dnsSuffix: 'c2s.ic.gov',
    regionPattern: /^us-iso-\w+-\d+$/,
    regions: {
      'us-iso-east-1': 'US ISO East',
      'us-iso-west-1': 'US ISO WEST',
    },
  },
  {
    id: 'aws-iso-b',
    dnsSuffix: 'sc2s.sgov.gov',
    regionPattern: /^us-isob-\w+-\d+$/,
    regions: {
      'us-isob-east-1': 'US ISOB East (Ohio)',
      'us-isob-west-1': 'US ISOB West',
    },
  },
  {
    id: 'aws-iso-e',
    dnsSuffix: 'cloud.adc-e.uk',
    regionPattern: /^eu-isoe-\w+-\d+$/,
    regions: {
      'eu-isoe-west-1': 'EU ISOE West',
    },
  },
  {
    id: 'aws-iso-f',
    dnsSuffix: 'csp.hci.ic.gov',
    regionPattern: /^us-isof-\w+-\d+$/,
    regions: {
      'us-isof-east-1': 'US ISOF EAST',
      'us-isof-south-1': 'US ISOF SOUTH',
    },
  },
];

/** The partition that a region belongs to by its name, so that a region newer than this list has one as well. */
export function partitionOf(region: string): Partition | undefined {
  return partitions.find(({ regionPattern }) => regionPattern.test(region));
}

/** `https://eu-west-1.console.aws.amazon.com`, or undefined where AWS publishes no console. */
export function consoleOrigin(region: string): string | undefined {
  const domain = partitionOf(region)?.consoleDomain;
  return domain === undefined ? undefined : `https://${region}.${domain}`;
}

export function regionName(region: string): string | undefined {
  const regions = partitionOf(region)?.regions;
  return regions && Object.hasOwn(regions, region) ? regions[region] : undefined;
}

/** Says what is wrong with a region that a person typed, or undefined. A region newer than the list is accepted. */
export function regionProblem(text: string): string | undefined {
  const region = text.trim();
  if (region === '') {
    return l10n.t('Type a region, such as eu-west-1.');
  }
  const lower = region.toLowerCase();
  if (partitionOf(lower) && /^[a-z0-9-]+$/.test(lower)) {
    return region === lower ? undefined : l10n.t('Regions are written in lower case: {0}.', lower);
  }
  const zone = /^(?<region>[a-z]+(?:-[a-z]+){1,2}-\d)[a-z]$/.exec(lower)?.groups?.['region'];
  if (zone !== undefined && partitionOf(zone)) {
    return l10n.t('“{0}” is an availability zone. Its region is {1}.', region, zone);
  }
  return l10n.t(
    '“{0}” is no AWS region. Type one such as eu-west-1, us-gov-west-1 or cn-north-1.',
    region,
  );
}
