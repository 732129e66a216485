/** The shape of {@link WebSocketConfig}. */
import { z } from "zod";
import { anOrigin } from "./cors.ts";
import { about, count, duration, text } from "./leaves.ts";

const TUNNELS = about("a number of tunnels", "write a whole number of 1 or more");

/** Tunnels at a time. */
export const tunnels = count(1, 1_000_000, TUNNELS);

export const websocket = z
  .union([
    z.boolean(),
    z.strictObject({
      origins: z
        .array(
          text(
            anOrigin,
            about("an origin", 'write scheme, host and port only: "https://shop.example"'),
          ),
        )
        .meta(about("a list of origins", 'write a list: ["https://shop.example"]'))
        .optional(),
      idle: duration.optional(),
      max: tunnels.optional(),
    }),
  ])
  .meta(about("whether WebSocket is taken", 'write true, or an object: { idle: "5m" }'));
