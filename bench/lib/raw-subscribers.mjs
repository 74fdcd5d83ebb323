// Opens so many WebSockets as bare TCP sockets that throw away what they read, and says when all are upgraded.

import { connect } from "node:net";

const [port, count] = process.argv.slice(2).map(Number);
const request =
  "GET /v5/public/linear HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
let open = 0;

function dial() {
  const socket = connect(port, "127.0.0.1", () => socket.write(request));
  socket.on("error", () => process.exit(1));
  socket.once("data", () => {
    open += 1;
    if (open === count) process.stdout.write("open\n");
    else if (open + 50 <= count) dial();
    socket.resume();
  });
}

for (let at = 0; at < Math.min(50, count); at += 1) dial();
