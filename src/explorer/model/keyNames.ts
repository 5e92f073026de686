import { resourceKey, type ResourceRef } from '../../core/resources.ts';

/** The names of the JSON keys that a person has asked to see. Never the values. */
export class KeyNames {
  readonly #shown = new Map<
    string,
    { readonly ref: ResourceRef; readonly names: readonly string[] }
  >();

  get(ref: ResourceRef): readonly string[] | undefined {
    return this.#shown.get(resourceKey(ref))?.names;
  }

  set(ref: ResourceRef, names: readonly string[]): void {
    this.#shown.set(resourceKey(ref), { ref, names });
  }

  drop(unwanted: (ref: ResourceRef) => boolean): void {
    for (const [key, { ref }] of this.#shown) {
      if (unwanted(ref)) {
        this.#shown.delete(key);
      }
    }
  }
}
