/** Maintenance: none is announced. */

import { route } from "../../route.ts";

export default route({ method: "GET", path: "/v5/system/status", auth: "public", handle: () => ({ list: [] }) });
