// heddle gen: specs/shipping.yaml. DO NOT EDIT.
import type { OperationPlan } from "heddle";

/** Ask for an order to be picked up. `POST /shipments` */
export const createShipment: OperationPlan = {
  name: "createShipment",
  method: "POST",
  template: "/shipments",
  path: ["/shipments"],
  body: { required: true, media: [{ mediaType: "application/json", kind: "json" }] },
  accept: "application/json, application/problem+json",
  answers: {
    "201": { "application/json": "json" },
    "422": { "application/problem+json": "json" },
    default: { "application/problem+json": "json" },
  },
};

/** Search shipments by what is too long for an address. `QUERY /shipments` */
export const searchShipments: OperationPlan = {
  name: "searchShipments",
  method: "QUERY",
  template: "/shipments",
  path: ["/shipments"],
  body: { required: true, media: [{ mediaType: "application/json", kind: "json" }] },
  accept: "application/json, application/problem+json",
  answers: {
    "200": { "application/json": "json" },
    default: { "application/problem+json": "json" },
  },
};

/** Get one shipment. `GET /shipments/{shipmentId}` */
export const getShipment: OperationPlan = {
  name: "getShipment",
  method: "GET",
  template: "/shipments/{shipmentId}",
  path: ["/shipments/", { name: "shipmentId", style: "simple", explode: false, required: true }],
  accept: "application/json, application/problem+json",
  answers: {
    "200": { "application/json": "json" },
    "404": { "application/problem+json": "json" },
    default: { "application/problem+json": "json" },
  },
};

/** Remind the carrier of a shipment that is late. `NOTIFY /shipments/{shipmentId}` */
export const remindCarrier: OperationPlan = {
  name: "remindCarrier",
  method: "NOTIFY",
  template: "/shipments/{shipmentId}",
  path: ["/shipments/", { name: "shipmentId", style: "simple", explode: false, required: true }],
  accept: "application/problem+json",
  answers: {
    "202": {},
    "404": { "application/problem+json": "json" },
    default: { "application/problem+json": "json" },
  },
};

/**
 * Get what has happened to a shipment, at once or as it happens. `GET
 * /shipments/{shipmentId}/events`
 */
export const listTrackingEvents: OperationPlan = {
  name: "listTrackingEvents",
  method: "GET",
  template: "/shipments/{shipmentId}/events",
  path: [
    "/shipments/",
    { name: "shipmentId", style: "simple", explode: false, required: true },
    "/events",
  ],
  accept: "application/json, application/problem+json",
  acceptStream: "application/x-ndjson",
  answers: {
    "200": { "application/json": "json", "application/x-ndjson": "ndjson" },
    "404": { "application/problem+json": "json" },
    default: { "application/problem+json": "json" },
  },
};

/** Follow the van on its way. `GET /shipments/{shipmentId}/position` */
export const followShipment: OperationPlan = {
  name: "followShipment",
  method: "GET",
  template: "/shipments/{shipmentId}/position",
  path: [
    "/shipments/",
    { name: "shipmentId", style: "simple", explode: false, required: true },
    "/position",
  ],
  accept: "text/event-stream, application/problem+json",
  answers: {
    "200": { "text/event-stream": "sse" },
    "404": { "application/problem+json": "json" },
    default: { "application/problem+json": "json" },
  },
};

/** Every operation, by path, then method. */
export const operations = {
  createShipment,
  searchShipments,
  getShipment,
  remindCarrier,
  listTrackingEvents,
  followShipment,
};
