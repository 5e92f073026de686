import { errorAnswer, jsonAnswer } from '../answers.ts';
import { numberOf, stringsOf, textOf, type ApiAnswer } from '../apiRequest.ts';
import type { Call } from '../overlay.ts';
import {
  describeProblem,
  isTag,
  matchesParameter,
  parameterFilters,
  type ParameterFilter,
} from '../overlays/parameterFilters.ts';
import { pageToken, positionOf } from '../pageToken.ts';
import { bitsOf, nameAt, partsAt, positionOfName, rangeOfPrefix, type Range } from './names.ts';
import { scan, union } from './scan.ts';

/** 2024-01-01. */
const firstModified = 1_704_067_200;
const stringItems = new Set(['endpoint', 'queue']);

export function answerParameters(call: Call, count: number): ApiAnswer | undefined {
  const { request } = call;
  switch (request.operation) {
    case 'DescribeParameters':
      return describe(call, count);
    case 'GetParameter': {
      const position = positionOfParameter(textOf(request.params['Name']) ?? '', count);
      return position === undefined
        ? notFound(call)
        : jsonAnswer({ Parameter: withValue(call, position) });
    }
    case 'GetParameters': {
      const names = stringsOf(request.params['Names']);
      const known = names.flatMap((name) => positionOfParameter(name, count) ?? []);
      return jsonAnswer({
        Parameters: known.map((position) => withValue(call, position)),
        InvalidParameters: names.filter((name) => positionOfParameter(name, count) === undefined),
      });
    }
    case 'GetParameterHistory': {
      const position = positionOfParameter(textOf(request.params['Name']) ?? '', count);
      return position === undefined
        ? notFound(call)
        : jsonAnswer({ Parameters: [{ ...withValue(call, position), Labels: [] }] });
    }
    case 'ListTagsForResource': {
      const position = positionOfParameter(textOf(request.params['ResourceId']) ?? '', count);
      return position === undefined
        ? errorAnswer(request, 'InvalidResourceId', 'The resource does not exist.')
        : jsonAnswer({
            TagList: Object.entries(tagsAt(position)).map(([Key, Value]) => ({ Key, Value })),
          });
    }
    default:
      return undefined;
  }
}

function describe(call: Call, count: number): ApiAnswer {
  const { request } = call;
  const problem = describeProblem(request);
  if (problem !== undefined) {
    return problem;
  }
  const { MaxResults: size, NextToken: token, ...query } = request.params;
  const from = positionOf(query, token);
  if (from === undefined) {
    return errorAnswer(request, 'InvalidNextToken', 'The specified token is not valid.');
  }
  const filters = parameterFilters(query['ParameterFilters']);
  const ranges = query['Shared'] === true ? [] : narrowed(filters, count);
  const found = scan(ranges, matcher(filters), {
    from,
    size: numberOf(size) ?? 50,
    descending: false,
  });
  return jsonAnswer({
    Parameters: found.positions.map((position) => metadataAt(call, position)),
    ...(found.next === undefined ? {} : { NextToken: pageToken(query, found.next) }),
  });
}

/** Where the first filter on a beginning lets anything be. */
function narrowed(filters: readonly ParameterFilter[], count: number): readonly Range[] {
  const filter = filters.find(
    ({ key, option }) => key === 'Path' || (key === 'Name' && option !== 'Contains'),
  );
  return filter === undefined
    ? [{ start: 0, end: count }]
    : union(filter.values.map((value) => rangeOfPrefix(value.replace(/^\//, ''), count)));
}

/** The filters as one test of a position, the cheapest first: most positions are turned down by it. */
function matcher(filters: readonly ParameterFilter[]): (position: number) => boolean {
  const contains = filters
    .filter((filter) => isContains(filter))
    .map(({ values }) => containsAny(values));
  const others = filters.filter((filter) => !isContains(filter));
  return (position) =>
    contains.every((test) => test(position)) &&
    (others.length === 0 || matchesOthers(position, others));
}

function isContains({ key, option }: ParameterFilter): boolean {
  return key === 'Name' && option === 'Contains';
}

/** A text without a slash can only be inside one component, and those are few. */
function containsAny(values: readonly string[]): (position: number) => boolean {
  const inComponent = values.filter((value) => !value.includes('/'));
  const inName = values.filter((value) => value.includes('/'));
  const bits = bitsOf((component) =>
    inComponent.some((value) => component.includes(value)) ? 1 : 0,
  );
  return (position) =>
    bits(position) !== 0 || inName.some((value) => `/${nameAt(position)}`.includes(value));
}

function matchesOthers(position: number, filters: readonly ParameterFilter[]): boolean {
  const type = typeAt(position);
  const parameter = {
    name: `/${nameAt(position)}`,
    type,
    tier: 'Standard',
    dataType: 'text',
    ...(type === 'SecureString' ? { keyId: 'alias/aws/ssm' } : {}),
  };
  return (
    matchesParameter(parameter, filters) &&
    filters.every((filter) => !isTag(filter.key) || matchesTag(position, filter))
  );
}

function matchesTag(position: number, { key, option, values }: ParameterFilter): boolean {
  const value = tagsAt(position)[key.slice('tag:'.length)];
  return (
    value !== undefined &&
    (values.length === 0 ||
      values.some((wanted) =>
        option === 'BeginsWith' ? value.startsWith(wanted) : value === wanted,
      ))
  );
}

function tagsAt(position: number): Readonly<Record<string, string>> {
  const { application, environment } = partsAt(position);
  return { Application: application, Environment: environment };
}

function typeAt(position: number): string {
  const { item } = partsAt(position);
  return stringItems.has(item) ? 'String' : item === 'smtp' ? 'StringList' : 'SecureString';
}

function metadataAt({ request, account }: Call, position: number) {
  const type = typeAt(position);
  const { service, item } = partsAt(position);
  return {
    Name: `/${nameAt(position)}`,
    ARN: `arn:aws:ssm:${request.region}:${account}:parameter/${nameAt(position)}`,
    Type: type,
    Description: `${service} ${item}`,
    Version: 1,
    Tier: 'Standard',
    DataType: 'text',
    LastModifiedDate: firstModified + position * 60,
    LastModifiedUser: `arn:aws:iam::${account}:user/load-test`,
    ...(type === 'SecureString' ? { KeyId: 'alias/aws/ssm' } : {}),
  };
}

function withValue(call: Call, position: number) {
  const { Description: _, KeyId: __, ...parameter } = { KeyId: '', ...metadataAt(call, position) };
  return { ...parameter, Value: `not-a-secret-${position}` };
}

function positionOfParameter(id: string, count: number): number | undefined {
  const path = /^arn:[^:]+:ssm:[^:]*:\d{12}:parameter(\/.+)$/.exec(id)?.[1] ?? id;
  const name = path.replace(/:\d+$/, '');
  return name.startsWith('/') ? positionOfName(name.slice(1), count) : undefined;
}

function notFound({ request }: Call): ApiAnswer {
  return errorAnswer(
    request,
    'ParameterNotFound',
    `Parameter ${String(request.params['Name'])} not found.`,
  );
}
