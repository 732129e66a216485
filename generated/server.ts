// heddle gen: heddle.config.ts. DO NOT EDIT.
import { serve } from "heddle";
import config from "../heddle.config.ts";
import { services } from "./gateway.ts";
import { routes } from "./routes.ts";

const document = () => import("./openapi.json", { with: { type: "json" } });

await serve(config, { services, routes, document });
