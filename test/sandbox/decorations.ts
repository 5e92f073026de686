import { createHash } from 'node:crypto';
import type { Decorations, SecretDecoration } from '../faults/decoration.ts';
import { developerAccount, developerKey, securityKey } from './accounts.ts';
import { seedPlaces } from './seedData.ts';
import type { SeedSecret } from './seedTypes.ts';

/**
 * What moto cannot represent of the seed, added by the proxy to moto's answers: the past (moto makes everything now),
 * rotation with a schedule and its next date (moto drops ScheduleExpression and the due date), and sharing between
 * accounts (moto ignores resource policies and has no RAM for parameters).
 */
export function seedDecorations(seededUntil: number): Decorations {
  return {
    seededUntil,
    secret: (account, region, name) => {
      const secret = findSecret(account, region, name);
      return secret === undefined ? undefined : secretDecoration(secret);
    },
    parameter: (account, region, name) => {
      const parameter = seedPlaces
        .find((place) => place.account === account && place.region === region)
        ?.parameters.find((item) => item.name === name);
      return parameter === undefined
        ? undefined
        : {
            modifiedDaysAgo: parameter.modifiedDaysAgo ?? steadyNumber(name, 200) + 2,
            modifiedBy: (account === developerAccount ? developerKey : securityKey).arn,
            versions: parameter.values.length,
          };
    },
    shared: seedPlaces.flatMap(({ account, region, secrets, parameters }) => [
      ...secrets.flatMap(({ name, sharedWith }) =>
        sharedWith === undefined
          ? []
          : [{ kind: 'secret' as const, owner: account, region, name, readers: [sharedWith] }],
      ),
      ...parameters.flatMap(({ name, sharedWith }) =>
        sharedWith === undefined
          ? []
          : [{ kind: 'parameter' as const, owner: account, region, name, readers: [sharedWith] }],
      ),
    ]),
  };
}

function findSecret(account: string, region: string, name: string): SeedSecret | undefined {
  const places = seedPlaces.filter((place) => place.account === account);
  const home = places.find((place) => place.region === region);
  return (
    home?.secrets.find((secret) => secret.name === name) ??
    places
      .flatMap((place) => place.secrets)
      .find((secret) => secret.name === name && secret.replicaRegions?.includes(region))
  );
}

function secretDecoration(secret: SeedSecret): SecretDecoration {
  const changedDaysAgo = secret.changedDaysAgo ?? steadyNumber(secret.name, 300) + 3;
  return {
    createdDaysAgo: changedDaysAgo + 30 * secret.values.length + steadyNumber(secret.name, 90),
    changedDaysAgo,
    // A secret that has no value was never accessed.
    ...(secret.values.length === 0 ? {} : { accessedDaysAgo: steadyNumber(secret.name, 21) }),
    ...(secret.rotation === undefined ? {} : { rotation: secret.rotation }),
  };
}

/** A number below the limit that is the same for a name at every start. */
function steadyNumber(name: string, limit: number): number {
  return createHash('sha256').update(name).digest().readUInt32BE(0) % limit;
}
