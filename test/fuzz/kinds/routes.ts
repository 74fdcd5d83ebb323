/** Paths that are none, and methods that a path does not have. */

import { loadFolder } from "../../../core/load-folder.ts";
import type { Route } from "../../../mock-exchange/rest/route.ts";
import { kind } from "../support/case.ts";
import { inherited, junkText } from "../support/junk.ts";
import { rawRequest } from "../support/requests.ts";

const routes = await loadFolder<Route>(new URL("../../../mock-exchange/rest/routes/", import.meta.url));
const paths = new Set(routes.map(({ value }) => value.path));
const others = ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "PURGE", "M-SEARCH", "SOURCE"];

/** A path's first letters: one that begins another ("/v5/order/create") would be a route of its own. */
function cut(path: string, letters: number): string {
  const head = path.slice(0, letters);
  return paths.has(head) ? `${head}~` : head;
}

export default kind({
  surface: "rest",
  cases: 10_000,
  make(random) {
    const { path, method } = random.pick(routes).value;
    const query = random.chance(0.5) ? `?${junkText(random)}` : "";
    const body = random.chance(0.5) ? `{"a":"${junkText(random)}"}` : "";
    if (random.chance(0.5)) {
      const wrong = random.pick([...others, method === "GET" ? "POST" : "GET"]);
      return {
        bytes: rawRequest({ method: wrong, target: path + query, body: wrong === "GET" ? "" : body }),
        want: { status: 400, retCode: 10_017, retMsg: "Route not found." },
      };
    }
    const unknown = random.pick([
      `${path}/`,
      `${path}/${random.pick(inherited)}`,
      path.toUpperCase(),
      path.replace("/v5", "/v3"),
      path.replace("/", "//"),
      `${path}%00`,
      `${path};a=b`,
      `/v5/${random.pick(inherited)}`,
      `/v5/../v5/${junkText(random)}`,
      `/${"a/".repeat(random.integer(1, 400))}`,
      `/${junkText(random)}`,
      `/%F0%9F%92%A9`,
      cut(path, random.integer(1, path.length - 1)),
    ]);
    return {
      bytes: rawRequest({ method, target: unknown + query, body: method === "GET" ? "" : body }),
      want: { status: 404, retCode: 10_017, retMsg: "Route not found." },
    };
  },
});
