import create from "../../../order-entry/operations/create.ts";
import { entryRoute } from "../../entry-route.ts";

export default entryRoute(create);
