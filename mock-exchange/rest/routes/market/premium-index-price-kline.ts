import { referenceKline } from "../../reference-kline.ts";

export default referenceKline("/v5/market/premium-index-price-kline", "premium", ["linear"]);
