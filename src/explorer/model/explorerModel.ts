import type { Connection, Profile } from '../../core/connection.ts';
import type { Aws, Clock, Log, Memory } from '../../core/ports.ts';
import { resourceRef, type Resource, type ResourceRef } from '../../core/resources.ts';
import { RememberedRefs } from '../../core/rememberedRefs.ts';
import { Emitter } from '../../util/emitter.ts';
import { Answers } from './answers.ts';
import type { ExplorerConnections } from './explorerConnections.ts';
import { Branches, type BranchLayout } from './branches.ts';
import { detailsOf, groupsOf, keyNodes } from './details.ts';
import { Identities } from './identities.ts';
import { KeyNames } from './keyNames.ts';
import {
  nodeId,
  type BranchNode,
  type DetailNode,
  type FolderNode,
  type LoadMoreNode,
  type Node,
  type ProfileNode,
  type ResourceNode,
} from './nodes.ts';
import {
  contentNodes,
  holderOf,
  holds,
  parentOf,
  placeOf,
  refreshedWith,
  resourceNode,
  sharedNode,
} from './places.ts';
import { configProblemNode, noRegionNode, Problems } from './problems.ts';
import { viewOptions, type ViewOptions } from './viewOptions.ts';
import { SharedResources } from './sharedResources.ts';

export interface ExplorerPorts {
  readonly connections: ExplorerConnections;
  readonly aws: () => Promise<Aws>;
  readonly memory: Memory;
  readonly clock: Clock;
  readonly log: Log;
  readonly layout: () => BranchLayout;
  readonly isTrusted: () => boolean;
}

/** The tree's content: which node has which children, and what they cost. Knows nothing of how a node looks. */
export class ExplorerModel {
  readonly #ports: ExplorerPorts;
  readonly #branches: Branches;
  readonly #shared: SharedResources;
  readonly #pins: RememberedRefs;
  readonly #problems: Problems;
  readonly #details = new Answers<ResourceNode, readonly DetailNode[]>();
  readonly #keys = new KeyNames();
  readonly #changed = new Emitter<Node | undefined>();
  #profiles: readonly Profile[] = [];

  readonly identities: Identities;
  /** Fires with the node whose children or face changed, or undefined for the whole tree. */
  readonly onDidChange = this.#changed.event;

  constructor(ports: ExplorerPorts) {
    this.#ports = ports;
    this.#branches = new Branches(ports.aws);
    this.#pins = new RememberedRefs(ports.memory, 'pins');
    this.#shared = new SharedResources(ports.aws, ports.memory);
    this.#problems = new Problems(ports.log);
    this.identities = new Identities(ports.aws);
    this.identities.onDidChange((id) => {
      const profile = this.#profiles.find((candidate) => candidate.id === id);
      if (profile) {
        this.#changed.fire({ kind: 'profile', profile });
      }
    });
  }

