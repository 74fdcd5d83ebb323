/**
 * A proxy's port with a door in it: while the door is shut a dial is refused, live connections go on, and nobody else
 * can be given the port. For that a connection of the port to itself is kept: the system gives away no port that is
 * part of a connection.
 */

import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { openListener, type Listener } from "./listener.ts";

export class Door {
  readonly #onClient: (client: Socket) => void;
  #listener!: Listener;
  /** Both ends of the connection that keeps the port while the door is shut. */
  #keepers: Socket[] = [];
  #shut = false;
  #closed = false;
  #wanted = false;
  #moved: Promise<void> = Promise.resolve();
  readonly #closing: Promise<void>[] = [];

  private constructor(onClient: (client: Socket) => void) {
    this.#onClient = onClient;
  }

  static async open(listen: string, onClient: (client: Socket) => void): Promise<Door> {
    const door = new Door(onClient);
    door.#listener = await openListener(listen, (client) => door.#come(client));
    return door;
  }

  get address(): string {
    return this.#listener.address;
  }

  /** Resolves when the door is as it was last wanted; of changes in one turn the last one counts. */
  shut(wanted: boolean): Promise<void> {
    this.#wanted = wanted;
    this.#moved = this.#moved.catch(() => undefined).then(() => this.#move());
    return this.#moved;
  }

  /** Frees the port at once; resolves when every socket it has accepted is gone too. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const keeper of this.#keepers) keeper.destroy();
    if (!this.#shut) this.#closing.push(this.#listener.close());
    await Promise.all(this.#closing);
  }

  async #move(): Promise<void> {
    while (this.#shut !== this.#wanted && !this.#closed) {
      if (this.#wanted) await this.#shutNow();
      else await this.#reopen();
    }
  }

  async #shutNow(): Promise<void> {
    const { address, port } = this.#listener;
    const host = address.slice(0, address.lastIndexOf(":")).replace(/^\[|\]$/g, "");
    const keeper = connect({ port, host: host === "::" ? "::1" : host });
    keeper.on("error", () => undefined);
    this.#keepers = [keeper];
    await Promise.race([once(keeper, "connect"), once(keeper, "close")]).catch(() => undefined);
    if (this.#closed) {
      keeper.destroy();
      return;
    }
    this.#shut = true;
    this.#closing.push(this.#listener.close());
  }

  async #reopen(): Promise<void> {
    const listener = await openListener(this.#listener.address, (client) => this.#come(client));
    if (this.#closed) {
      await listener.close();
      return;
    }
    this.#listener = listener;
    this.#shut = false;
    for (const keeper of this.#keepers) keeper.destroy();
    this.#keepers = [];
  }

  #come(client: Socket): void {
    const [keeper] = this.#keepers;
    if (keeper !== undefined && client.remotePort === keeper.localPort) {
      client.on("error", () => undefined).resume();
      this.#keepers.push(client);
    } else this.#onClient(client);
  }
}
