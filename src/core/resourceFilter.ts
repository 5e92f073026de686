import * as l10n from '@vscode/l10n';

import type { ParameterFilter, SecretFilter } from './ports.ts';
import type { Resource, Tag } from './resources.ts';

/** `loaded` never asks AWS; `all` is AWS's word search over every attribute of a secret. */
const filterKinds = [
  'name-prefix',
  'name-contains',
  'path',
  'tag',
  'description',
  'type',
  'all',
  'loaded',
] as const;

export type FilterKind = (typeof filterKinds)[number];

export function isFilterKind(value: unknown): value is FilterKind {
  return filterKinds.some((kind) => kind === value);
}

export interface ResourceFilter {
  readonly kind: FilterKind;
  readonly text: string;
}

/** What AWS is asked for: every filter must hold. `none`: nothing of this kind can match, so AWS is not asked. */
export type ServerFilters<T> = readonly T[] | 'none';

/** A leading slash is not significant: parameters' paths begin with one, secrets' names mostly do not. */
export function secretFilters({ kind, text }: ResourceFilter): ServerFilters<SecretFilter> {
  const wanted = text.trim();
  switch (kind) {
    case 'name-prefix':
      return [{ key: 'name', values: withAndWithoutSlash(wanted) }];
    case 'path':
      return isRoot(wanted)
        ? []
        : [{ key: 'name', values: withAndWithoutSlash(`${absolutePath(wanted)}/`) }];
    case 'tag':
      return tagFilters(parseTag(wanted));
    case 'description':
      return [{ key: 'description', values: [wanted] }];
    case 'all':
      return [{ key: 'all', values: [wanted] }];
    case 'type':
      return 'none';
    case 'name-contains':
    case 'loaded':
      return [];
  }
}

export function parameterFilters({ kind, text }: ResourceFilter): ServerFilters<ParameterFilter> {
  const wanted = text.trim();
  switch (kind) {
    case 'name-prefix':
      return ifParameterName(wanted, {
        key: 'Name',
        option: 'BeginsWith',
        values: parameterPrefixes(wanted),
      });
    case 'name-contains':
    case 'all':
      return ifParameterName(wanted, { key: 'Name', option: 'Contains', values: [wanted] });
    case 'path':
      return isRoot(wanted)
        ? []
        : ifParameterName(wanted, {
            key: 'Path',
            option: 'Recursive',
            values: [absolutePath(wanted)],
          });
    case 'tag': {
      const { key, value } = parseTag(wanted);
      return [{ key: `tag:${key}`, ...(value !== undefined && { values: [value] }) }];
    }
    case 'type': {
      const type = parameterType(wanted);
      return type ? [{ key: 'Type', option: 'Equals', values: [type] }] : 'none';
    }
    case 'description':
    case 'loaded':
      return [];
  }
}

/**
 * Whether a loaded item stays. Never hides what AWS found for the filter, except where AWS's prefixes say more than was
 * asked for: a tag is compared as a whole.
 */
export function matchesLoaded({ kind, text }: ResourceFilter, resource: Resource): boolean {
  const wanted = text.trim().toLowerCase();
  const name = resource.name.toLowerCase();
  switch (kind) {
    case 'name-prefix':
      return name.startsWith(wanted) || withoutSlash(name).startsWith(withoutSlash(wanted));
    case 'name-contains':
    case 'loaded':
      return name.includes(wanted);
    case 'path':
      return (
        isRoot(wanted) || withoutSlash(name).startsWith(withoutSlash(`${absolutePath(wanted)}/`))
      );
    case 'tag':
      // DescribeParameters does not tell tags: AWS has compared them.
      return resource.kind === 'parameter' || resource.tags.some(isTag(parseTag(text.trim())));
    case 'description':
      return (
        resource.kind === 'secret' || (resource.description ?? '').toLowerCase().includes(wanted)
      );
    case 'type':
      return resource.kind === 'parameter' && resource.type === parameterType(wanted);
    case 'all':
      return resource.kind === 'secret' || name.includes(wanted);
  }
}

/** For the view's message: `prefix prod/`. */
export function describeFilter({ kind, text }: ResourceFilter): string {
  const wanted = text.trim();
  switch (kind) {
    case 'name-prefix':
      return l10n.t('prefix {0}', wanted);
    case 'name-contains':
      return l10n.t('name contains {0}', wanted);
    case 'path':
      return l10n.t('path {0}', isRoot(wanted) ? '/' : `${absolutePath(wanted)}/`);
    case 'tag':
      return l10n.t('tag {0}', wanted);
    case 'description':
      return l10n.t('description {0}', wanted);
    case 'type':
      return l10n.t('type {0}', parameterType(wanted) ?? wanted);
    case 'all':
      return l10n.t('words {0}', wanted);
    case 'loaded':
      return l10n.t('loaded items with {0}', wanted);
  }
}

