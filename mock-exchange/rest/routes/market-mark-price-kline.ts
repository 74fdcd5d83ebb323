import { referenceKline } from "../reference-kline.ts";

export default referenceKline("/v5/market/mark-price-kline", "mark", ["linear", "inverse"]);
