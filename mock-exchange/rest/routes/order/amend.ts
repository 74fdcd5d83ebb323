import amend from "../../../order-entry/operations/amend.ts";
import { entryRoute } from "../../entry-route.ts";

export default entryRoute(amend);
