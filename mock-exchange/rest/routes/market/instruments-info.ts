/** What can be traded. Spot knows no pages; elsewhere the cursor names the first and last symbol of the page. */

import { isHalted } from "../../../engine/halts.ts";
import type { Instrument } from "../../../market/market.ts";
import { categoryOf, cursorOf, cursorText, invalidSymbol, limitOf } from "../../market-query.ts";
import { route } from "../../route.ts";

const categories = ["linear", "inverse", "spot", "option"] as const;
type Info = Readonly<Record<string, unknown>>;

/** Of a contract that does not trade now. */
const halted = "Closed";
const defaultRows = 500;
const mostRows = 1_000;

export default route({
  method: "GET",
  path: "/v5/market/instruments-info",
  auth: "public",
  handle: ({ query }, { market, engine: { account } }) => {
    const infoOf = (instrument: Instrument): Info =>
      isHalted(account, instrument.category, instrument.symbol)
        ? { ...instrument.info, status: halted }
        : instrument.info;
    const category = categoryOf(query, categories);
    const limit = limitOf(query, defaultRows, mostRows);
    const symbol = query.get("symbol") ?? "";
    // Spot and options have nothing to show then; the contracts refuse.
    const contract = category === "linear" || category === "inverse";
    if (contract && symbol !== "" && market.instrument(category, symbol) === undefined) throw invalidSymbol(category);
    const baseCoin = query.get("baseCoin") ?? (category === "option" ? "BTC" : "");
    const all = market
      .instruments(category)
      .filter((instrument) => symbol === "" || instrument.symbol === symbol)
      .filter((instrument) => baseCoin === "" || instrument.baseCoin === baseCoin)
      .filter(({ info }) => (query.get("symbolType") ?? "") === "" || info.symbolType === query.get("symbolType"))
      .filter((instrument) => (query.get("status") ?? "") === "" || infoOf(instrument).status === query.get("status"))
      .toSorted((a, b) => (a.symbol < b.symbol ? -1 : 1));
    if (category === "spot") return { category, list: all.map(infoOf), nextPageCursor: "" };

    const last = cursorOf(query).get("last");
    const rest = last === null ? all : all.filter(({ symbol }) => symbol > last);
    const page = rest.slice(0, limit);
    const [first, end] = [page[0]?.symbol, page.at(-1)?.symbol];
    const more = first !== undefined && end !== undefined && page.length < rest.length;
    return { category, list: page.map(infoOf), nextPageCursor: more ? cursorText({ first, last: end }) : "" };
  },
});
