/** A request that a fault has got hold of: everything that an action can do with it. */

import type { IncomingMessage } from "node:http";
import type { FastifyReply } from "fastify";
import type { Clock } from "../../../core/clock.ts";
import type { Random } from "../../../core/random.ts";
import type { Account } from "../../engine/account.ts";
import type { RestReply } from "../reply.ts";
import type { RequestRecord } from "../request-record.ts";

export interface Means {
  readonly clock: Clock;
  readonly random: Random;
  /** What the exchange really knows, where a reply has to say something else. */
  readonly account: Account;
}

export class HeadInHand {
  readonly incoming: IncomingMessage;
  readonly record: RequestRecord;
  protected readonly outgoing: FastifyReply;
  readonly means: Means;

  constructor(record: RequestRecord, outgoing: FastifyReply, means: Means) {
    this.record = record;
    this.incoming = outgoing.request.raw;
    this.outgoing = outgoing;
    this.means = means;
  }

  get random(): Random {
    return this.means.random;
  }

  reset(): void {
    this.record.connection.reset();
  }

  close(): void {
    this.record.connection.close();
  }
}

export class RequestInHand extends HeadInHand {
  /** Does the request's work. */
  readonly execute: () => RestReply;

  constructor(record: RequestRecord, outgoing: FastifyReply, means: Means, execute: () => RestReply) {
    super(record, outgoing, means);
    this.execute = execute;
  }

  /** Epoch ms of the incident. */
  nowMs(): number {
    return this.means.clock.now();
  }

  elapsed(): number {
    return this.means.clock.elapsed();
  }

  /** Calls back after incident ms; not at all where the client or the mock has ended the request by then. */
  after(ms: number, callback: () => void): void {
    this.record.after(ms, callback);
  }

  /** Sends it as it is. */
  answer(reply: RestReply): void {
    this.record.reply = reply;
    void this.outgoing.code(reply.status).headers(reply.headers).send(reply.body);
  }

  /** Sends only the head, which announces the whole body; what follows is the action's own. */
  begin(reply: RestReply): void {
    this.record.reply = reply;
    this.outgoing.hijack();
    const { raw } = this.outgoing;
    raw.writeHead(reply.status, { ...reply.headers, "content-length": Buffer.byteLength(reply.body) });
    raw.flushHeaders();
  }

  /** Sends a part of the body; `sent` is called when the network has it. */
  write(part: Buffer, sent: () => void = () => undefined): void {
    this.outgoing.raw.write(part, (error) => {
      // A client that is gone is not written to; the request's end says so.
      if (error === null || error === undefined) sent();
    });
  }

  /** The body is complete. */
  finish(): void {
    this.outgoing.raw.end();
  }
}
