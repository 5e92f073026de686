import { setTimeout as wait } from 'node:timers/promises';
import { activateBundle } from '../fakes/activateBundle.ts';
import { fakeHost } from '../fakes/vscodeApi.ts';
import type { HostNode } from '../fakes/vscodeHost.ts';
import { child, expand, paint } from './extensionHost.ts';
import { newListCalls, tell } from './parent.ts';
import { longestBlock, type Span } from './stopwatch.ts';

/**
 * What it costs to hold 50,000 secrets: memory, and how long the event loop stands still while they are loaded, painted,
 * filtered and searched. The arguments: the bundle, `tree` or `flat`, and the sort order's label.
 */
const [, , bundle = '', layout = '', order = ''] = process.argv;
const items = 50_000;
const pageSize = 100;

shortenIndexPause();
fakeHost.settings.set('secretManager.explorer.indexLimit', items);
fakeHost.settings.set('secretManager.explorer.layout', layout);
activateBundle(bundle);
await paint();
const before = heapUsed();
const branch = [
  ['profile', 'synthetic'],
  ['region', 'eu-west-1'],
  ['branch', 'Secrets'],
] as const;
await fakeHost.run('secretManager.sortBy', [], [order]);

// Not counted: the first call loads the SDK, which has a figure of its own.
await expand(...branch);
const region = await expand(...branch.slice(0, -1));
const secrets = child(region, 'branch', 'Secrets');

tellBlock('loading', await longestBlock(load));
tell({
  name: `memory.heapGrowth.${layout}`,
  value: (heapUsed() - before) / 1024 ** 2,
  unit: 'MB',
  limit: 60,
});
tellBlock('painting', await longestBlock(openAndLoadMore));
tellBlock('searching', await longestBlock(search));
tellBlock('revealing', await longestBlock(reveal));
tellBlock('filtering', await longestBlock(filter));
process.exit();

/** The background index loads; the tree, open as a person left it, is painted again whenever it has grown. */
async function load(): Promise<void> {
  let open = await openNodes();
  fakeHost.tree.onDidChangeTreeData(() => void paintAll(open));
  fakeHost.showTree();
  let calls = 0;
  let idle = 0;
  while (idle < 10) {
    await wait(100);
    const more = await newListCalls();
    calls += more;
    idle = more === 0 ? idle + 1 : 0;
  }
  if (calls * pageSize < items - pageSize) {
    throw new Error(`Only ${calls} pages were loaded.`);
  }
  open = [];
}

/** In the tree layout two folders, one in the other, and the ten that the inner one shows. */
async function openNodes(): Promise<readonly (readonly HostNode[])[]> {
  if (layout === 'flat') {
    return [[secrets]];
  }
  const applications = await paint(secrets);
  const application = child(applications, 'folder', 'app-0001');
  const environment = child(await paint(application), 'folder', 'dev');
  const services = (await paint(environment)).filter(({ kind }) => kind === 'folder').slice(0, 10);
  for (const service of services) {
    await paint(service);
  }
  return [[secrets], [application], [environment], services];
}

/** Level by level, the siblings at once: that is how the editor asks for what is open. */
async function paintAll(open: readonly (readonly HostNode[])[]): Promise<void> {
  for (const level of open) {
    await Promise.all(level.map((node) => paint(node)));
  }
}

async function openAndLoadMore(): Promise<void> {
  const shown = await paint(secrets);
  for (const folder of shown.filter(({ kind }) => kind === 'folder').slice(0, 10)) {
    await paint(folder);
  }
  for (let step = 0; step < 20; step += 1) {
    const more = (await paint(secrets)).find(({ kind }) => kind === 'loadMore');
    if (more) {
      await fakeHost.run('secretManager.loadMore', [more]);
    }
  }
}

async function search(): Promise<void> {
  const searching = fakeHost.run('secretManager.findResource');
  await wait(1);
  for (const text of ['app-0042/prod', 'e', 'no such name']) {
    fakeHost.search.type(text);
    while (fakeHost.search.busy) {
      await wait(5);
    }
  }
  fakeHost.search.hide();
  await searching;
}

/** "Find…" and the choice of a secret that no page has brought. */
async function reveal(): Promise<void> {
  const searching = fakeHost.run('secretManager.findResource');
  await wait(1);
  fakeHost.search.type('app-0400/prod/orders/queue');
  while (fakeHost.search.busy) {
    await wait(5);
  }
  fakeHost.search.accept('app-0400/prod/orders/queue');
  await searching;
  await paint(secrets);
}

async function filter(): Promise<void> {
  await fakeHost.run('secretManager.setFilter', [], ['Name Begins With', 'app-02']);
  await expand(...branch);
  await fakeHost.run('secretManager.clearFilter');
  await expand(...branch);
}

function tellBlock(activity: string, { cpu, wall }: Span): void {
  const name = `block.${activity}.${layout}`;
  tell({ name, value: cpu, unit: 'ms', limit: 50 });
  tell({ name: `${name}.wallClock`, value: wall, unit: 'ms' });
}

function heapUsed(): number {
  if (!globalThis.gc) {
    throw new Error('Needs --expose-gc.');
  }
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

/** The index waits a second between two pages; for 500 of them nobody waits here. */
function shortenIndexPause(): void {
  const real = globalThis.setTimeout;
  const shortened = (run: () => void, milliseconds?: number) =>
    real(run, milliseconds === 1000 ? 1 : milliseconds);
  globalThis.setTimeout = Object.assign<typeof shortened, typeof setTimeout>(shortened, real);
}
