/** A REST reply before it is on the wire: what the routes make and what protocol faults alter. */

export interface RestReply {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** What the body's envelope says, where it was not changed since it was made. */
  said?: Said;
}

export interface Said {
  retCode: number;
  retMsg: string;
}

export const htmlReply = (status: number, body: string): RestReply => ({
  status,
  headers: { "content-type": "text/html" },
  body,
});
