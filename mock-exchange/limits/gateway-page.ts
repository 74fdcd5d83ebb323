/** What a client gets when the gateway in front of the exchange answers instead of it: HTML, no envelope. */

const titles: Readonly<Record<number, string>> = {
  403: "403 Forbidden",
  502: "502 Bad Gateway",
  503: "503 Service Temporarily Unavailable",
  504: "504 Gateway Time-out",
};

export function gatewayPage(status: number): string {
  const title = titles[status] ?? String(status);
  const reason = status === 403 ? "<p>Request blocked. access too frequent.</p>\r\n" : "";
  return (
    `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n` +
    `${reason}<hr><center>cloudfront</center>\r\n</body>\r\n</html>\r\n`
  );
}
