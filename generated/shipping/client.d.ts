// heddle gen: specs/shipping.yaml. DO NOT EDIT.
import type { Answer, Operation, PathClient, ServerSentEvent, StatusCode, Streaming } from "heddle";
import type { components, operations, paths } from "./schema.d.ts";

export interface ShippingClient {
  /** Ask for an order to be picked up. `POST /shipments` */
  readonly createShipment: Operation<
    CreateShipmentInput,
    components["schemas"]["Shipment"],
    | Answer<201, components["schemas"]["Shipment"]>
    | Answer<422, components["schemas"]["Problem"]>
    | Answer<Exclude<StatusCode, 201 | 422>, components["schemas"]["Problem"]>
  >;

  /** Search shipments by what is too long for an address. `QUERY /shipments` */
  readonly searchShipments: Operation<
    SearchShipmentsInput,
    components["schemas"]["Shipment"][],
    | Answer<200, components["schemas"]["Shipment"][]>
    | Answer<Exclude<StatusCode, 200>, components["schemas"]["Problem"]>
  >;

  /** Get one shipment. `GET /shipments/{shipmentId}` */
  readonly getShipment: Operation<
    GetShipmentInput,
    components["schemas"]["Shipment"],
    | Answer<200, components["schemas"]["Shipment"]>
    | Answer<404, components["schemas"]["Problem"]>
    | Answer<Exclude<StatusCode, 200 | 404>, components["schemas"]["Problem"]>
  >;

  /** Remind the carrier of a shipment that is late. `NOTIFY /shipments/{shipmentId}` */
  readonly remindCarrier: Operation<
    RemindCarrierInput,
    undefined,
    | Answer<202, undefined>
    | Answer<404, components["schemas"]["Problem"]>
    | Answer<Exclude<StatusCode, 202 | 404>, components["schemas"]["Problem"]>
  >;

  /**
   * Get what has happened to a shipment, at once or as it happens. `GET
   * /shipments/{shipmentId}/events`
   */
  readonly listTrackingEvents: Operation<
    ListTrackingEventsInput,
    components["schemas"]["TrackingEvent"][],
    | Answer<200, components["schemas"]["TrackingEvent"][]>
    | Answer<404, components["schemas"]["Problem"]>
    | Answer<Exclude<StatusCode, 200 | 404>, components["schemas"]["Problem"]>
  > & Streaming<ListTrackingEventsInput, components["schemas"]["TrackingEvent"]>;

  /** Follow the van on its way. `GET /shipments/{shipmentId}/position` */
  readonly followShipment: Operation<
    FollowShipmentInput,
    AsyncIterable<ServerSentEvent<components["schemas"]["Position"]>>,
    | Answer<200, AsyncIterable<ServerSentEvent<components["schemas"]["Position"]>>>
    | Answer<404, components["schemas"]["Problem"]>
    | Answer<Exclude<StatusCode, 200 | 404>, components["schemas"]["Problem"]>
  >;

  /** openapi-fetch over the same pipeline. */
  readonly client: PathClient<paths>;
}

export interface CreateShipmentInput {
  readonly body: components["schemas"]["NewShipment"];
}

export interface SearchShipmentsInput {
  readonly body: components["schemas"]["ShipmentSearch"];
}

export interface GetShipmentInput {
  readonly path: operations["getShipment"]["parameters"]["path"];
}

export interface RemindCarrierInput {
  readonly path: operations["remindCarrier"]["parameters"]["path"];
}

export interface ListTrackingEventsInput {
  readonly path: operations["listTrackingEvents"]["parameters"]["path"];
}

export interface FollowShipmentInput {
  readonly path: operations["followShipment"]["parameters"]["path"];
}
