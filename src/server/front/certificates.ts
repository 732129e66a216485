/** The key and the certificates of a server that speaks TLS: read, and tried before they are used. */
import { readFileSync } from "node:fs";
import { createSecureContext, type SecureContextOptions } from "node:tls";
import type { TlsSettings } from "../../config/front.ts";
import { ConfigError, type ConfigProblem } from "../../config/problems.ts";

/** What `tls.createServer` and `setSecureContext` take. */
export type Certificates = Pick<SecureContextOptions, "key" | "cert" | "ca" | "minVersion">;

/**
 * Reads what is configured: files as they are now.
 * @throws ConfigError with all that cannot be read, or what the key and the certificate lack.
 */
export function readCertificates({ key, cert, ca, minVersion }: TlsSettings): Certificates {
  const problems: ConfigProblem[] = [];
  const read = (name: string, value: string): string => {
    if (value.includes("-----BEGIN")) return value;
    try {
      const text = readFileSync(value, "utf8");
      // OpenSSL takes no key, or none that is one, for a server that needs none.
      if (!text.includes("-----BEGIN")) {
        const cure = "write it in PEM, from -----BEGIN to -----END";
        problems.push({ path: `server.tls.${name}`, message: "has no PEM in it", value, cure });
      }
      return text;
    } catch (error) {
      problems.push({
        path: `server.tls.${name}`,
        message: `cannot be read (${(error as NodeJS.ErrnoException).code})`,
        value: value.length > LONGEST_PATH ? "too long for a path" : value,
        cure: "name a file that the server may read, or give the PEM itself",
      });
      return "";
    }
  };
  const certificates: Certificates = {
    key: read("key", key),
    cert: read("cert", cert),
    ...(ca === undefined ? {} : { ca: read("ca", ca) }),
    minVersion,
  };
  if (problems.length === 0) problems.push(...faultsOf(certificates));
  if (problems.length > 0) throw new ConfigError(problems);
  return certificates;
}

const LONGEST_PATH = 200;

/** What OpenSSL says of them; it names neither. */
function faultsOf(certificates: Certificates): ConfigProblem[] {
  try {
    createSecureContext(certificates);
    return [];
  } catch (error) {
    const { code = "no PEM" } = error as NodeJS.ErrnoException;
    const message = `has a key and certificates that cannot be used (${code})`;
    const cure = "give a private key in PEM without a passphrase, and the certificate made for it";
    return [{ path: "server.tls", message, cure }];
  }
}
