import * as l10n from '@vscode/l10n';

import { RememberedRefs } from '../core/rememberedRefs.ts';
import type { ResourceRef } from '../core/resources.ts';
import { DisposableStore } from '../util/disposableStore.ts';
import { FindResults } from './findResults.ts';
import type { FindChoice } from './findResults.ts';
import { searchResources } from './resourceSearch.ts';
import type { SearchSession } from './searchPrompt.ts';
import type { Services } from './services.ts';

/** "Find Secret or Parameter…": resolves with what the person chose and remembers it. */
export async function findResource(services: Services): Promise<ResourceRef | undefined> {
  return await pickResource(services, l10n.t('Find Secret or Parameter'));
}

/** Asks for the item that a command needs, under the command's own title. */
export async function pickResource(
  services: Services,
  title: string,
): Promise<ResourceRef | undefined> {
  const recents = new RememberedRefs(services.memory, 'recents');
  const profiles = await services.connections.profiles();
  const shownProfiles = new Set(profiles.map(({ id }) => id));
  const choice = await chosen(
    services,
    title,
    recents.all().filter(({ connection }) => shownProfiles.has(connection.profile)),
  );
  if (!choice) {
    return undefined;
  }
  if (choice.kind === 'problem') {
    throw choice.error;
  }
  await recents.addFirst(choice.ref);
  return choice.ref;
}

const debounceMilliseconds = 250;
const loadedLimit = 50;

async function chosen(
  services: Services,
  title: string,
  recents: readonly ResourceRef[],
): Promise<FindChoice | undefined> {
  const placeholder = l10n.t('The beginning of a secret’s name, or any part of a parameter’s');
  const store = new DisposableStore();
  const session = store.add(services.searchPrompt.open<FindChoice>({ title, placeholder }));
  const typing = store.add(new TypedSearch(services, session, recents));
  try {
    return await new Promise((resolve) => {
      store.add(session.onDidAccept(resolve));
      store.add(session.onDidHide(() => resolve(undefined)));
      store.add(session.onDidChangeText((text) => typing.onText(text)));
      typing.onText('');
    });
  } finally {
    store.dispose();
  }
}

/** Shows at once what is known without a call, then what AWS finds for the text that was typed last. */
class TypedSearch {
  readonly #services: Services;
  readonly #session: SearchSession<FindChoice>;
  readonly #recents: readonly ResourceRef[];
  #current = new DisposableStore();

  constructor(
    services: Services,
    session: SearchSession<FindChoice>,
    recents: readonly ResourceRef[],
  ) {
    this.#services = services;
    this.#session = session;
    this.#recents = recents;
  }

  onText(typed: string): void {
    const text = typed.trim();
    this.#current.dispose();
    this.#current = new DisposableStore();
    const results = new FindResults(
      matching(this.#recents, text),
      this.#services.catalog.search(text, loadedLimit),
    );
    this.#session.show(results.items());
    this.#session.setBusy(text !== '');
    if (text !== '') {
      // Never rejects: what fails is a finding.
      const start = (): void => void this.#search(text, results);
      this.#current.add(this.#services.timers.after(debounceMilliseconds, start));
    }
  }

  dispose(): void {
    this.#current.dispose();
  }

  async #search(text: string, results: FindResults): Promise<void> {
    const abort = new AbortController();
    const { signal } = abort;
    this.#current.add({ dispose: () => abort.abort() });
    await searchResources({
      aws: this.#services.aws,
      connections: this.#services.catalog.connections(),
      text,
      signal,
      onFound: (findings) => {
        results.add(findings);
        this.#session.show(results.items());
      },
    });
    if (!signal.aborted) {
      this.#session.setBusy(false);
    }
  }
}

function matching(refs: readonly ResourceRef[], text: string): readonly ResourceRef[] {
  const wanted = text.toLowerCase();
  return refs.filter(
    ({ name, arn }) => name.toLowerCase().includes(wanted) || arn.toLowerCase() === wanted,
  );
}
