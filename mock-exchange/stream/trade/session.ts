/**
 * One client's trade connection: order operations as by REST, each answered with an ack. What became of an order comes
 * on the private stream.
 */

import { mayDo, mayTrade, type ApiKey } from "../../api-key.ts";
import { limitHeaders, type UserLimits } from "../../limits/user-limits.ts";
import type { RollingWindow } from "../../limits/rolling-window.ts";
import type { Clock } from "../../../core/clock.ts";
import type { Engine } from "../../engine/engine.ts";
import type { Ids } from "../../engine/ids.ts";
import type { Operation } from "../../order-entry/operation.ts";
import { checkTimestamp } from "../../rest/authenticate.ts";
import { paramsError, permissionDenied, RetError, symbolNotAllowed, tooManyVisits } from "../../protocol/ret-codes.ts";
import { proven } from "../auth.ts";
import type { StreamedOrder } from "../events.ts";
import type { Refusal, StreamSession } from "../session.ts";
import { parseRequest, type StreamRequest } from "../request.ts";
import type { StreamSocket } from "../socket.ts";

export interface TradeContext {
  clock: Clock;
  keys: readonly ApiKey[];
  engine: Engine;
  operations: ReadonlyMap<string, Operation>;
  /** For the trace ids. */
  ids: Ids;
  limits?: UserLimits | undefined;
  /** Requests of the address, over all its connections. */
  requests: RollingWindow;
}

interface Ack {
  data: Record<string, unknown>;
  retExtInfo: Record<string, unknown>;
  headers: Record<string, string>;
}

const defaultRecvWindow = "5000";
const requestsPerSecond = 3_000;
const longestReqId = 36;
/** Internal error, or the service is restarting. */
const systemError = 10016;

export class TradeSession implements StreamSession {
  readonly #socket: StreamSocket;
  readonly #context: TradeContext;
  readonly #seen = new Set<string>();
  #key: ApiKey | undefined;

  constructor(socket: StreamSocket, context: TradeContext) {
    this.#socket = socket;
    this.#context = context;
  }

  receive(text: string): void {
    const request = parseRequest(text, "reqId");
    if (typeof request === "string") this.#plain({ op: "", reqId: undefined }, 10001, request);
    else if (request.op === "ping") this.#pong(request);
    else if (request.op === "auth") this.#auth(request);
    else this.#operate(request);
  }

  refuse(text: string, { text: retMsg, retCode = systemError }: Refusal): void {
    const parsed = parseRequest(text, "reqId");
    const request = typeof parsed === "string" ? { op: "", reqId: undefined, args: [], header: {} } : parsed;
    if (request.op === "auth") this.#socket.log.authRefused(retMsg);
    const short = !this.#context.operations.has(request.op);
    if (short) this.#plain(request, retCode, retMsg);
    else this.#ack(request, retCode, retMsg, { data: {}, retExtInfo: {}, headers: {} });
  }

  closed(): void {
    this.#seen.clear();
  }

  #auth(request: StreamRequest): void {
    if (this.#key !== undefined) {
      this.#plain(request, 20001, "Repeated auth");
      return;
    }
    const key = proven(request.args, this.#context.keys, this.#context.clock.now());
    if (typeof key === "string") {
      this.#socket.log.authRefused(key);
      this.#plain(request, 10004, "Invalid sign");
      return;
    }
    this.#key = key;
    this.#socket.log.authenticated();
    this.#plain(request, 0, "OK");
  }

