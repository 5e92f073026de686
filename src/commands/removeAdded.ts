import { RememberedRefs } from '../core/rememberedRefs.ts';
import type { ResourceRef } from '../core/resources.ts';
import type { Services } from './services.ts';

/** Takes what was added by ARN out of the tree. AWS is not told: nothing changes there. */
export async function removeAdded(
  { memory }: Services,
  selected: readonly ResourceRef[],
): Promise<void> {
  const added = new RememberedRefs(memory, 'added');
  for (const ref of selected) {
    await added.remove(ref);
  }
}
