import { referenceKline } from "../../reference-kline.ts";

export default referenceKline("/v5/market/index-price-kline", "index", ["linear", "inverse"]);
