/** Handshakes that are none: wrong path, version, key or method; refused before there is a stream. */

import type { Random } from "../../../core/random.ts";
import { kind, type LoneCase } from "../support/case.ts";
import { inherited, junkText } from "../support/junk.ts";
import { publicPaths } from "../support/streams.ts";
import { upgradeRequest } from "../support/ws-wire.ts";

const right = (random: Random): string => upgradeRequest(random.pick(publicPaths)).toString("latin1");
const upgrade = (target: string): string => upgradeRequest(target).toString("latin1");

const makers: readonly ((random: Random) => [string, LoneCase["want"]])[] = [
  (random) => [
    upgrade(`/v5/public/${random.pick([...inherited, "LINEAR", "linear/", "", "spread", junkText(random)])}`),
    [404],
  ],
  (random) => [
    upgrade(random.pick(["/", "/v5/private", "/v5/trade", "/v5", "//v5/public/linear", "/v5/public/linear%00"])),
    [404],
  ],
  (random) => [
    upgrade(random.pick(["//", "//:", "///", "http://", "http://[", "//[::1", "*", "/%zz", "//a:99999/"])),
    [400, 404],
  ],
  (random) => [right(random).replace("Version: 13", `Version: ${random.pick(["0", "12", "14", "x", "-1"])}`), [400]],
  (random) => [
    right(random).replace("dGhlIHNhbXBsZSBub25jZQ==", random.pick(["", "short", "x".repeat(24), junkText(random)])),
    [400],
  ],
  (random) => [
    right(random).replace("Upgrade: websocket", `Upgrade: ${random.pick(["h2c", "web socket", junkText(random)])}`),
    [400],
  ],
  (random) => [right(random).replace("GET", random.pick(["POST", "PUT", "OPTIONS"])), [405]],
  (random) => [right(random).replace("Connection: Upgrade", "Connection: keep-alive"), [404]],
  (random) => [
    right(random).replace(
      "\r\n\r\n",
      `\r\nSec-WebSocket-Extensions: ${random.pick(["permessage-deflate; x=1", "permessage-deflate; server_max_window_bits=99", ",;", 'a="b'])}\r\n\r\n`,
    ),
    [400],
  ],
  (random) => [
    right(random).replace(
      "\r\n\r\n",
      `\r\nSec-WebSocket-Protocol: ${random.pick([",", "a,a", "a b", "\u00e9"])}\r\n\r\n`,
    ),
    [400],
  ],
];

export default kind({
  surface: "upgrade",
  cases: 3_000,
  make(random) {
    const [text, want] = random.pick(makers)(random);
    return { bytes: Buffer.from(text, "latin1"), want };
  },
});
