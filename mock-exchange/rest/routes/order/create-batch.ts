import createBatch from "../../../order-entry/operations/create-batch.ts";
import { entryRoute } from "../../entry-route.ts";

export default entryRoute(createBatch);