  #operate(request: StreamRequest): void {
    const headers: Record<string, string> = {};
    try {
      const { data, retExtInfo } = this.#run(request, headers);
      this.#ack(request, 0, "OK", { data, retExtInfo, headers });
    } catch (error) {
      if (!(error instanceof RetError)) throw error;
      this.#ack(request, error.retCode, error.message, { data: {}, retExtInfo: {}, headers });
    }
  }

  /** @throws RetError for everything that can be wrong with a request. */
  #run(request: StreamRequest, headers: Record<string, string>): Pick<Ack, "data" | "retExtInfo"> {
    const { clock, engine, operations, limits, requests } = this.#context;
    const nowMs = clock.now();
    if (limits !== undefined && requests.take("", requestsPerSecond, nowMs).granted === 0)
      throw new RetError(10403, "Exceed IP rate limit. 3000 requests per second per IP");
    if (this.#key === undefined) throw new RetError(10004, "Request not authorized");
    this.#checkReqId(request.reqId);
    const operation = operations.get(request.op);
    if (operation === undefined) throw new RetError(10404, "op type is not found");
    checkHeader(request, nowMs);
    const body = bodyOf(request.args);
    const category = typeof body.category === "string" ? body.category : "";
    if (!["linear", "inverse", "spot", "option"].includes(category))
      throw new RetError(10404, "category is not correct");
    if (!mayDo(this.#key, "trade", category)) throw permissionDenied();
    if (!mayTrade(this.#key, body)) throw symbolNotAllowed();
    const wanted = operation.weight(body);
    const grant = limits?.take(operation.op, operation.limit, category, nowMs, wanted);
    if (grant !== undefined) Object.assign(headers, limitHeaders(grant));
    if (grant?.granted === 0) throw tooManyVisits();
    const { result, retExtInfo = {} } = operation.run(body, engine, grant?.granted ?? wanted);
    return { data: result, retExtInfo };
  }

  #checkReqId(reqId: string | undefined): void {
    if (reqId === undefined || reqId === "") return;
    if (reqId.length > longestReqId) throw paramsError("reqId invalid");
    if (this.#seen.has(reqId)) throw new RetError(20006, "Duplicate reqId");
    this.#seen.add(reqId);
  }

  #ack(request: StreamRequest, retCode: number, retMsg: string, { data, retExtInfo, headers }: Ack): void {
    const { op, reqId } = request;
    const text = retCode === 0 ? "" : `${retCode} ${retMsg}`;
    this.#socket.requested(op, [], text, { orders: ordersIn(request) });
    // A permission rejection comes without the reqId; clients cannot tell whose it is.
    const id = reqId === undefined || retCode === permissionDenied().retCode ? {} : { reqId };
    const header = { ...headers, Traceid: this.#context.ids.uuid().replaceAll("-", ""), Timenow: this.#now() };
    const { connId } = this.#socket;
    this.#socket.reply(JSON.stringify({ ...id, retCode, retMsg, op, data, retExtInfo, header, connId }));
  }

  /** The short form, of auth and of what is no request. */
  #plain({ op, reqId }: Pick<StreamRequest, "op" | "reqId">, retCode: number, retMsg: string): void {
    this.#socket.requested(op, [], retCode === 0 ? "" : `${retCode} ${retMsg}`);
    const id = reqId === undefined ? {} : { reqId };
    this.#socket.reply(JSON.stringify({ ...id, retCode, retMsg, op, connId: this.#socket.connId }));
  }

  #pong({ reqId }: StreamRequest): void {
    this.#socket.requested("ping", []);
    const id = reqId === undefined ? {} : { reqId };
    const said = { retCode: 0, retMsg: "OK", op: "pong", data: [this.#now()], connId: this.#socket.connId };
    this.#socket.reply(JSON.stringify({ ...id, ...said }));
  }

  #now(): string {
    return String(Math.floor(this.#context.clock.now()));
  }
}

/** Header values are numbers from some clients. */
function checkHeader({ header }: StreamRequest, nowMs: number): void {
  const text = (name: string): string => {
    const value = header[name];
    return typeof value === "string" || typeof value === "number" ? String(value) : "";
  };
  const timestamp = text("X-BAPI-TIMESTAMP");
  if (timestamp === "") throw paramsError("X-BAPI-TIMESTAMP is required");
  checkTimestamp(timestamp, text("X-BAPI-RECV-WINDOW") || defaultRecvWindow, nowMs);
}

/** For the journal: what the request says, right or wrong. */
function ordersIn({ args }: StreamRequest): StreamedOrder[] {
  const [body] = (Array.isArray(args) ? args : []) as unknown[];
  const fields = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  const all = Array.isArray(fields.request) ? (fields.request as unknown[]) : [fields];
  return all.map((order) => {
    const named = (typeof order === "object" && order !== null ? order : {}) as Record<string, unknown>;
    const text = (name: string): string => (typeof named[name] === "string" ? named[name] : "");
    return { orderLinkId: text("orderLinkId"), symbol: text("symbol"), side: text("side") };
  });
}

function bodyOf(args: unknown): Record<string, unknown> {
  const only: unknown = Array.isArray(args) && args.length === 1 ? args[0] : undefined;
  if (typeof only !== "object" || only === null || Array.isArray(only)) throw paramsError("args invalid");
  return only as Record<string, unknown>;
}
