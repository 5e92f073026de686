import * as l10n from '@vscode/l10n';
import type { AwsHost } from './aws/index.js';
import type { Aws } from './core/ports.ts';
import { UserError } from './core/userError.ts';

/** The second bundle, loaded at the first AWS call: the SDK costs more to load than everything else together. */
export class LazyAws {
  readonly #host: AwsHost;
  readonly #ready: () => Promise<unknown>;
  #loading: Promise<Aws> | undefined;

  /** `ready` resolves when `host.settingsFor` can answer. */
  constructor(host: AwsHost, ready: () => Promise<unknown>) {
    this.#host = host;
    this.#ready = ready;
  }

  readonly get = async (): Promise<Aws> => {
    if (!this.#host.isTrusted()) {
      throw new UserError(
        l10n.t(
          'No AWS service is called from a workspace that you do not trust. Trust it, then try again.',
        ),
        { remedies: ['trust-workspace'] },
      );
    }
    await this.#ready();
    this.#loading ??= import('./aws/index.js').then(({ createAws }) => createAws(this.#host));
    return this.#loading;
  };

  /** Forgets clients and credentials, where there are any. */
  async reset(): Promise<void> {
    (await this.#loading)?.reset();
  }
}
