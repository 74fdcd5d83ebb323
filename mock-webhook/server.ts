/**
 * A webhook as Discord has it, on a real socket: executes it (POST, with or without `wait`, JSON or multipart), shows it
 * (GET), holds messages to Discord's limits and senders to its rate. What is taken is in the journal and nowhere else: a
 * message cannot be fetched, edited or deleted afterwards, and threads, components and polls are not looked at.
 */

import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Clock } from "../core/clock.ts";
import { createServer } from "../core/http.ts";
import type { JournalSink } from "../core/journal/event.ts";
import { cannotListen } from "../mock-kit/cannot-listen.ts";
import { HttpConnections } from "../mock-kit/http/connections.ts";
import { channelId, path, webhook, webhookPath } from "./address.ts";
import { WebhookFaults } from "./faults/webhook-faults.ts";
import { embedCharacters, fieldsOf, isReply, readMessage, textOf, type Message } from "./message.ts";
import { RateLimit } from "./rate-limit.ts";
import { readBody } from "./read-body.ts";
import { invalidToken, json, noContent, refusal, unknownWebhook, type Reply } from "./reply.ts";
import { RequestInHand } from "./request-in-hand.ts";

export interface WebhookServerOptions {
  clock: Clock;
  journal: JournalSink;
  /** 0 takes a free port. */
  port?: number;
}

export interface WebhookServer {
  readonly port: number;
  readonly url: string;
  readonly faults: WebhookFaults;
  close(): Promise<void>;
}

const host = "127.0.0.1";
/** Discord's own limit of a request. */
const mostBytes = 25 * 1024 * 1024;

export async function startWebhookServer({ clock, journal, port = 0 }: WebhookServerOptions): Promise<WebhookServer> {
  const limit = new RateLimit();
  const faults = new WebhookFaults(clock, journal, limit);
  let taken = 0;

  const take = (request: RequestInHand, message: Message, wait: boolean): Reply => {
    taken += 1;
    const id = String(BigInt(webhook.id) + BigInt(taken));
    const [text, fields, characters] = [textOf(message), fieldsOf(message), embedCharacters(message)];
    request.message = id;
    const connection = request.connection.name;
    journal.write("webhook.accepted", { connection, message: id, text: text.slice(0, 2_000), fields, characters });
    if (!wait) return noContent;
    const { content = "", embeds = [] } = message;
    const at = { channel_id: channelId, webhook_id: webhook.id, timestamp: new Date(clock.now()).toISOString() };
    return json(200, { id, type: 0, content, embeds, ...at });
  };

  const execute = async (request: RequestInHand, bytes: Buffer, type: string, wait: boolean): Promise<void> => {
    const body = await readBody(bytes, type);
    const read = "value" in body ? readMessage(body.value, body.files) : body;
    if (!isReply(read)) request.text = textOf(read);
    request.perform = (): Reply => {
      const refused = limit.refuses(clock.now());
      if (refused !== undefined) return refused;
      const reply = isReply(read) ? read : take(request, read, wait);
      return { ...reply, headers: { ...reply.headers, ...limit.headers(clock.now()) } };
    };
    faults.serve(request);
  };

  const server = createServer((incoming, outgoing) => {
    const request = new RequestInHand(connections.of(incoming.socket), incoming, outgoing, { clock, journal, limit });
    receive(incoming, outgoing, (bytes) => {
      request.bytes = bytes.length;
      const [, id, token, query = ""] = path.exec(incoming.url ?? "") ?? [];
      const refused = bytes.length > mostBytes ? tooLarge : refusalOf(request.method, id, token);
      if (refused === undefined && request.method === "POST") {
        const wait = new URLSearchParams(query).get("wait") === "true";
        void execute(request, bytes, incoming.headers["content-type"] ?? "", wait);
        return;
      }
      request.perform = () => refused ?? json(200, { ...shown, token });
      faults.serve(request);
    });
  });
  const onOpened = faults.opened.bind(faults);
  const connections = new HttpConnections(server, { endpoint: "webhook", prefix: "webhook", clock, journal, onOpened });
  try {
    server.listen(port, host);
    await once(server, "listening");
  } catch (error) {
    throw cannotListen("webhook sink", `${host}:${port}`, error);
  }
  const listening = (server.address() as AddressInfo).port;
  return {
    ...{ port: listening, url: `http://${host}:${listening}${webhookPath}`, faults },
    async close() {
      faults.clear();
      const closed = once(server, "close");
      server.close();
      await connections.end();
      await closed;
    },
  };
}

const shown = { type: 1, id: webhook.id, name: "firedrill", channel_id: channelId, guild_id: null, avatar: null };
const tooLarge = refusal(413, 40_005, "Request entity too large");

function refusalOf(method: string, id: string | undefined, token: string | undefined): Reply | undefined {
  if (id === undefined) return refusal(404, 0, "404: Not Found");
  if (method !== "POST" && method !== "GET") return refusal(405, 0, "405: Method Not Allowed");
  if (id !== webhook.id) return unknownWebhook;
  return token === webhook.token ? undefined : invalidToken;
}

/** Of a body that is too large no more is kept than shows it. */
function receive(incoming: IncomingMessage, outgoing: ServerResponse, done: (bytes: Buffer) => void): void {
  const parts: Buffer[] = [];
  let size = 0;
  incoming.on("data", (part: Buffer) => {
    if (size <= mostBytes) parts.push(part);
    size += part.length;
  });
  incoming.on("error", () => outgoing.destroy());
  incoming.on("end", () => done(Buffer.concat(parts)));
}
