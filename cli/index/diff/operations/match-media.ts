/** Finds which media type of a changed body or answer was which. */
import { essenceOf } from "../../../gen/emit/accept.ts";
import type { MediaModel } from "../../../gen/model.ts";

export interface MatchedMedia<Media extends MediaModel> {
  readonly pairs: readonly (readonly [old: Media, now: Media])[];
  readonly gone: readonly Media[];
  readonly fresh: readonly Media[];
}

/** As they are written, then without parameters: `application/json` and `application/json; stream=watch` are two. */
export function matchMedia<Media extends MediaModel>(
  old: readonly Media[],
  now: readonly Media[],
): MatchedMedia<Media> {
  const pairs: (readonly [Media, Media])[] = [];
  let [gone, fresh] = [old, now];
  for (const keyOf of [({ mediaType }: Media) => mediaType, (media: Media) => essenceOf(media)]) {
    const rest = [...fresh];
    gone = gone.filter((media) => {
      const at = rest.findIndex((other) => keyOf(other) === keyOf(media));
      const [other] = at < 0 ? [] : rest.splice(at, 1);
      if (other === undefined) return true;
      pairs.push([media, other]);
      return false;
    });
    fresh = rest;
  }
  return { pairs, gone, fresh };
}
