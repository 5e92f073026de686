import * as l10n from '@vscode/l10n';
import { addByArn } from './commands/addByArn.ts';
import { addRegion } from './commands/addRegion.ts';
import { copyArn } from './commands/copyArn.ts';
import { copyCliCommand } from './commands/copyCliCommand.ts';
import { copyJsonKeyValue } from './commands/copyJsonKeyValue.ts';
import { copyName } from './commands/copyName.ts';
import { copyValue } from './commands/copyValue.ts';
import { findResource, pickResource } from './commands/findResource.ts';
import { openInConsole } from './commands/openInConsole.ts';
import { pin, unpin } from './commands/pins.ts';
import { readJsonKeys } from './commands/readJsonKeys.ts';
import { removeAdded } from './commands/removeAdded.ts';
import { selectConnection } from './commands/selectConnection.ts';
import type { Services } from './commands/services.ts';
import { setFilter } from './commands/setFilter.ts';
import { signIn } from './commands/signIn.ts';
import { sortBy } from './commands/sortBy.ts';
import type { ResourceRef } from './core/resources.ts';
import type { ExplorerModel } from './explorer/model/explorerModel.ts';
import { profileOf, type Node } from './explorer/model/nodes.ts';

/** What a command was called on: nothing from the palette, nodes from the tree. */
export interface Invocation {
  readonly node: Node | undefined;
  /** The clicked node's, whatever else is selected: what a command for one item acts on. */
  readonly ref: ResourceRef | undefined;
  /** The secrets and parameters among the selected nodes. */
  readonly refs: readonly ResourceRef[];
}

export interface TableEntry {
  /** The end of "Something unexpected happened while …". */
  readonly doing: string;
  readonly run: (invocation: Invocation) => unknown;
}

/** The host's side of what commands do besides asking AWS. */
export interface HostActions {
  reveal(ref: ResourceRef): Promise<void>;
  openAwsConfig(): Promise<void>;
  openWalkthrough(): Promise<void>;
  showLog(): void;
  clearClipboard(): Promise<void>;
  setLayout(layout: 'tree' | 'flat'): Promise<void>;
  hiddenProfiles(): readonly string[];
  setHiddenProfiles(profiles: readonly string[]): Promise<void>;
  manageTrust(): Promise<void>;
}

/** Every command of the manifest, by its id without `secretManager.`. */
export function commandTable(
  services: Services,
  model: ExplorerModel,
  host: HostActions,
): Readonly<Record<string, TableEntry>> {
  return {
    ...readCommands(services, model),
    ...viewCommands(services, model, host),
    ...connectionCommands(services, model, host),
  };
}

function readCommands(services: Services, model: ExplorerModel): Record<string, TableEntry> {
  return {
    copyName: { doing: l10n.t('copying a name'), run: ({ refs }) => copyName(services, refs) },
    copyArn: { doing: l10n.t('copying an ARN'), run: ({ refs }) => copyArn(services, refs) },
    copyValue: {
      doing: l10n.t('copying a value'),
      run: ({ ref }) => copyValue(services, ref),
    },
    copyJsonKeyValue: {
      doing: l10n.t('copying a key’s value'),
      run: ({ node, ref }) => copyJsonKeyValue(services, ref, keyOf(node)),
    },
    copyCliCommand: {
      doing: l10n.t('copying a command'),
      run: ({ ref }) => copyCliCommand(services, ref),
    },
    openInConsole: {
      doing: l10n.t('opening the AWS console'),
      run: ({ ref }) => openInConsole(services, ref),
    },
    showKeys: {
      doing: l10n.t('reading key names'),
      async run({ node, ref: selected }) {
        const ref = selected ?? (await pickResource(services, l10n.t('Show Keys')));
        if (ref) {
          const keys = await readJsonKeys(services, ref);
          model.setKeys(
            ref,
            keys.map(({ name }) => name),
            node,
          );
        }
      },
    },
  };
}

