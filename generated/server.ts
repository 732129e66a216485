// heddle gen: heddle.config.ts. DO NOT EDIT.
import { serve } from "heddle";
import config from "../heddle.config.ts";
import { services } from "./gateway.ts";
import { routes } from "./routes.ts";

await serve(config, { services, routes });
