import cancelBatch from "../../../order-entry/operations/cancel-batch.ts";
import { entryRoute } from "../../entry-route.ts";

export default entryRoute(cancelBatch);
