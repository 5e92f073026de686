import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { commandTable } from './commandTable.ts';
import type { Services } from './commands/services.ts';
import { signIn } from './commands/signIn.ts';
import { Connections, type ConnectionPreferences } from './connections/connections.ts';
import { regionName } from './connections/partitions.ts';
import { RememberedRefs } from './core/rememberedRefs.ts';
import { systemTimers } from './core/timers.ts';
import { ExplorerView } from './explorer/explorerView.ts';
import { emptiness } from './explorer/model/explorerConnections.ts';
import { ExplorerModel } from './explorer/model/explorerModel.ts';
import { LoadedCatalog } from './explorer/model/loadedCatalog.ts';
import { registerDecorations } from './explorer/treeItem.ts';
import { LazyAws } from './lazyAws.ts';
import { registerCommands } from './registerCommands.ts';
import { revealResource } from './revealResource.ts';
import { ActiveConnectionStatus } from './ui/activeConnectionStatus.ts';
import { AwsConfigFiles } from './ui/awsConfigFiles.ts';
import { Clipboard } from './ui/clipboard.ts';
import { FailureMessages } from './ui/failureMessages.ts';
import { openAwsConfig, openWalkthrough } from './ui/hostActions.ts';
import { BrowserLinks } from './ui/links.ts';
import { OutputLog } from './ui/log.ts';
import { EditorPrompts } from './ui/prompts.ts';
import { QuickPickSearch } from './ui/searchPrompt.ts';
import { Settings } from './ui/settings.ts';
import { EditorSignInPrompts } from './ui/signInPrompts.ts';
import { DisposableStore } from './util/disposableStore.ts';

/** What a shutdown waits for. */
const farewells: (() => Promise<void>)[] = [];

/** The editor waits a few seconds for this: long enough to take a copied value off the clipboard. */
export async function deactivate(): Promise<void> {
  await Promise.all(farewells.splice(0).map((farewell) => farewell()));
}

/** Builds the rooms, joins them, registers them. Nothing is read or called before a view or a command asks. */
export function activate(context: vscode.ExtensionContext): void {
  if (vscode.l10n.bundle) {
    l10n.config({ contents: vscode.l10n.bundle });
  }
  const store = new DisposableStore();
  context.subscriptions.push(store);
  const { env } = process;
  const clock = { now: () => Date.now() };
  const memory = context.globalState;
  const log = store.add(new OutputLog());
  const settings = store.add(new Settings());
  const links = new BrowserLinks();
  const files = store.add(new AwsConfigFiles(env));
  const connections = store.add(
    new Connections({ files, env, memory, settings: connectionPreferences(settings) }),
  );
  const aws = new LazyAws(
    {
      settingsFor: (connection) => connections.lastSettingsFor(connection),
      env,
      prompts: new EditorSignInPrompts(links),
      log,
      clock,
      isTrusted,
      ...(vscode.l10n.bundle && { messages: vscode.l10n.bundle }),
    },
    () => connections.profiles(),
  );
  const layout = () => ({ layout: settings.layout.value, pageSize: settings.pageSize.value });
  const model = new ExplorerModel({
    connections,
    aws: aws.get,
    memory,
    clock,
    log,
    layout,
    isTrusted,
  });
  store.add(model);

  const isProduction = (profile: string): boolean =>
    connections.isProduction({ profile, ...model.identities.identity(profile) });
  const active = store.add(
    new ActiveConnectionStatus({
      active: async () => (isTrusted() ? connections.active() : undefined),
      isProduction,
      changes: [
        connections.onDidChange,
        connections.onDidChangeActive,
        model.identities.onDidChange,
      ],
    }),
  );
  const catalog = new LoadedCatalog(model.branches, () => active.connection);
  const pins = new RememberedRefs(memory, 'pins');
  const view = store.add(
    new ExplorerView(model, {
      faces: () => ({
        now: clock.now(),
        identityState: (profile) => model.identities.state(profile),
        isProduction,
        regionName,
        keys: (ref) => model.keys(ref),
        isPinned: (ref) => pins.has(ref),
      }),
      indexLimit: () => settings.indexLimit.value,
      overdue: () => (settings.badge.value ? catalog.overdueCount(clock.now()) : 0),
      emptiness: () => emptiness(connections, isTrusted()),
      onPainted: () => void active.update(),
    }),
  );
  store.add(files.onDidChange(() => void aws.reset().then(() => model.refresh())));
  store.add(connections.onDidChange(() => model.repaint()));
  store.add(settings.layout.onDidChange(() => model.refresh()));
  store.add(settings.pageSize.onDidChange(() => model.refresh()));
  store.add(vscode.workspace.onDidGrantWorkspaceTrust(() => model.refresh()));
  store.add(registerDecorations());

  const prompts = new EditorPrompts();
  const clipboard = store.add(
    new Clipboard({
      clock,
      timers: systemTimers,
      clearSeconds: () => settings.clipboardClearSeconds.value,
      clearCommand: 'secretManager.clearClipboard',
    }),
  );
  farewells.push(() => clipboard.clearNow());
  const services: Services = {
    connections,
    aws: aws.get,
    prompts,
    searchPrompt: new QuickPickSearch(),
    clipboard,
    links,
    catalog,
    memory,
    timers: systemTimers,
    shell: process.platform === 'win32' ? 'powershell' : 'posix',
  };
  const openConfig = (): Promise<void> => openAwsConfig(files.configPath);
  const messages = new FailureMessages({
    showLog: () => log.show(),
    openConfig,
    signIn: async (profile) => (await signIn(services, profile)) !== undefined,
  });
  const table = commandTable(services, model, {
    reveal: (ref) => revealResource(ref, { aws: aws.get, prompts, model, view }),
    openAwsConfig: openConfig,
    openWalkthrough: () => openWalkthrough(context.extension.id),
    showLog: () => log.show(),
    clearClipboard: () => clipboard.clearNow(),
    setLayout: (wanted) => settings.setLayout(wanted),
    hiddenProfiles: () => settings.hiddenProfiles.value,
    setHiddenProfiles: (profiles) => settings.setHiddenProfiles(profiles),
    manageTrust: () => messages.manageTrust(),
  });
  store.add(registerCommands(table, { log, view: messages }, () => view.selection));
}

function isTrusted(): boolean {
  return vscode.workspace.isTrusted;
}

/** The settings that decide which profiles there are, as one event. */
function connectionPreferences(settings: Settings): ConnectionPreferences {
  const { hiddenProfiles, production, instanceRole } = settings;
  const changes = [hiddenProfiles.onDidChange, production.onDidChange, instanceRole.onDidChange];
  return {
    hiddenProfiles: () => hiddenProfiles.value,
    production: () => production.value,
    instanceRole: () => instanceRole.value,
    onDidChange: (listener) =>
      vscode.Disposable.from(...changes.map((change) => change(() => listener()))),
  };
}
