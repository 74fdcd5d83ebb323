import { route } from "../route.ts";

export default route({
  method: "GET",
  path: "/v5/market/time",
  auth: "public",
  handle: ({ nowMs }) => ({
    timeSecond: String(Math.floor(nowMs / 1_000)),
    timeNano: `${Math.floor(nowMs)}000000`,
  }),
});
