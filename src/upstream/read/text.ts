/** Bytes to text by the `charset` of a media type. */
import { parameterOf } from "../../http/media-type.ts";

/** UTF-8 where the charset is missing or not known; a byte order mark is dropped. */
export function decodeText(body: Uint8Array, contentType: string): string {
  const charset = contentType.includes("=") ? parameterOf(contentType, "charset") : undefined;
  try {
    return new TextDecoder(charset ?? "utf-8").decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}
