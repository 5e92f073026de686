import { errorAnswer } from '../answers.ts';
import { recordsOf, stringsOf, textOf, type ApiAnswer, type ApiRequest } from '../apiRequest.ts';

export interface ParameterFilter {
  readonly key: string;
  readonly option: string;
  readonly values: readonly string[];
}

export interface FilteredParameter {
  readonly name: string;
  readonly type: string;
  readonly tier: string;
  readonly dataType: string;
  readonly keyId?: string;
}

const optionsByKey: Readonly<Record<string, readonly string[]>> = {
  Name: ['Equals', 'BeginsWith', 'Contains'],
  Type: ['Equals', 'BeginsWith'],
  KeyId: ['Equals', 'BeginsWith'],
  Path: ['Recursive', 'OneLevel'],
  Tier: ['Equals'],
  DataType: ['Equals'],
};

export function parameterFilters(value: unknown): readonly ParameterFilter[] {
  return recordsOf(value).map((item) => {
    const key = textOf(item['Key']) ?? '';
    const option = textOf(item['Option']) ?? (key === 'Path' ? 'OneLevel' : 'Equals');
    return { key, option, values: stringsOf(item['Values']) };
  });
}

/** The error for a request whose filters or page size DescribeParameters refuses. */
export function describeProblem(request: ApiRequest): ApiAnswer | undefined {
  const size = request.params['MaxResults'];
  if (size !== undefined && (typeof size !== 'number' || size < 1 || size > 50)) {
    return errorAnswer(
      request,
      'ValidationException',
      `1 validation error detected: Value '${JSON.stringify(size)}' at 'maxResults' failed to satisfy constraint: ` +
        'Member must have value between 1 and 50',
    );
  }
  const filters = parameterFilters(request.params['ParameterFilters']);
  for (const { key, option, values } of filters) {
    const options = isTag(key) ? ['Equals', 'BeginsWith'] : optionsByKey[key];
    if (options === undefined || filters.filter((item) => item.key === key).length > 1) {
      return errorAnswer(request, 'InvalidFilterKey', `The filter key is not valid: ${key}.`);
    }
    if (!options.includes(option)) {
      return errorAnswer(request, 'InvalidFilterOption', `The option is not valid: ${option}.`);
    }
    const missing = values.length === 0 && !isTag(key);
    const badPath = key === 'Path' && values.some((value) => !/^\/[\w.\-/]*$/.test(value));
    if (missing || badPath || values.length > 50) {
      return errorAnswer(request, 'InvalidFilterValue', `A value of ${key} is not valid.`);
    }
  }
  return undefined;
}

/** Every filter must match, of one filter's values any. Tag filters are not looked at here. */
export function matchesParameter(
  parameter: FilteredParameter,
  filters: readonly ParameterFilter[],
): boolean {
  return filters.every(
    ({ key, option, values }) =>
      isTag(key) || values.some((value) => matchesValue(parameter, key, option, value)),
  );
}

export function isTag(key: string): boolean {
  return key.startsWith('tag:') && key.length > 4;
}

function matchesValue(
  parameter: FilteredParameter,
  key: string,
  option: string,
  value: string,
): boolean {
  switch (key) {
    case 'Name':
      // `/X` and `X` are one name.
      return option === 'Contains'
        ? parameter.name.includes(value)
        : matchesText(rooted(parameter.name), option, rooted(value));
    case 'Path': {
      const folder = value.endsWith('/') ? value : `${value}/`;
      const rest = parameter.name.startsWith(folder) ? parameter.name.slice(folder.length) : '';
      return rest !== '' && (option === 'Recursive' || !rest.includes('/'));
    }
    case 'Type':
      return matchesText(parameter.type, option, value);
    case 'KeyId':
      return parameter.keyId !== undefined && matchesText(parameter.keyId, option, value);
    case 'Tier':
      return parameter.tier === value;
    case 'DataType':
      return parameter.dataType === value;
    default:
      return false;
  }
}

function matchesText(text: string, option: string, value: string): boolean {
  return option === 'BeginsWith' ? text.startsWith(value) : text === value;
}

function rooted(name: string): string {
  return name.startsWith('/') ? name : `/${name}`;
}
