import './hostBuiltins.ts';
import { setTimeout as wait } from 'node:timers/promises';
import { activateBundle } from '../fakes/activateBundle.ts';
import { fakeHost } from '../fakes/vscodeApi.ts';
import { expand, paint, watchSdkModules } from './extensionHost.ts';
import { newListCalls, tell } from './parent.ts';
import { longestBlock, type Span } from './stopwatch.ts';

/** What the tree and its searches cost in calls, in an account of half a million secrets. */

const sdkModules = watchSdkModules();
fakeHost.settings.set('secretManager.explorer.indexLimit', 0);
activateBundle(process.argv[2] ?? '');
await paint();
tell({
  name: 'sdk.modulesLoadedByFirstPaint',
  value: sdkModules.size,
  unit: 'modules',
  limit: 0,
});

const region = [
  ['profile', 'synthetic'],
  ['region', 'eu-west-1'],
] as const;
const secrets = [...region, ['branch', 'Secrets']] as const;
const parameters = [...region, ['branch', 'Parameters']] as const;

const first = await longestBlock(async () => {
  await expand(...secrets);
});
if (sdkModules.size === 0) {
  throw new Error(
    'A call was made, and no module of the SDK was seen: the count above means nothing.',
  );
}
tellBlock('block.sdkLoadAndFirstCall', first);
tell({
  name: 'calls.firstPaint.secrets',
  value: await newListCalls(),
  unit: 'calls',
  limit: 1,
});
await expand(...parameters);
tell({
  name: 'calls.firstPaint.parameters',
  value: await newListCalls(),
  unit: 'calls',
  limit: 1,
});

const services = await expand(...secrets, ['folder', 'app-0001'], ['folder', 'dev']);
await newListCalls();
const folders = services.filter(({ kind }) => kind === 'folder').slice(0, 10);
for (const folder of folders) {
  await paint(folder);
}
tell({
  name: `calls.expand${folders.length}Folders`,
  value: await newListCalls(),
  unit: 'calls',
  limit: 10,
});

const filters = [
  ['Name Begins With', 'app-0250/prod/pay'],
  ['Name Contains', 'ledger'],
  ['Path', 'app-0100/test'],
  ['Tag', 'Application=app-0300'],
  ['Description', 'database for app-0200'],
  ['Any Word', 'webhook'],
  ['Type of Parameter', 'SecureString'],
  ['Among Loaded Items', 'smtp'],
] as const;
let mostForFilter = 0;
for (const [kind, text] of filters) {
  await fakeHost.run('secretManager.setFilter', [], [kind, text]);
  await expand(...secrets);
  await expand(...parameters);
  mostForFilter = Math.max(mostForFilter, await newListCalls());
}
tell({ name: 'calls.filterBothBranches', value: mostForFilter, unit: 'calls', limit: 2 });
await fakeHost.run('secretManager.clearFilter');
await expand(...secrets);
await newListCalls();

const searching = fakeHost.run('secretManager.findResource');
await wait(1);
let mostForQuery = 0;
for (const text of ['app-0123/prod', 'webhook', 'no such name']) {
  fakeHost.search.type(text);
  while (fakeHost.search.busy) {
    await wait(5);
  }
  mostForQuery = Math.max(mostForQuery, await newListCalls());
}
tell({ name: 'calls.findQuery', value: mostForQuery, unit: 'calls', limit: 2 });
fakeHost.search.hide();
await searching;
process.exit();

function tellBlock(name: string, { cpu, wall }: Span): void {
  tell({ name, value: cpu, unit: 'ms', limit: 50 });
  tell({ name: `${name}.wallClock`, value: wall, unit: 'ms' });
}
