import * as l10n from '@vscode/l10n';

import { jsonMembers } from '../core/jsonMembers.ts';
import type { JsonMember } from '../core/jsonMembers.ts';
import type { ResourceRef } from '../core/resources.ts';
import { UserError } from '../core/userError.ts';
import { readValue } from './readValue.ts';
import type { Services } from './services.ts';

/** A key of the value's top level. `index` tells apart keys of one name. */
export interface JsonKey {
  readonly name: string;
  readonly index: number;
}

export interface JsonValue {
  readonly text: string;
  readonly members: readonly JsonMember[];
}

/** The names of the value's keys, in its own order. Fetches the value and keeps nothing else of it. */
export async function readJsonKeys(
  services: Services,
  ref: ResourceRef,
): Promise<readonly JsonKey[]> {
  const { members } = await readJsonValue(services, ref);
  return jsonKeys(members);
}

export function jsonKeys(members: readonly JsonMember[]): readonly JsonKey[] {
  return members.map(({ name }, index) => ({ name, index }));
}

export async function readJsonValue(services: Services, ref: ResourceRef): Promise<JsonValue> {
  const value = await readValue(services, ref);
  if (value.isBinary) {
    throw new UserError(l10n.t('{0} is binary: it has no JSON keys.', ref.name));
  }
  const text = value.reveal();
  const members = jsonMembers(text);
  if (!members) {
    throw new UserError(
      l10n.t(
        'The value of {0} is not a JSON object, so it has no keys. Copy the whole value instead.',
        ref.name,
      ),
    );
  }
  return { text, members };
}
