import cancel from "../../../order-entry/operations/cancel.ts";
import { entryRoute } from "../../entry-route.ts";

export default entryRoute(cancel);
