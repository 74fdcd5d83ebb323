/** For tests of the public streams: a real WebSocket client that waits for what a test wants to see. */

import WebSocket from "ws";

export type Json = Record<string, unknown>;

/** A client of a public stream that keeps what it was sent and can wait for what it wants. */
export class PublicClient {
  readonly frames: Json[] = [];
  readonly texts: string[] = [];
  readonly ws: WebSocket;
  #wake: () => void = () => undefined;

  constructor(url: string, deflate = true) {
    this.ws = new WebSocket(url, { perMessageDeflate: deflate });
    this.ws.on("message", (data: Buffer) => {
      this.texts.push(data.toString());
      this.frames.push(JSON.parse(data.toString()) as Json);
      this.#wake();
    });
  }

  send(frame: unknown): void {
    this.ws.send(typeof frame === "string" ? frame : JSON.stringify(frame));
  }

  /** The first frame that fits, sent already or to come. */
  async next(fits: (frame: Json) => boolean): Promise<Json> {
    for (let at = 0; ; at += 1) {
      while (at >= this.frames.length) await new Promise<void>((resolve) => (this.#wake = resolve));
      const frame = this.frames[at];
      if (frame !== undefined && fits(frame)) return frame;
    }
  }

  /** The first `count` messages of a topic, and no more of them, however late one asks. */
  async topics(topic: string, count: number): Promise<Json[]> {
    const found = (): Json[] => this.frames.filter((frame) => frame.topic === topic);
    await this.until(() => found().length >= count);
    return found().slice(0, count);
  }

  /** Until what was sent fits. */
  async until(fits: () => boolean): Promise<void> {
    while (!fits()) await new Promise<void>((resolve) => (this.#wake = resolve));
  }
}
