import { createRequire } from 'node:module';

interface Extension {
  activate(context: unknown): unknown;
}

/** Loads a bundle as an extension host does and activates it. Synchronous from beginning to end. */
export function activateBundle(path: string): { dispose(): void } {
  const load = createRequire(import.meta.url);
  const memory = new Map<string, unknown>();
  const subscriptions: { dispose(): unknown }[] = [];
  const extension = load(path) as Extension;
  extension.activate({
    subscriptions,
    extension: { id: 'secret-manager.secret-manager' },
    globalState: {
      get: (key: string) => memory.get(key),
      update: async (key: string, value: unknown) => {
        memory.set(key, value);
      },
    },
  });
  return { dispose: () => subscriptions.forEach((item) => item.dispose()) };
}
