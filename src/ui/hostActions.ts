import * as vscode from 'vscode';

const extensionWalkthrough = 'getStarted';

/** Opens the AWS config file, or a new document under its path that the person saves to make it. */
export async function openAwsConfig(path: string): Promise<void> {
  const file = vscode.Uri.file(path);
  const exists = await vscode.workspace.fs.stat(file).then(
    () => true,
    () => false,
  );
  await vscode.window.showTextDocument(exists ? file : file.with({ scheme: 'untitled' }));
}

export async function openWalkthrough(extensionId: string): Promise<void> {
  await vscode.commands.executeCommand(
    'workbench.action.openWalkthrough',
    `${extensionId}#${extensionWalkthrough}`,
    false,
  );
}
