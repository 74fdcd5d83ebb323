/**
 * Bybit's business errors, with the texts seen on the wire. HTTP stays 200 for all of them. A handler throws one; the
 * envelope is made in one place.
 */

export class RetError extends Error {
  readonly retCode: number;

  constructor(retCode: number, retMsg: string) {
    super(retMsg);
    this.retCode = retCode;
  }
}

export const paramsError = (what: string): RetError => new RetError(10001, `params error: ${what}`);

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

export const duplicateOrderLinkId = (): RetError => new RetError(110072, "OrderLinkedID is duplicate");
