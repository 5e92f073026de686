import { errorAnswer, jsonAnswer } from '../answers.ts';
import {
  isRecord,
  jsonObject,
  numberOf,
  recordsOf,
  textOf,
  type ApiAnswer,
  type ApiRequest,
} from '../apiRequest.ts';
import { daysBefore, type Decorations } from '../decoration.ts';
import type { Call, Overlay } from '../overlay.ts';
import { pageToken, positionOf } from '../pageToken.ts';
import { withJson } from './normalized.ts';
import {
  describeProblem,
  isTag,
  matchesParameter,
  parameterFilters,
  type ParameterFilter,
} from './parameterFilters.ts';

type Json = Record<string, unknown>;

/** Parameter Store: pages and filters of DescribeParameters, policies in AWS's form, dates from the table, sharing. */
export function parameterOverlay(decorations: Decorations | undefined): Overlay {
  return async (call) => {
    const { request } = call;
    if (request.service !== 'ssm') {
      return undefined;
    }
    const elsewhere = foreignOwner(call, decorations);
    if (elsewhere?.readable === false) {
      return errorAnswer(request, 'AccessDeniedException', foreignDenied(request));
    }
    const ask = elsewhere === undefined ? {} : { account: elsewhere.account };
    switch (request.operation) {
      case 'DescribeParameters':
        return describeParameters(call, decorations);
      case 'GetParameterHistory': {
        const answer = await call.ask(ask);
        if (answer.status !== 200) {
          return answer;
        }
        const page = jsonObject(answer.body);
        const owner = elsewhere?.account ?? call.account;
        const Parameters = recordsOf(page['Parameters']).map((item) =>
          decorated(item, owner, request.region, decorations),
        );
        return withJson(answer, { ...page, Parameters });
      }
      case 'GetParameter':
      case 'GetParameters': {
        const answer = await call.ask(ask);
        const page = jsonObject(answer.body);
        const owner = elsewhere?.account ?? call.account;
        const dated = (item: Json) => ({
          ...item,
          ...past(item, owner, request.region, decorations),
        });
        return answer.status === 200
          ? withJson(answer, {
              ...page,
              ...(isRecord(page['Parameter']) ? { Parameter: dated(page['Parameter']) } : {}),
              ...('Parameters' in page
                ? { Parameters: recordsOf(page['Parameters']).map((item) => dated(item)) }
                : {}),
            })
          : answer;
      }
      default:
        return elsewhere === undefined ? undefined : call.ask(ask);
    }
  };
}

async function describeParameters(
  call: Call,
  decorations: Decorations | undefined,
): Promise<ApiAnswer> {
  const { request, account } = call;
  const problem = describeProblem(request);
  if (problem !== undefined) {
    return problem;
  }
  const { MaxResults: size, NextToken: token, ...query } = request.params;
  const position = positionOf(query, token);
  if (position === undefined) {
    return errorAnswer(request, 'InvalidNextToken', 'The specified token is not valid.');
  }
  const filters = parameterFilters(query['ParameterFilters']);
  const all =
    query['Shared'] === true
      ? await sharedParameters(call, decorations)
      : await ownParameters(call, account, filters, decorations);
  if (!Array.isArray(all)) {
    return all;
  }
  const found = all.filter((item) =>
    matchesParameter(
      {
        name: String(item['Name']),
        type: String(item['Type']),
        tier: String(item['Tier']),
        dataType: String(item['DataType']),
        ...(typeof item['KeyId'] === 'string' ? { keyId: item['KeyId'] } : {}),
      },
      filters,
    ),
  );
  const end = position + (numberOf(size) ?? 50);
  return jsonAnswer({
    Parameters: found.slice(position, end),
    ...(end < found.length ? { NextToken: pageToken(query, end) } : {}),
  });
}

/** The emulator knows the tags, and takes one filter well: it is asked for each tag filter by itself. */
async function ownParameters(
  call: Call,
  account: string,
  filters: readonly ParameterFilter[],
  decorations: Decorations | undefined,
): Promise<Json[] | ApiAnswer> {
  const byTag = filters.filter((filter) => isTag(filter.key));
  const asked = byTag.length === 0 ? [undefined] : byTag;
  let found: Json[] | undefined;
  for (const filter of asked) {
    const answer = await everyParameter(call, account, filter);
    if (!Array.isArray(answer)) {
      return answer;
    }
    const names = new Set(answer.map((item) => item['Name']));
    found = found === undefined ? answer : found.filter((item) => names.has(item['Name']));
  }
  return (found ?? []).map((item) => decorated(item, account, call.request.region, decorations));
}

const emulatorPage = 10;
const pagesAtOnce = 8;