  get view(): ViewOptions {
    return viewOptions(this.#ports.memory.get('explorer.view'));
  }

  /** The profiles that the tree shows, as of its last painting. */
  get profiles(): readonly Profile[] {
    return this.#profiles;
  }

  get branches(): Branches {
    return this.#branches;
  }

  async setView(view: ViewOptions): Promise<void> {
    await this.#ports.memory.update('explorer.view', view);
    this.#branches.drop(() => true);
    this.#changed.fire(undefined);
  }

  /** Forgets what was loaded with the node (everything without one) and paints it anew. */
  refresh(node?: Node): void {
    const refreshed = refreshedWith(node);
    if (refreshed === undefined || refreshed.kind === 'profile') {
      this.identities.forget(refreshed?.profile.id);
    }
    this.#keys.drop(
      ({ connection, kind }) =>
        holds(refreshed, connection, kind) || holds(refreshed, connection, 'shared'),
    );
    this.#branches.drop((connection, kind) => holds(refreshed, connection, kind));
    this.#shared.drop((connection) => holds(refreshed, connection, 'shared'));
    this.#details.drop(({ connection, place, resource }) =>
      holds(refreshed, connection, place === 'shared' ? 'shared' : resource.kind),
    );
    this.#changed.fire(refreshed);
  }

  repaint(node?: Node): void {
    this.#changed.fire(node);
  }

  async children(node?: Node): Promise<readonly Node[]> {
    try {
      return await this.#children(node);
    } catch (error) {
      if (node === undefined) {
        throw error;
      }
      return [this.#problems.node(node, error)];
    }
  }

  /** The node one level up, as `children` would give it. */
  parent(node: Node): Node | undefined {
    return parentOf(node, {
      layout: this.#ports.layout().layout,
      profile: (id) => this.#profiles.find((profile) => profile.id === id),
      homeRegion: (profile) => this.#ports.connections.regions(profile)[0],
    });
  }

  async loadMore({ parent }: LoadMoreNode): Promise<void> {
    const place = placeOf(parent);
    if (place) {
      await this.#branch(place.branch).more(place.prefix);
      this.#changed.fire(parent);
    }
  }

  /** Tries again what failed at the node. What was loaded beside it stays. */
  async retry(node: Node | undefined): Promise<void> {
    const place = node && placeOf(node);
    if (place) {
      await this.#branch(place.branch).retry(place.prefix);
      this.#changed.fire(node);
    } else if (node?.kind === 'group') {
      const failed = nodeId(node);
      this.#details.drop((_, key) => key === failed);
      this.#changed.fire(node);
    } else {
      this.refresh(node);
    }
  }

  /** Shows the names of a secret's JSON keys, which a command has read at the person's wish. */
  setKeys(ref: ResourceRef, names: readonly string[], node?: Node): void {
    this.#keys.set(ref, names);
    this.#changed.fire(node?.kind === 'group' ? node.parent : node);
  }

  keys(ref: ResourceRef): readonly string[] | undefined {
    return this.#keys.get(ref);
  }

  /** The node of a resource in its place, made visible even when no page has brought it. For `TreeView.reveal`. */
  locate(connection: Connection, resource: Resource): ResourceNode {
    if (this.#shared.isAdded(resourceRef(connection, resource))) {
      return sharedNode(connection, resource);
    }
    const branch: BranchNode = { kind: 'branch', connection, resources: resource.kind };
    this.#branch(branch).put(resource);
    const folder = holderOf(this.#ports.layout().layout, branch, resource.name);
    this.#changed.fire(branch);
    return resourceNode(connection, resource, folder.kind === 'folder' ? folder.prefix : '');
  }

  /** Ends what is being loaded below a node that the person has closed. */
  cancel(node: Node): void {
    const place = placeOf(node);
    if (place && this.#branch(place.branch).cancel(place.prefix)) {
      this.#changed.fire(node);
    }
  }

  dispose(): void {
    this.#branches.drop(() => true);
    this.#shared.drop(() => true);
    this.#details.drop(() => true);
    this.identities.forget();
    this.#changed.dispose();
  }

  async #children(node: Node | undefined): Promise<readonly Node[]> {
    switch (node?.kind) {
      case undefined:
        return this.#roots();
      case 'pins':
        return this.#pins.all().map((ref) => ({ kind: 'pin', ref }));
      case 'profile':
        return this.#profileChildren(node);
      case 'region':
        return [
          { kind: 'branch', connection: node.connection, resources: 'secret' },
          { kind: 'branch', connection: node.connection, resources: 'parameter' },
          { kind: 'shared', connection: node.connection },
        ];
      case 'branch':
        return this.#folderChildren(node, node, '');
      case 'folder':
        return this.#folderChildren(node, node.branch, node.prefix);
      case 'shared': {
        const shared = await this.#shared.of(node.connection);
        return [
          ...shared.resources.map((resource) => sharedNode(node.connection, resource)),
          ...(shared.error === undefined ? [] : [this.#problems.node(node, shared.error)]),
        ];
      }
      case 'resource':
        return groupsOf(node);
      case 'group':
        return this.#groupChildren(node);
      case 'pin':
      case 'detail':
      case 'loadMore':
      case 'problem':
        return [];
    }
  }

  async #roots(): Promise<readonly Node[]> {
    const { connections, isTrusted } = this.#ports;
    if (!isTrusted()) {
      this.#profiles = [];
      return [];
    }
    this.#profiles = await connections.profiles();
    const problems = await connections.problems();
    return [
      ...[...new Set(problems)].map(configProblemNode),
      ...(this.#pins.all().length > 0 ? [{ kind: 'pins' } as const] : []),
      ...this.#profiles.map((profile) => ({ kind: 'profile', profile }) as const),
    ];
  }

  #profileChildren(node: ProfileNode): readonly Node[] {
    const { profile } = node;
    const regions = this.#ports.connections.regions(profile);
    const home = regions[0];
    if (home !== undefined) {
      void this.identities.ask({ profile: profile.id, region: home });
    }
    const state = this.identities.state(profile.id);
    return [
      ...(home === undefined ? [noRegionNode(node)] : []),
      ...(state?.kind === 'failed' ? [this.#problems.node(node, state.error)] : []),
      ...regions.map((region): Node => {
        const connection = { profile: profile.id, region };
        return { kind: 'region', connection, isHome: region === home };
      }),
    ];
  }

  async #folderChildren(
    node: BranchNode | FolderNode,
    branch: BranchNode,
    prefix: string,
  ): Promise<readonly Node[]> {
    const view = await this.#branch(branch).open(prefix);
    return [
      ...contentNodes(branch, prefix, view),
      ...(view.error === undefined ? [] : [this.#problems.node(node, view.error)]),
      ...(view.more > 0 ? [{ kind: 'loadMore', parent: node, count: view.more } as const] : []),
    ];
  }

  async #groupChildren(node: Extract<Node, { kind: 'group' }>): Promise<readonly DetailNode[]> {
    const { connection, resource } = node.parent;
    if (node.group === 'keys') {
      const names = this.keys(resourceRef(connection, resource));
      return names ? keyNodes(node.parent, names) : [];
    }
    return this.#details.get(nodeId(node), { about: node.parent, basis: resource }, (signal) =>
      detailsOf(node, this.#ports.aws, this.#ports.clock.now(), signal),
    );
  }

  #branch({ connection, resources }: BranchNode): ReturnType<Branches['get']> {
    return this.#branches.get(connection, resources, this.view, this.#ports.layout());
  }
}
