import type { ResourceRef } from '../core/resources.ts';
import { pickResource } from './findResource.ts';
import type { Services } from './services.ts';

export interface CopiedLines {
  /** The command's title, for when it has to ask what to copy. */
  readonly title: string;
  readonly line: (ref: ResourceRef) => string;
  /** What the person is told was copied. */
  readonly one: (ref: ResourceRef) => string;
  readonly several: (count: number) => string;
}

/** Copies one line for each item, asking for the item when none is selected. */
export async function copyLines(
  services: Services,
  selected: readonly ResourceRef[],
  { title, line, one, several }: CopiedLines,
): Promise<void> {
  const picked = selected.length > 0 ? undefined : await pickResource(services, title);
  const refs = picked ? [picked] : selected;
  const [first] = refs;
  if (first) {
    await services.clipboard.copyPlain(
      refs.map(line).join('\n'),
      refs.length === 1 ? one(first) : several(refs.length),
    );
  }
}