/** All pages: the emulator's are of ten, and its tokens are plain positions, so they can be asked for ahead. */
async function everyParameter(
  call: Call,
  account: string,
  filter: ParameterFilter | undefined,
): Promise<Json[] | ApiAnswer> {
  const ParameterFilters =
    filter === undefined ? [] : [{ Key: filter.key, Option: filter.option, Values: filter.values }];
  const own = account === call.account ? {} : { account };
  const found: Json[] = [];
  for (let first = 0; ; first += pagesAtOnce) {
    const answers = await Promise.all(
      Array.from({ length: pagesAtOnce }, (_, index) =>
        call.ask({
          ...own,
          operation: 'DescribeParameters',
          params: { ParameterFilters, NextToken: String((first + index) * emulatorPage) },
        }),
      ),
    );
    for (const answer of answers) {
      if (answer.status !== 200) {
        return answer;
      }
      const items = recordsOf(jsonObject(answer.body)['Parameters']);
      // Public parameters enter the emulator's list once somebody has read them.
      found.push(...items.filter((item) => !String(item['Name']).startsWith('/aws/')));
      if (items.length < emulatorPage) {
        return found;
      }
    }
  }
}

async function sharedParameters(
  call: Call,
  decorations: Decorations | undefined,
): Promise<Json[] | ApiAnswer> {
  const shared = (decorations?.shared ?? []).filter(
    (item) =>
      item.kind === 'parameter' &&
      item.region === call.request.region &&
      item.readers.includes(call.account),
  );
  const found: Json[] = [];
  for (const owner of new Set(shared.map((item) => item.owner))) {
    const all = await everyParameter(call, owner, undefined);
    if (!Array.isArray(all)) {
      return all;
    }
    const names = new Set(shared.filter((item) => item.owner === owner).map((item) => item.name));
    found.push(
      ...all
        .filter((item) => names.has(String(item['Name'])))
        .map((item) => decorated(item, owner, call.request.region, decorations)),
    );
  }
  return found;
}

const daysBetweenVersions = 9;

/** One parameter's metadata or history entry: its ARN, policies in AWS's form, and what the table knows. */
function decorated(
  { Value, ...parameter }: Json,
  account: string,
  region: string,
  decorations: Decorations | undefined,
): Json {
  const name = String(parameter['Name']);
  const separator = name.startsWith('/') ? '' : '/';
  const plain: Json = {
    ...parameter,
    // History carries values; metadata does not, whatever the emulator adds.
    ...('Labels' in parameter
      ? { Value }
      : { ARN: `arn:aws:ssm:${region}:${account}:parameter${separator}${name}` }),
    ...('Policies' in parameter ? { Policies: policies(parameter['Policies']) } : {}),
  };
  const date = past(parameter, account, region, decorations);
  const by = decorations?.parameter(account, region, name)?.modifiedBy;
  return { ...plain, ...date, ...(date === undefined ? {} : { LastModifiedUser: by }) };
}

/** When a seeded version was made, by the table; undefined for what was made or changed since. */
function past(
  parameter: Json,
  account: string,
  region: string,
  decorations: Decorations | undefined,
): { readonly LastModifiedDate: number } | undefined {
  const table = decorations?.parameter(account, region, String(parameter['Name']));
  const modified = numberOf(parameter['LastModifiedDate']) ?? 0;
  const version = numberOf(parameter['Version']) ?? 1;
  if (
    decorations === undefined ||
    table === undefined ||
    version > table.versions ||
    modified * 1000 > decorations.seededUntil
  ) {
    return undefined;
  }
  const age = table.modifiedDaysAgo + (table.versions - version) * daysBetweenVersions;
  return { LastModifiedDate: daysBefore(decorations.seededUntil, age) };
}

function policies(value: unknown): readonly Json[] {
  return recordsOf(value).map((policy) => {
    const text = policy['PolicyText'];
    const parsed = isRecord(text) ? text : {};
    return {
      PolicyText: isRecord(text) ? JSON.stringify(text) : String(text),
      PolicyType: textOf(parsed['Type']) ?? String(policy['PolicyType']),
      PolicyStatus: 'Pending',
    };
  });
}

interface Foreign {
  readonly account: string;
  readonly readable: boolean;
}

/** Whose a parameter is that is named by another account's ARN, and whether it is shared with the caller. */
function foreignOwner(
  { request, account }: Call,
  decorations: Decorations | undefined,
): Foreign | undefined {
  const id = textOf(request.params['Name']) ?? textOf(request.params['ResourceId']) ?? '';
  const [, owner, path] = /^arn:aws[\w-]*:ssm:[^:]*:(\d{12}):parameter(\/[^:]+)/.exec(id) ?? [];
  if (owner === undefined || owner === account) {
    return undefined;
  }
  const shared = decorations?.shared.some(
    (item) =>
      item.kind === 'parameter' &&
      item.owner === owner &&
      item.region === request.region &&
      (item.name === path || `/${item.name}` === path) &&
      item.readers.includes(account),
  );
  return { account: owner, readable: shared === true };
}

function foreignDenied(request: ApiRequest): string {
  return (
    `User is not authorized to perform: ssm:${request.operation} on resource: ` +
    `${String(request.params['Name'] ?? request.params['ResourceId'])} because no ` +
    `resource-based policy allows the ssm:${request.operation} action`
  );
}
