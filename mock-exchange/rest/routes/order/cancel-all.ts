import cancelAll from "../../../order-entry/operations/cancel-all.ts";
import { entryRoute } from "../../entry-route.ts";

export default entryRoute(cancelAll);
