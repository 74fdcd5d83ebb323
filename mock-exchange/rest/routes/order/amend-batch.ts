import amendBatch from "../../../order-entry/operations/amend-batch.ts";
import { entryRoute } from "../../entry-route.ts";

export default entryRoute(amendBatch);
