import { errorAnswer, jsonAnswer } from '../answers.ts';
import {
  isRecord,
  jsonObject,
  numberOf,
  recordsOf,
  stringsOf,
  textOf,
  type ApiAnswer,
  type ApiRequest,
} from '../apiRequest.ts';
import { dayOf, daysBefore, type Decorations, type RotationDecoration } from '../decoration.ts';
import type { Call, Overlay } from '../overlay.ts';
import { pageToken, positionOf } from '../pageToken.ts';
import { withJson } from './normalized.ts';
import {
  matchesSecret,
  secretFilterKeys,
  secretFilters,
  type FilteredSecret,
} from './secretFilters.ts';

type Json = Record<string, unknown>;

/** Secrets Manager: sorting, filters and pages of ListSecrets, dates and rotation from the table, shared secrets. */
export function secretOverlay(decorations: Decorations | undefined): Overlay {
  return async (call) => {
    const { request } = call;
    if (request.service !== 'secretsmanager') {
      return undefined;
    }
    const elsewhere = foreignOwner(call, decorations);
    if (elsewhere?.readable === false) {
      return errorAnswer(request, 'AccessDeniedException', foreignDenied(request));
    }
    const owner = elsewhere?.account ?? call.account;
    const ask = elsewhere === undefined ? {} : { account: elsewhere.account };
    switch (request.operation) {
      case 'ListSecrets':
        return listSecrets(call, decorations);
      case 'DescribeSecret': {
        const answer = await call.ask(ask);
        if (answer.status !== 200) {
          return answer;
        }
        const { SecretVersionsToStages: _, ...secret } = jsonObject(answer.body);
        const VersionIdsToStages = labelled(secret['VersionIdsToStages']);
        return withJson(
          answer,
          decorated({ ...secret, VersionIdsToStages }, owner, request.region, decorations),
        );
      }
      case 'ListSecretVersionIds':
        return listVersions(call, owner, decorations, ask);
      default:
        return elsewhere === undefined ? undefined : call.ask(ask);
    }
  };
}

async function listSecrets(call: Call, decorations: Decorations | undefined): Promise<ApiAnswer> {
  const { request, account } = call;
  const problem = listProblem(request);
  if (problem !== undefined) {
    return problem;
  }
  const { MaxResults: size, NextToken: token, ...query } = request.params;
  const position = positionOf(query, token);
  if (position === undefined) {
    return errorAnswer(request, 'InvalidNextTokenException', 'The NextToken value is invalid.');
  }
  const answer = await call.ask({
    params: { IncludePlannedDeletion: true, MaxResults: 1_000_000 },
  });
  if (answer.status !== 200) {
    return answer;
  }
  const filters = secretFilters(query['Filters']);
  const found = recordsOf(jsonObject(answer.body)['SecretList'])
    .map(({ VersionIdsToStages, ...item }) => ({
      ...item,
      SecretVersionsToStages: labelled(VersionIdsToStages),
    }))
    .map((item) => decorated(item, account, request.region, decorations))
    .filter((item) => query['IncludePlannedDeletion'] === true || item['DeletedDate'] === undefined)
    .filter((item) => matchesSecret(filtered(item), filters))
    .toSorted(order(query));
  const end = position + (numberOf(size) ?? 100);
  return jsonAnswer({
    SecretList: found.slice(position, end),
    ...(end < found.length ? { NextToken: pageToken(query, end) } : {}),
  });
}

/** Only versions that carry a label; undefined for a secret without a value. */
function labelled(stages: unknown): Json | undefined {
  return isRecord(stages)
    ? Object.fromEntries(
        Object.entries(stages).filter(([, labels]) => stringsOf(labels).length > 0),
      )
    : undefined;
}

export function listProblem(request: ApiRequest): ApiAnswer | undefined {
  const size = request.params['MaxResults'];
  if (size !== undefined && (typeof size !== 'number' || size < 1 || size > 100)) {
    return errorAnswer(
      request,
      'ValidationException',
      `1 validation error detected: Value '${JSON.stringify(size)}' at 'maxResults' failed to satisfy constraint: ` +
        'Member must have value between 1 and 100',
    );
  }
  const filters = secretFilters(request.params['Filters']);
  const bad = filters.find(
    ({ key, values }) =>
      !secretFilterKeys.includes(key) ||
      values.length === 0 ||
      values.length > 10 ||
      values.some((value) => value.length > 512 || !/^!?[a-zA-Z0-9 :_@/+=.\-!]*$/.test(value)),
  );
  return bad === undefined && filters.length <= 10
    ? undefined
    : errorAnswer(request, 'InvalidParameterException', 'A filter is not valid.');
}

function filtered(item: Json): FilteredSecret {
  const description = textOf(item['Description']);
  const primaryRegion = textOf(item['PrimaryRegion']);
  const owningService = textOf(item['OwningService']);
  return {
    name: String(item['Name']),
    tags: recordsOf(item['Tags']).map((tag) => ({
      key: String(tag['Key']),
      value: String(tag['Value']),
    })),
    ...(description === undefined ? {} : { description }),
    ...(primaryRegion === undefined ? {} : { primaryRegion }),
    ...(owningService === undefined ? {} : { owningService }),
  };
}

const sortFields: Readonly<Record<string, string>> = {
  'created-date': 'CreatedDate',
  'last-changed-date': 'LastChangedDate',
  'last-accessed-date': 'LastAccessedDate',
};

