import { errorAnswer, jsonAnswer } from '../answers.ts';
import { numberOf, textOf, type ApiAnswer } from '../apiRequest.ts';
import type { Call } from '../overlay.ts';
import { listProblem } from '../overlays/secrets.ts';
import { secretFilters, wordsOf, type SecretFilter } from '../overlays/secretFilters.ts';
import { pageToken, positionOf } from '../pageToken.ts';
import { bitsOf, nameAt, partsAt, positionOfName, rangeOfPrefix, type Range } from './names.ts';
import { scan, union } from './scan.ts';

/** 2024-01-01; each secret is a minute younger than the one before, so every sort order is the order of the names. */
const firstCreated = 1_704_067_200;

export function answerSecrets(call: Call, count: number): ApiAnswer | undefined {
  const { request } = call;
  switch (request.operation) {
    case 'ListSecrets':
      return list(call, count);
    case 'DescribeSecret':
      return withSecret(call, count, (position) => {
        const { SecretVersionsToStages, ...secret } = secretAt(call, position);
        return { ...secret, VersionIdsToStages: SecretVersionsToStages };
      });
    case 'ListSecretVersionIds':
      return withSecret(call, count, (position) => {
        const { ARN, Name, CreatedDate } = secretAt(call, position);
        const version = {
          VersionId: versionId(position),
          VersionStages: ['AWSCURRENT'],
          CreatedDate,
        };
        return { ARN, Name, Versions: [version] };
      });
    case 'GetSecretValue':
      return withSecret(call, count, (position) => {
        const { ARN, Name, CreatedDate } = secretAt(call, position);
        return {
          ARN,
          Name,
          CreatedDate,
          VersionId: versionId(position),
          VersionStages: ['AWSCURRENT'],
          SecretString: JSON.stringify({
            username: 'synthetic',
            password: `not-a-secret-${position}`,
          }),
        };
      });
    default:
      return undefined;
  }
}

function list({ request, account }: Call, count: number): ApiAnswer {
  const problem = listProblem(request);
  if (problem !== undefined) {
    return problem;
  }
  const { MaxResults: size, NextToken: token, ...query } = request.params;
  const from = positionOf(query, token);
  if (from === undefined) {
    return errorAnswer(request, 'InvalidNextTokenException', 'The NextToken value is invalid.');
  }
  const filters = secretFilters(query['Filters']);
  const found = scan(namedRanges(filters, count), matcher(filters), {
    from,
    size: numberOf(size) ?? 100,
    descending: query['SortOrder'] === 'desc',
  });
  return jsonAnswer({
    SecretList: found.positions.map((position) => secretAt({ request, account }, position)),
    ...(found.next === undefined ? {} : { NextToken: pageToken(query, found.next) }),
  });
}

/** Where the first name filter without a negation lets anything be. */
function namedRanges(filters: readonly SecretFilter[], count: number): readonly Range[] {
  const filter = filters.find(
    ({ key, values }) => key === 'name' && !values.some((value) => value.startsWith('!')),
  );
  return filter === undefined
    ? [{ start: 0, end: count }]
    : union(filter.values.map((value) => rangeOfPrefix(value, count)));
}

/**
 * The filters as one test of a position. The words that filters look for are given a bit each: a secret's words are
 * those of its name's components, so its bits are the components' bits together.
 */
function matcher(filters: readonly SecretFilter[]): (position: number) => boolean {
  const bits = new Map<string, number>();
  const bit = (text: string) => {
    const known = bits.get(text) ?? 2 ** bits.size;
    if (known > 2 ** 30) {
      throw new Error('A synthetic account takes at most 31 different words in its filters.');
    }
    bits.set(text, known);
    return known;
  };
  const tests = filters.flatMap(({ key, values }) => {
    const wanted = values.filter((value) => !value.startsWith('!'));
    const unwanted = values.filter((value) => value.startsWith('!'));
    const test = (value: string) => valueTest(key, value, bit);
    const some = wanted.map((value) => test(value));
    const none = unwanted.map((value) => test(value.slice(1)));
    return [
      (position: number, found: number) =>
        (some.length === 0 || some.some((matches) => matches(position, found))) &&
        !none.some((matches) => matches(position, found)),
    ];
  });
  if (tests.length === 0) {
    return () => true;
  }
  const patterns = [...bits];
  const found = bitsOf((component, part) => {
    const words = wordsOf(component);
    return patterns.reduce((sum, [pattern, value]) => {
      const isTag = part === 'application' || part === 'environment';
      const matches = pattern.startsWith(tagMark)
        ? isTag && component.startsWith(pattern.slice(tagMark.length))
        : words.some((word) => word.startsWith(pattern));
      return matches ? sum | value : sum;
    }, 0);
  });
  return (position) => {
    const mine = found(position);
    return tests.every((test) => test(position, mine));
  };
}

const tagMark = 'tag=';
const constantWords = ['application', 'environment', 'for', 'in'];

function valueTest(
  key: string,
  value: string,
  bit: (text: string) => number,
): (position: number, found: number) => boolean {
  switch (key) {
    case 'name':
      return (position) => nameAt(position).startsWith(value);
    case 'tag-key':
      return () => ['Application', 'Environment'].some((tag) => tag.startsWith(value));
    case 'tag-value': {
      const mask = bit(tagMark + value);
      return (_, found) => (found & mask) !== 0;
    }
    case 'all':
    case 'description': {
      const words = wordsOf(value);
      const masks = words
        .filter((word) => !constantWords.some((constant) => constant.startsWith(word)))
        .map((word) => bit(word));
      return (_, found) => words.length > 0 && masks.every((mask) => (found & mask) !== 0);
    }
    default:
      return () => false;
  }
}

function secretAt({ request, account }: Pick<Call, 'request' | 'account'>, position: number) {
  const { application, environment, service, item } = partsAt(position);
  const created = firstCreated + position * 60;
  return {
    ARN: `arn:aws:secretsmanager:${request.region}:${account}:secret:${nameAt(position)}-${suffix(position)}`,
    Name: nameAt(position),
    Description: `${service} ${item} for ${application} in ${environment}`,
    CreatedDate: created,
    LastChangedDate: created + 3600,
    LastAccessedDate: created + 7200,
    Tags: [
      { Key: 'Application', Value: application },
      { Key: 'Environment', Value: environment },
    ],
    SecretVersionsToStages: { [versionId(position)]: ['AWSCURRENT'] },
  };
}

function withSecret(call: Call, count: number, answer: (position: number) => unknown): ApiAnswer {
  const id = textOf(call.request.params['SecretId']) ?? '';
  const name = /:secret:(.+)-\w{6}$/.exec(id)?.[1] ?? id;
  const position = positionOfName(name, count);
  return position === undefined
    ? errorAnswer(
        call.request,
        'ResourceNotFoundException',
        "Secrets Manager can't find the specified secret.",
      )
    : jsonAnswer(answer(position));
}

function suffix(position: number): string {
  return position.toString(36).padStart(6, 'A');
}

function versionId(position: number): string {
  return `00000000-0000-4000-8000-${String(position).padStart(12, '0')}`;
}
