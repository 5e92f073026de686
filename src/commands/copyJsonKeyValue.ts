import * as l10n from '@vscode/l10n';

import { memberText } from '../core/jsonMembers.ts';
import type { JsonMember } from '../core/jsonMembers.ts';
import type { ResourceRef } from '../core/resources.ts';
import { SecretValue } from '../core/secretValue.ts';
import { UserError } from '../core/userError.ts';
import { pickResource } from './findResource.ts';
import { jsonKeys, readJsonValue } from './readJsonKeys.ts';
import type { JsonKey, JsonValue } from './readJsonKeys.ts';
import type { Services } from './services.ts';

/** Copies a text without its quotes, anything else as the JSON it is. Without a key asks which, by name. */
export async function copyJsonKeyValue(
  services: Services,
  selected?: ResourceRef,
  key?: JsonKey | string,
): Promise<void> {
  const ref = selected ?? (await pickResource(services, l10n.t('Copy JSON Key’s Value')));
  if (!ref) {
    return;
  }
  const json = await readJsonValue(services, ref);
  const member =
    key === undefined ? await pickMember(services, ref, json) : findMember(json.members, key);
  if (member) {
    const what = l10n.t('{0} of {1}', member.name, ref.name);
    await services.clipboard.copyValue(SecretValue.text(memberText(json.text, member)), what);
    return;
  }
  if (key !== undefined) {
    const name = typeof key === 'string' ? key : key.name;
    throw new UserError(
      l10n.t(
        '{0} has no key “{1}” any more. Show its keys again to see what it has.',
        ref.name,
        name,
      ),
    );
  }
}

async function pickMember(
  { prompts }: Services,
  { name }: ResourceRef,
  { members }: JsonValue,
): Promise<JsonMember | undefined> {
  if (members.length === 0) {
    throw new UserError(l10n.t('The value of {0} is an empty JSON object: it has no keys.', name));
  }
  const items = jsonKeys(members).map((key) => ({
    label: key.name === '' ? l10n.t('(empty key)') : key.name,
    icon: 'key',
    value: members[key.index],
  }));
  return await prompts.pick(items, {
    title: l10n.t('Copy JSON Key’s Value'),
    placeholder: l10n.t('Whose value of {0} is copied', name),
  });
}

/** By place and name while both still agree, otherwise by name, where the last of several counts as JSON readers do it. */
function findMember(members: readonly JsonMember[], key: JsonKey | string): JsonMember | undefined {
  if (typeof key === 'string') {
    return members.findLast(({ name }) => name === key);
  }
  const same = members[key.index];
  return same?.name === key.name ? same : findMember(members, key.name);
}
