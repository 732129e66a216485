/** The process that is soaked. `node FILE SERVICE_URL` */
import { serveParent } from "../support/child.ts";
import { takeFigures } from "./figures.ts";
import { createSoakGateway } from "./gateway.ts";

const gateway = createSoakGateway(process.argv[2] ?? "");
const { url } = await gateway.listen({ port: 0, host: "127.0.0.1" });
serveParent({ url }, takeFigures);
