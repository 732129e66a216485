/** Certificates of authorities that a service is trusted by: PEM (RFC 7468), or a file of it. */
import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

export type Authorities =
  | { readonly pem: string; readonly reason?: undefined }
  | { readonly pem?: undefined; readonly reason: string };

/** @param source PEM itself, or the path of a file, relative to the working directory */
export function readAuthorities(source: string): Authorities {
  let pem = source;
  if (!source.includes("-----BEGIN")) {
    try {
      pem = readFileSync(source, "utf8");
    } catch {
      return { reason: "names a file that cannot be read" };
    }
  }
  const certificates = pem.match(CERTIFICATE) ?? [];
  if (certificates.length === 0) return { reason: "holds no certificate" };
  return certificates.every(isCertificate)
    ? { pem: certificates.join("\n") }
    : { reason: "holds a certificate that cannot be read" };
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}
