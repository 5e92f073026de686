import { FakeHost } from './vscodeHost.ts';
import { Disposable, EventEmitter, type Uri } from './vscodeTypes.ts';

/** What the extension touches of the editor's API while it activates, paints its tree and searches. */
export * from './vscodeTypes.ts';

/** The other side: what a test sees of the extension and says to it. */
export const fakeHost = new FakeHost();

export const l10n = { bundle: undefined };

export const env = {
  clipboard: { readText: async () => '', writeText: async () => undefined },
  openExternal: async () => false,
};

export const commands = {
  registerCommand: (id: string, run: (...args: readonly unknown[]) => unknown): Disposable => {
    fakeHost.commands.set(id, run);
    return new Disposable(() => fakeHost.commands.delete(id));
  },
  executeCommand: async (id: string, ...args: readonly unknown[]): Promise<unknown> =>
    fakeHost.commands.get(id)?.(...args),
};

export const workspace = {
  isTrusted: true,
  onDidGrantWorkspaceTrust: new EventEmitter<void>().event,
  onDidChangeConfiguration: fakeHost.settingsChanged.event,
  getConfiguration: (section: string) => ({
    get: (key: string): unknown => fakeHost.settings.get(`${section}.${key}`),
    update: async (key: string, value: unknown) => {
      fakeHost.settings.set(`${section}.${key}`, value);
    },
  }),
  fs: { stat: async (file: Uri) => Promise.reject(new Error(`No file ${file.path}.`)) },
};

export const window = {
  createTreeView: (_id: string, options: Parameters<FakeHost['openTree']>[0]) =>
    fakeHost.openTree(options),
  createQuickPick: () => fakeHost.openSearch(),
  createStatusBarItem: () => ({ show() {}, hide() {}, dispose() {} }),
  createOutputChannel: () => ({
    logLevel: 3,
    debug() {},
    info() {},
    warn() {},
    error() {},
    show() {},
    dispose() {},
  }),
  registerFileDecorationProvider: () => new Disposable(() => undefined),
  setStatusBarMessage: () => new Disposable(() => undefined),
  showQuickPick: async (items: Parameters<FakeHost['pick']>[0]) => fakeHost.pick(items),
  showInputBox: async () => fakeHost.input(),
  showErrorMessage: async (message: string) => fakeHost.fail(message),
  showWarningMessage: async (message: string) => fakeHost.fail(message),
  showInformationMessage: async () => undefined,
  withProgress: async (_options: unknown, task: (...args: readonly unknown[]) => unknown) =>
    task({ report() {} }, { onCancellationRequested: new EventEmitter<void>().event }),
};
