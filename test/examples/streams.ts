/** Examples of the guide "Calling services": streamed answers. */
import { compose } from "#gateway";

// #region stream
export const lastPlace = compose.get(
  "/web/parcels/{shipmentId}/place",
  async ({ path, services }) => {
    const events = await services.shipping.listTrackingEvents.stream({ path });
    let place: string | null = null;
    for await (const event of events) place = event.place;
    return { place };
  },
);
// #endregion