function viewCommands(
  services: Services,
  model: ExplorerModel,
  host: HostActions,
): Record<string, TableEntry> {
  const doing = l10n.t('changing the explorer');
  return {
    refresh: { doing, run: ({ node }) => model.refresh(node) },
    loadMore: {
      doing: l10n.t('loading more'),
      run: async ({ node }) => node?.kind === 'loadMore' && (await model.loadMore(node)),
    },
    retry: { doing: l10n.t('trying again'), run: ({ node }) => model.retry(parentOfProblem(node)) },
    setFilter: {
      doing,
      async run() {
        const { filter: current, ...view } = model.view;
        const filter = await setFilter(services, current);
        if (filter !== undefined) {
          await model.setView(filter === 'clear' ? view : { ...view, filter });
        }
      },
    },
    clearFilter: {
      doing,
      async run() {
        const { filter: _, ...view } = model.view;
        await model.setView(view);
      },
    },
    sortBy: {
      doing,
      async run() {
        const sort = await sortBy(services, model.view.sort);
        if (sort) {
          await model.setView({ ...model.view, sort });
        }
      },
    },
    showPendingDeletion: {
      doing,
      run: () => model.setView({ ...model.view, showPendingDeletion: true }),
    },
    hidePendingDeletion: {
      doing,
      run: () => model.setView({ ...model.view, showPendingDeletion: false }),
    },
    useTreeLayout: { doing, run: () => host.setLayout('tree') },
    useFlatLayout: { doing, run: () => host.setLayout('flat') },
    pin: {
      doing: l10n.t('pinning'),
      run: ({ refs }) => pin(services, refs).then(() => model.repaint()),
    },
    unpin: {
      doing: l10n.t('unpinning'),
      run: ({ refs }) => unpin(services, refs).then(() => model.repaint()),
    },
    revealPin: {
      doing: l10n.t('looking up a pinned item'),
      run: async ({ ref }) => ref && (await host.reveal(ref)),
    },
    findResource: {
      doing: l10n.t('searching'),
      async run() {
        const found = await findResource(services);
        if (found) {
          await host.reveal(found);
        }
      },
    },
    clearClipboard: { doing: l10n.t('clearing the clipboard'), run: () => host.clearClipboard() },
    showLog: { doing, run: () => host.showLog() },
    openWalkthrough: {
      doing: l10n.t('opening the walkthrough'),
      run: () => host.openWalkthrough(),
    },
  };
}

function connectionCommands(
  services: Services,
  model: ExplorerModel,
  host: HostActions,
): Record<string, TableEntry> {
  const signInAndRefresh = async (profile: string | undefined): Promise<void> => {
    const signedIn = await signIn(services, profile);
    const shown = model.profiles.find(({ id }) => id === signedIn);
    if (shown) {
      model.refresh({ kind: 'profile', profile: shown });
    }
  };
  return {
    addRegion: {
      doing: l10n.t('adding a region'),
      run: ({ node }) => addRegion(services, profileOf(node)),
    },
    removeRegion: {
      doing: l10n.t('removing a region'),
      run: async ({ node }) =>
        node?.kind === 'region' &&
        (await services.connections.removeRegion(node.connection.profile, node.connection.region)),
    },
    addByArn: {
      doing: l10n.t('adding a resource by its ARN'),
      async run({ node }) {
        const profile = model.profiles.find(({ id }) => id === profileOf(node));
        const ref = await addByArn(services, profile);
        if (ref) {
          model.refresh({ kind: 'shared', connection: ref.connection });
        }
      },
    },
    removeAdded: {
      doing: l10n.t('removing a shared resource'),
      run: ({ refs }) => removeAdded(services, refs).then(() => model.repaint()),
    },
    selectConnection: {
      doing: l10n.t('selecting a connection'),
      run: () => selectConnection(services),
    },
    signIn: { doing: l10n.t('signing in'), run: ({ node }) => signInAndRefresh(profileOf(node)) },
    hideProfile: {
      doing: l10n.t('hiding a profile'),
      run: async ({ node }) =>
        node?.kind === 'profile' &&
        (await host.setHiddenProfiles([...host.hiddenProfiles(), node.profile.id])),
    },
    showHiddenProfiles: {
      doing: l10n.t('showing hidden profiles'),
      run: () => showHiddenProfiles(services, host),
    },
    openAwsConfig: { doing: l10n.t('opening the AWS config'), run: () => host.openAwsConfig() },
    remedy: {
      doing: l10n.t('trying again'),
      async run({ node }) {
        const remedies = node?.kind === 'problem' ? node.remedies : [];
        switch (remedies[0]) {
          case 'sign-in':
            return signInAndRefresh(profileOf(node));
          case 'open-config':
            return host.openAwsConfig();
          case 'trust-workspace':
            return host.manageTrust();
          case 'show-log':
            return host.showLog();
          case 'retry':
          case undefined:
            return model.retry(parentOfProblem(node));
        }
      },
    },
  };
}

async function showHiddenProfiles({ prompts }: Services, host: HostActions): Promise<void> {
  const hidden = host.hiddenProfiles();
  if (hidden.length === 0) {
    prompts.inform(l10n.t('No profile is hidden.'));
    return;
  }
  const all = '';
  const shown = await prompts.pick(
    [
      ...(hidden.length > 1
        ? [{ label: l10n.t('All Hidden Profiles'), icon: 'eye', value: all }]
        : []),
      ...hidden.map((id) => ({ label: id, icon: 'account', value: id })),
    ],
    { title: l10n.t('Show Hidden Profiles'), placeholder: l10n.t('Which profile to show again') },
  );
  if (shown !== undefined) {
    await host.setHiddenProfiles(shown === all ? [] : hidden.filter((id) => id !== shown));
  }
}

function parentOfProblem(node: Node | undefined): Node | undefined {
  return node?.kind === 'problem' ? node.parent : node;
}

/** A key node's id is its place and its name. */
function keyOf(
  node: Node | undefined,
): { readonly name: string; readonly index: number } | undefined {
  return node?.kind === 'detail' && node.detail === 'key'
    ? { name: node.label, index: Number.parseInt(node.id, 10) }
    : undefined;
}
