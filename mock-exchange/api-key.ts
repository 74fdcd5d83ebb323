/** A user's API key: what signs with it, and what it may do. HMAC keys have a secret, RSA keys a public key. */

import { createHmac, createVerify, timingSafeEqual } from "node:crypto";

export interface ApiKey {
  key: string;
  /** Empty for an RSA key. */
  secret: string;
  /** PEM. With it signatures are RSA (PKCS#1 v1.5, SHA-256) in base64 instead of HMAC in hex. */
  rsaPublicKey?: string;
  readOnly?: boolean;
  /** As `user/query-api` shows them; everything that the mock knows where not given. */
  permissions?: Readonly<Record<string, readonly string[]>>;
  /** Addresses it may be used from; any where not given. */
  ips?: readonly string[];
  /** Symbols it may trade; any where not given. */
  symbols?: readonly string[];
  /** Epoch ms from which the key is refused. */
  expiresMs?: number;
}

export const allPermissions: Readonly<Record<string, readonly string[]>> = {
  ContractTrade: ["Order", "Position"],
  Spot: ["SpotTrade"],
  Wallet: ["AccountTransfer"],
  Options: ["OptionsTrade"],
  Derivatives: ["DerivativesTrade"],
  CopyTrading: [],
  BlockTrade: [],
  Exchange: [],
  NFT: [],
  Affiliate: [],
  Earn: [],
  FiatP2P: [],
  FiatBybitPay: [],
  FiatConvertBroker: [],
  FiatGlobalPay: [],
  FiatBitPay: [],
  BitCard: [],
  ByXPost: [],
};

/** Whether the key may be used from there. A listener on both families sees IPv4 as `::ffff:…`. */
export const mayCallFrom = ({ ips }: ApiKey, ip: string): boolean =>
  ips === undefined || ips.includes(ip.replace("::ffff:", ""));

/** What a request does, for permissions: reading needs none. */
export type Deed = "trade" | "position" | "transfer" | "withdraw";

export function mayDo(key: ApiKey, deed: Deed, category: string): boolean {
  if (key.readOnly === true) return false;
  const rights = key.permissions ?? allPermissions;
  // A key that does not name its permissions may not take coins out of the exchange.
  if (deed === "withdraw") return rights.Wallet?.includes("Withdraw") === true;
  if (deed === "transfer") return rights.Wallet?.includes("AccountTransfer") === true;
  if (category === "spot") return rights.Spot?.includes("SpotTrade") === true;
  return rights.ContractTrade?.includes(deed === "trade" ? "Order" : "Position") === true;
}

/** Whether every symbol that a body names, its own or those of a batch, may be traded with the key. */
export function mayTrade({ symbols }: ApiKey, body: Readonly<Record<string, unknown>>): boolean {
  if (symbols === undefined) return true;
  const orders: unknown[] = Array.isArray(body.request) ? body.request : [body];
  const named = orders.map((order) => (order as { symbol?: unknown } | null)?.symbol);
  return named.every((symbol) => typeof symbol !== "string" || symbols.includes(symbol));
}

/** Whether the signature over exactly this text, or these bytes, was made with the key. */
export function isSignedBy(key: ApiKey, text: string | Buffer, signature: string): boolean {
  if (key.rsaPublicKey !== undefined) {
    return createVerify("RSA-SHA256").update(text).verify(key.rsaPublicKey, signature, "base64");
  }
  const expected = Buffer.from(createHmac("sha256", key.secret).update(text).digest("hex"));
  const seen = Buffer.from(signature);
  return seen.length === expected.length && timingSafeEqual(seen, expected);
}