/** Names order secrets of one date. */
function order(query: Readonly<Json>): (left: Json, right: Json) => number {
  const sign = query['SortOrder'] === 'desc' ? -1 : 1;
  const field = sortFields[textOf(query['SortBy']) ?? 'created-date'];
  return (left, right) => {
    const byName = String(left['Name']) < String(right['Name']) ? -1 : 1;
    if (field === undefined) {
      return sign * byName;
    }
    const byDate = (numberOf(left[field]) ?? 0) - (numberOf(right[field]) ?? 0);
    return byDate === 0 ? byName : sign * byDate;
  };
}

/** Adds what the table knows, unless the emulator's own state is newer than the seed. */
function decorated(
  secret: Json,
  account: string,
  region: string,
  decorations: Decorations | undefined,
): Json {
  const table = decorations?.secret(account, region, String(secret['Name']));
  if (decorations === undefined || table === undefined) {
    return secret;
  }
  const { seededUntil } = decorations;
  const created = numberOf(secret['CreatedDate']) ?? 0;
  const changed = numberOf(secret['LastChangedDate']) ?? 0;
  // Made anew under a seeded name: nothing in the table is about this one.
  if (created * 1000 > seededUntil) {
    return secret;
  }
  return {
    ...secret,
    CreatedDate: daysBefore(seededUntil, table.createdDaysAgo),
    LastChangedDate:
      changed * 1000 > seededUntil ? changed : daysBefore(seededUntil, table.changedDaysAgo),
    ...(table.accessedDaysAgo === undefined
      ? {}
      : { LastAccessedDate: dayOf(daysBefore(seededUntil, table.accessedDaysAgo)) }),
    ...(table.rotation === undefined || secret['RotationEnabled'] !== undefined
      ? {}
      : rotationFields(table.rotation, seededUntil)),
  };
}

function rotationFields(rotation: RotationDecoration, seededUntil: number): Json {
  const { lambdaArn, automaticallyAfterDays, scheduleExpression, duration } = rotation;
  return {
    RotationEnabled: true,
    ...(lambdaArn === undefined ? {} : { RotationLambdaARN: lambdaArn }),
    RotationRules: {
      ...(automaticallyAfterDays === undefined
        ? {}
        : { AutomaticallyAfterDays: automaticallyAfterDays }),
      ...(scheduleExpression === undefined ? {} : { ScheduleExpression: scheduleExpression }),
      ...(duration === undefined ? {} : { Duration: duration }),
    },
    ...(rotation.lastRotatedDaysAgo === undefined
      ? {}
      : { LastRotatedDate: daysBefore(seededUntil, rotation.lastRotatedDaysAgo) }),
    NextRotationDate: daysBefore(seededUntil, -rotation.nextInDays),
  };
}

const daysBetweenVersions = 30;

/** The emulator lists every version, undated and without the ARN. */
async function listVersions(
  call: Call,
  owner: string,
  decorations: Decorations | undefined,
  ask: { readonly account?: string },
): Promise<ApiAnswer> {
  const { request } = call;
  const { SecretId, IncludeDeprecated, MaxResults, NextToken } = request.params;
  const described = await call.ask({ ...ask, operation: 'DescribeSecret', params: { SecretId } });
  if (described.status !== 200) {
    return described;
  }
  const answer = await call.ask({ ...ask, params: { SecretId } });
  if (answer.status !== 200) {
    return answer;
  }
  const query = { SecretId, IncludeDeprecated };
  const position = positionOf(query, NextToken);
  if (position === undefined) {
    return errorAnswer(request, 'InvalidNextTokenException', 'The NextToken value is invalid.');
  }
  const secret = decorated(jsonObject(described.body), owner, request.region, decorations);
  const changed = numberOf(secret['LastChangedDate']) ?? 0;
  const all = recordsOf(jsonObject(answer.body)['Versions']);
  const versions = all
    .map((version, index) => {
      const age = all.length - 1 - index;
      const { LastAccessedDate: _, ...rest } = version;
      return { ...rest, CreatedDate: daysBefore(changed * 1000, age * daysBetweenVersions) };
    })
    .filter(
      (version: Json) =>
        IncludeDeprecated === true || stringsOf(version['VersionStages']).length > 0,
    );
  const end = position + (numberOf(MaxResults) ?? 100);
  return jsonAnswer({
    ARN: secret['ARN'],
    Name: secret['Name'],
    Versions: versions.slice(position, end),
    ...(end < versions.length ? { NextToken: pageToken(query, end) } : {}),
  });
}

interface Foreign {
  readonly account: string;
  readonly readable: boolean;
}

/** Whose a secret is that is named by another account's ARN, and whether it is shared with the caller. */
function foreignOwner(
  { request, account }: Call,
  decorations: Decorations | undefined,
): Foreign | undefined {
  const id = textOf(request.params['SecretId']) ?? '';
  const [, owner, name] =
    /^arn:aws[\w-]*:secretsmanager:[^:]*:(\d{12}):secret:(.+)-\w{6}$/.exec(id) ?? [];
  if (owner === undefined || owner === account) {
    return undefined;
  }
  const shared = decorations?.shared.some(
    (item) =>
      item.kind === 'secret' &&
      item.owner === owner &&
      item.region === request.region &&
      item.name === name &&
      item.readers.includes(account),
  );
  return { account: owner, readable: shared === true };
}

function foreignDenied(request: ApiRequest): string {
  return (
    `User is not authorized to perform: secretsmanager:${request.operation} on resource: ` +
    `${String(request.params['SecretId'])} because no resource-based policy allows the ` +
    `secretsmanager:${request.operation} action`
  );
}
