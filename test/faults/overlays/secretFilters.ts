import { recordsOf, stringsOf, textOf } from '../apiRequest.ts';

/** What ListSecrets' filters look at. */
export interface FilteredSecret {
  readonly name: string;
  readonly description?: string;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  readonly primaryRegion?: string;
  readonly owningService?: string;
}

export interface SecretFilter {
  readonly key: string;
  readonly values: readonly string[];
}

export const secretFilterKeys: readonly string[] = [
  'name',
  'description',
  'tag-key',
  'tag-value',
  'primary-region',
  'owning-service',
  'all',
];

export function secretFilters(value: unknown): readonly SecretFilter[] {
  return recordsOf(value).map((item) => ({
    key: textOf(item['Key']) ?? '',
    values: stringsOf(item['Values']),
  }));
}

/** Every filter must match; of one filter's values any; a value that starts with `!` must not. */
export function matchesSecret(secret: FilteredSecret, filters: readonly SecretFilter[]): boolean {
  return filters.every(({ key, values }) => {
    const wanted = values.filter((value) => !value.startsWith('!'));
    const unwanted = values.filter((value) => value.startsWith('!')).map((value) => value.slice(1));
    return (
      (wanted.length === 0 || wanted.some((value) => matchesValue(secret, key, value))) &&
      !unwanted.some((value) => matchesValue(secret, key, value))
    );
  });
}

function matchesValue(secret: FilteredSecret, key: string, value: string): boolean {
  switch (key) {
    case 'name':
      return secret.name.startsWith(value);
    case 'tag-key':
      return secret.tags.some((tag) => tag.key.startsWith(value));
    case 'tag-value':
      return secret.tags.some((tag) => tag.value.startsWith(value));
    case 'primary-region':
      return secret.primaryRegion?.startsWith(value) === true;
    case 'owning-service':
      return secret.owningService?.startsWith(value) === true;
    case 'description':
      return containsWords(wordsOf(secret.description ?? ''), value);
    case 'all':
      return containsWords(
        [
          secret.name,
          secret.description ?? '',
          secret.primaryRegion ?? '',
          secret.owningService ?? '',
          ...secret.tags.flatMap((tag) => [tag.key, tag.value]),
        ].flatMap((text) => wordsOf(text)),
        value,
      );
    default:
      return false;
  }
}

/** Each word of the value begins some word of the text. */
function containsWords(words: readonly string[], value: string): boolean {
  const parts = wordsOf(value);
  return parts.length > 0 && parts.every((part) => words.some((word) => word.startsWith(part)));
}

/** Lower-case words, split at punctuation and where an upper-case letter follows a lower-case one. */
export function wordsOf(text: string): readonly string[] {
  return text
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
