import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { minutes } from "../../core/units.ts";
import { ConnectionLimit } from "./connection-limit.ts";

class FakeSocket extends EventEmitter {
  readonly remoteAddress: string;
  constructor(remoteAddress = "10.0.0.1") {
    super();
    this.remoteAddress = remoteAddress;
  }
}

const linear = "/v5/public/linear";

test("500 new connections in five minutes over all streams, of one address", () => {
  const limit = new ConnectionLimit();
  const paths = [linear, "/v5/private", "/v5/trade", "/v5/public/spot"];
  for (let at = 0; at < 500; at += 1) {
    expect(limit.admits(paths[at % paths.length] ?? "", new FakeSocket(), at)).toBe(true);
  }
  expect(limit.admits(linear, new FakeSocket(), 500)).toBe(false);
  expect(limit.admits(linear, new FakeSocket("10.0.0.2"), 500)).toBe(true);
  expect(limit.admits(linear, new FakeSocket(), minutes(5))).toBe(true);
  expect(limit.admits(linear, new FakeSocket(), minutes(5))).toBe(false);
});

test("1,000 open connections a category of market data; one that closes makes room", () => {
  const limit = new ConnectionLimit();
  const sockets = Array.from({ length: 1_000 }, () => new FakeSocket());
  sockets.forEach((socket, at) => {
    expect(limit.admits(linear, socket, Math.floor(at / 500) * minutes(5))).toBe(true);
  });
  const later = minutes(10);
  expect(limit.admits(linear, new FakeSocket(), later)).toBe(false);
  expect(limit.admits("/v5/public/spot", new FakeSocket(), later)).toBe(true);
  expect(limit.admits("/v5/private", new FakeSocket(), later)).toBe(true);
  sockets[0]?.emit("close");
  expect(limit.admits(linear, new FakeSocket(), later)).toBe(true);
  expect(limit.admits(linear, new FakeSocket(), later)).toBe(false);
});
