import { join } from 'node:path';
import { repositoryRoot } from '../host/paths.ts';
import { activationFigures } from './activationFigures.ts';
import { bundleFigures } from './bundleFigures.ts';
import { report, type Figure } from './figures.ts';
import { Sessions } from './sessions.ts';

/** `npm run bench`: one JSON line a figure; exits with 1 when a limit is broken. */

const bundle = join(repositoryRoot, 'dist', 'extension.js');

let ok = true;
function reportAll(figures: readonly Figure[]): void {
  for (const figure of figures) {
    ok = report(figure) && ok;
  }
}

reportAll(await bundleFigures());
reportAll(await activationFigures(bundle));
const sessions = await Sessions.start({ secrets: 500_000, parameters: 100_000 });
try {
  reportAll(await sessions.run('callsSession.ts', [bundle]));
  reportAll(await sessions.run('loadSession.ts', [bundle, 'tree', 'Name']));
  reportAll(await sessions.run('loadSession.ts', [bundle, 'flat', 'Last Changed']));
} finally {
  await sessions.stop();
}
process.exitCode = ok ? 0 : 1;
