/** Rightly signed bodies that are no JSON object. */

import type { Random } from "../../../core/random.ts";
import { kind } from "../support/case.ts";
import { brokenJson, jsonButObject, junkText } from "../support/junk.ts";
import { signedPost } from "../support/requests.ts";

const paths = ["order/create", "order/cancel", "order/amend-batch", "order/cancel-all", "order/pre-check"];
const others = [
  "position/set-leverage",
  "position/switch-mode",
  "account/set-margin-mode",
  "asset/transfer/inter-transfer",
];

export default kind({
  surface: "rest",
  cases: 12_000,
  make: (random) => ({
    bytes: signedPost(`/v5/${random.pick([...paths, ...others])}`, bodyOf(random)),
    want: { status: 200, retCode: 10_001, retMsg: "params error: body is not a JSON object" },
  }),
});

function bodyOf(random: Random): string | Buffer {
  if (random.chance(0.4)) return brokenJson(random);
  if (random.chance(0.4)) return jsonButObject(random);
  return noUtf8(random);
}

/** An object whose text is not UTF-8: overlong forms, lone halves of a pair, stray and missing tails. */
function noUtf8(random: Random): Buffer {
  const bad = random.pick([
    [0xff],
    [0xc0, 0xaf],
    [0xed, 0xa0, 0x80],
    [0x80],
    [0xe2, 0x82],
    [0xf8, 0x88, 0x80, 0x80, 0x80],
  ]);
  const text = `{"category":"linear","symbol":"${junkText(random)}`;
  return Buffer.concat([Buffer.from(text), Buffer.from(bad), Buffer.from('"}')]);
}
