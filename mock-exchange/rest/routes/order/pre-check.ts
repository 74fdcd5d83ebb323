import preCheck from "../../../order-entry/operations/pre-check.ts";
import { entryRoute } from "../../entry-route.ts";

export default entryRoute(preCheck);
