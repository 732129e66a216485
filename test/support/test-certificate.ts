/** A certificate for tests, and for nothing else: its key is public. It names localhost, service.test and 127.0.0.1. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const CERTIFICATE_FILE = fileURLToPath(
  new URL("certificates/certificate.pem", import.meta.url),
);

/** For `createSecureServer`; valid until the next century, and its own authority. */
export const TEST_CERTIFICATE = {
  cert: readFileSync(CERTIFICATE_FILE, "utf8"),
  key: readFileSync(new URL("certificates/key.pem", import.meta.url), "utf8"),
};
