import type { Connection } from '../core/connection.ts';
import type { Event } from '../util/emitter.ts';
import { DisposableStore, type Disposable } from '../util/disposableStore.ts';
import { ConnectionStatusBar } from './statusBar.ts';

export interface ActiveConnectionPorts {
  active(): Promise<Connection | undefined>;
  isProduction(profile: string): boolean;
  /** What may make another connection the active one, or change what is known of it. */
  readonly changes: readonly Event<unknown>[];
}

/** Keeps the status bar true. Shows nothing until the first `update`, so that activation reads no file. */
export class ActiveConnectionStatus implements Disposable {
  readonly #ports: ActiveConnectionPorts;
  readonly #store = new DisposableStore();
  readonly #statusBar = this.#store.add(new ConnectionStatusBar());
  #connection: Connection | undefined;
  #isShown = false;

  constructor(ports: ActiveConnectionPorts) {
    this.#ports = ports;
    for (const change of ports.changes) {
      this.#store.add(
        change(() => {
          if (this.#isShown) {
            void this.update();
          }
        }),
      );
    }
  }

  /** As of the last update. */
  get connection(): Connection | undefined {
    return this.#connection;
  }

  async update(): Promise<void> {
    this.#isShown = true;
    const connection = await this.#ports.active();
    this.#connection = connection;
    this.#statusBar.show(
      connection && { connection, isProduction: this.#ports.isProduction(connection.profile) },
    );
  }

  dispose(): void {
    this.#store.dispose();
  }
}
