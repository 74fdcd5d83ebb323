/**
 * Bybit's business errors, with the texts seen on the wire. HTTP stays 200 for all of them. A handler throws one; the
 * envelope is made in one place.
 */

export class RetError extends Error {
  readonly retCode: number;
  /** Nearly always empty. */
  readonly result: Readonly<Record<string, unknown>>;

  constructor(retCode: number, retMsg: string, result: Readonly<Record<string, unknown>> = {}) {
    super(retMsg);
    this.retCode = retCode;
    this.result = result;
  }
}

export const paramsError = (what: string): RetError => new RetError(10001, `params error: ${what}`);

/** What the wire says to a category that is missing, unknown or not served by the endpoint. */
export const illegalCategory = (): RetError => new RetError(10001, "Illegal category");

export const emptyAuth = (timestamp: string, key: string, sign: string): RetError =>
  new RetError(10001, `empty value: apiTimestamp[${timestamp}] apiKey[${key}] apiSignature[${sign}]`);

export const outsideRecvWindow = (requestMs: string, serverMs: number, recvWindowMs: string): RetError =>
  new RetError(
    10002,
    "invalid request, please check your server timestamp or recv_window param. " +
      `req_timestamp[${requestMs}],server_timestamp[${serverMs}],recv_window[${recvWindowMs}]`,
  );

export const invalidKey = (): RetError => new RetError(10003, "API key is invalid.");

export const invalidSign = (origin: string): RetError =>
  new RetError(10004, `Error sign, please check your signature generation algorithm: origin_string[${origin}]`);

export const permissionDenied = (): RetError =>
  new RetError(10005, "Permission denied, please check your API key permissions.");

export const tooManyVisits = (): RetError => new RetError(10006, "Too many visits. Exceeded the API Rate Limit.");

export const unmatchedIp = (): RetError =>
  new RetError(10010, "Unmatched IP, please check your API key's bound IP addresses.");

export const symbolNotAllowed = (): RetError =>
  new RetError(10029, "The requested symbol is invalid, please check symbol whitelist");

export const expiredKey = (): RetError => new RetError(33004, "Your api key has expired.");

/** A list of contracts has to be narrowed to something. */
export const narrowingMissing = (): RetError =>
  new RetError(10001, "Missing some parameters that must be filled in, symbol or settleCoin or baseCoin");
