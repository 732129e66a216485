/** The shape of {@link TrustedProxiesConfig}. */
import { z } from "zod";
import { about, text } from "./leaves.ts";
import { anAddressRange } from "./trusted-proxies.ts";

const CURE =
  'write "10.0.0.0/8", "192.0.2.7", "2001:db8::/32", or "loopback", "link-local", "private"';

const addresses = z
  .array(text(anAddressRange, about("an address or a range", CURE)))
  .meta(about("a list of addresses", 'write a list: ["10.0.0.0/8"]'));

export const trustedProxies = z
  .union([
    addresses,
    z.strictObject({
      addresses,
      fields: z
        .enum(["forwarded", "x-forwarded"])
        .meta(about("what the proxies set", 'write "forwarded" or "x-forwarded"'))
        .optional(),
    }),
  ])
  .meta(
    about(
      "the proxies that are trusted",
      'write a list of addresses, ["10.0.0.0/8"], or { addresses, fields: "x-forwarded" }',
    ),
  )
  .optional();
