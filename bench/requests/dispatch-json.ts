/** The floor's client: one GET over undici dispatch, collected and parsed. */
import type { Dispatcher, Pool } from "undici";

export function dispatchJson<Body>(pool: Pool, path: string): Promise<Body> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let status = 0;
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart() {},
      onResponseStart(_controller, statusCode) {
        status = statusCode;
      },
      onResponseData(_controller, chunk) {
        chunks.push(chunk);
      },
      onResponseEnd() {
        if (status !== 200) return reject(new Error(`status ${status}`));
        const whole = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
        resolve(JSON.parse(whole?.toString() ?? "") as Body);
      },
      onResponseError(_controller, error) {
        reject(error);
      },
    };
    pool.dispatch({ method: "GET", path, headers: { accept: "application/json" } }, handler);
  });
}
