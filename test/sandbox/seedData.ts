import { developerAccount, securityAccount } from './accounts.ts';
import {
  developerEuropeParameters,
  developerVirginiaParameters,
  securityEuropeParameters,
  securityVirginiaParameters,
} from './seedParameters.ts';
import {
  developerEurope,
  developerVirginia,
  securityEurope,
  securityVirginia,
} from './seedSecrets.ts';
import type { SeedPlace } from './seedTypes.ts';

export const seedPlaces: readonly SeedPlace[] = [
  {
    account: securityAccount,
    region: 'eu-west-1',
    secrets: securityEurope,
    parameters: securityEuropeParameters,
  },
  {
    account: securityAccount,
    region: 'us-east-1',
    secrets: securityVirginia,
    parameters: securityVirginiaParameters,
  },
  {
    account: developerAccount,
    region: 'us-east-1',
    secrets: developerVirginia,
    parameters: developerVirginiaParameters,
  },
  {
    account: developerAccount,
    region: 'eu-west-1',
    secrets: developerEurope,
    parameters: developerEuropeParameters,
  },
];

/** What a person finds in one account and region, names in order. */
export interface PlaceSummary {
  readonly account: string;
  readonly region: string;
  /** All that ListSecrets lists with IncludePlannedDeletion: own ones and replicas. */
  readonly secrets: readonly string[];
  readonly pendingDeletion: readonly string[];
  readonly replicas: readonly string[];
  readonly parameters: readonly string[];
}

export interface SeedSummary {
  readonly secrets: number;
  readonly parameters: number;
  readonly places: readonly PlaceSummary[];
}

export const seedSummary: SeedSummary = summarize();

export function placeSummary(account: string, region: string): PlaceSummary {
  const place = seedSummary.places.find(
    (item) => item.account === account && item.region === region,
  );
  if (place === undefined) {
    throw new Error(`Nothing is seeded for ${account} in ${region}.`);
  }
  return place;
}

function summarize(): SeedSummary {
  const places = seedPlaces.map(({ account, region, secrets, parameters }): PlaceSummary => {
    const replicas = seedPlaces
      .filter((other) => other.account === account && other.region !== region)
      .flatMap((other) => other.secrets)
      .filter((secret) => secret.replicaRegions?.includes(region))
      .map((secret) => secret.name);
    return {
      account,
      region,
      secrets: [...secrets.map((secret) => secret.name), ...replicas].toSorted(),
      pendingDeletion: secrets
        .filter((secret) => secret.deletedInDays !== undefined)
        .map((secret) => secret.name)
        .toSorted(),
      replicas: replicas.toSorted(),
      parameters: parameters.map((parameter) => parameter.name).toSorted(),
    };
  });
  return {
    secrets: places.reduce((sum, place) => sum + place.secrets.length, 0),
    parameters: places.reduce((sum, place) => sum + place.parameters.length, 0),
    places,
  };
}