/** What is wrong with the text as a filter of this kind, or undefined. The limits are ListSecrets' and DescribeParameters'. */
export function filterProblem(kind: FilterKind, text: string): string | undefined {
  const wanted = text.trim();
  if (wanted === '') {
    return l10n.t('Type what to look for.');
  }
  switch (kind) {
    case 'loaded':
      return undefined;
    case 'type':
      return parameterType(wanted)
        ? undefined
        : l10n.t('Type one of {0}.', parameterTypes.join(', '));
    case 'name-contains':
      return wanted.length > maxParameterText
        ? l10n.t('AWS takes at most {0} characters.', maxParameterText)
        : undefined;
    case 'tag':
      return tagProblem(parseTag(wanted));
    case 'name-prefix':
    case 'path':
    case 'description':
    case 'all':
      return secretTextProblem(wanted);
  }
}

const parameterTypes = ['String', 'StringList', 'SecureString'] as const;

/** FilterValuesStringList of ListSecrets; a leading `!` would turn the filter round. */
const maxSecretText = 512;
const secretText = /^[a-zA-Z0-9 :_@/+=.!-]+$/;

/** ParameterStringFilterValue of DescribeParameters. */
const maxParameterText = 1024;
const parameterName = /^[a-zA-Z0-9_./-]+$/;

const maxTagKey = 128;
const maxTagValue = 256;

function secretTextProblem(text: string): string | undefined {
  if (text.startsWith('!')) {
    return l10n.t('AWS reads “!” at the beginning as “not”. Begin with another character.');
  }
  if (text.length >= maxSecretText) {
    return l10n.t('AWS takes less than {0} characters.', maxSecretText);
  }
  return secretText.test(text)
    ? undefined
    : l10n.t('AWS takes letters without accents, digits, spaces and : _ @ / + = . ! - only.');
}

function tagProblem({ key, value }: TagFilter): string | undefined {
  if (key === '') {
    return l10n.t('Type the tag’s key before “=”.');
  }
  if (key.length > maxTagKey || (value ?? '').length > maxTagValue) {
    return l10n.t(
      'A tag’s key has at most {0} characters, its value at most {1}.',
      maxTagKey,
      maxTagValue,
    );
  }
  return secretTextProblem(key) ?? (value ? secretTextProblem(value) : undefined);
}

interface TagFilter {
  readonly key: string;
  readonly value?: string;
}

/** `key`, or `key=value`; `key=` asks for the key alone. */
function parseTag(text: string): TagFilter {
  const equals = text.indexOf('=');
  const value = equals === -1 ? '' : text.slice(equals + 1).trim();
  const key = (equals === -1 ? text : text.slice(0, equals)).trim();
  return value === '' ? { key } : { key, value };
}

function tagFilters({ key, value }: TagFilter): readonly SecretFilter[] {
  const keyFilter: SecretFilter = { key: 'tag-key', values: [key] };
  return value === undefined ? [keyFilter] : [keyFilter, { key: 'tag-value', values: [value] }];
}

function isTag(wanted: TagFilter): (tag: Tag) => boolean {
  return ({ key, value }) =>
    key === wanted.key && (wanted.value === undefined || value === wanted.value);
}

function parameterType(text: string): (typeof parameterTypes)[number] | undefined {
  return parameterTypes.find((type) => type.toLowerCase() === text.toLowerCase());
}

function ifParameterName(text: string, filter: ParameterFilter): ServerFilters<ParameterFilter> {
  return parameterName.test(text) ? [filter] : 'none';
}

/** With a slash inside, a parameter's name always begins with one. */
function parameterPrefixes(text: string): readonly string[] {
  return text.includes('/') ? [`/${withoutSlash(text)}`] : [text, `/${text}`];
}

function withAndWithoutSlash(text: string): readonly string[] {
  const bare = withoutSlash(text);
  return bare === '' ? [text] : [bare, `/${bare}`];
}

function withoutSlash(text: string): string {
  return text.startsWith('/') ? text.slice(1) : text;
}

function isRoot(text: string): boolean {
  return absolutePath(text) === '/';
}

/** With a slash in front and none behind, as DescribeParameters wants a path. */
function absolutePath(text: string): string {
  return `/${text
    .split('/')
    .filter((part) => part !== '')
    .join('/')}`;
}
