import type { Aws, Prompts } from './core/ports.ts';
import type { ResourceRef } from './core/resources.ts';
import type { ExplorerView } from './explorer/explorerView.ts';
import type { ExplorerModel } from './explorer/model/explorerModel.ts';
import * as l10n from '@vscode/l10n';

/** Selects a secret or a parameter in the tree, wherever its page is: one describe call brings it there. */
export async function revealResource(
  ref: ResourceRef,
  parts: {
    readonly aws: () => Promise<Aws>;
    readonly prompts: Prompts;
    readonly model: ExplorerModel;
    readonly view: ExplorerView;
  },
): Promise<void> {
  const { connection, kind, arn } = ref;
  const resource = await parts.prompts.busy(l10n.t('Looking up {0}…', ref.name), async (signal) => {
    const aws = await parts.aws();
    return kind === 'secret'
      ? await aws.secrets(connection).describe(arn, signal)
      : await aws.parameters(connection).describe(arn, signal);
  });
  await parts.view.reveal(parts.model.locate(connection, resource));
}
