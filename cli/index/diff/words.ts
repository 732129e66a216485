/** Changes in words: what has happened, and what to do about it. */
import type { ChangeKind } from "./change.ts";
import type { ListedChange } from "./judge/change-list.ts";

interface Words {
  readonly says: (change: ListedChange) => string;
  /** What to do where a route feels it. */
  readonly cure: string;
}

const NOTHING = "nothing need be done";
const READ = "let the composer do without it, or ask the service to keep it";
const SEND = "let the composer send it";
const CHECK = "look at what the composer and its frontend do with it";
const NEW_VALUE = "let the composer and its frontend take what is new";
const LIMIT = "make sure that what is sent keeps to it";

/** What stands after a name: a list, a value, nothing. */
function shown(value: unknown): string {
  if (value === undefined) return "none";
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map((one) => JSON.stringify(one)).join(", ");
  return JSON.stringify(value);
}

const named =
  (before: string, after: string) =>
  ({ name = "" }: ListedChange) =>
    `${before}${name}${after}`;
const turned =
  (what: string) =>
  ({ from, to }: ListedChange) =>
    `${what} ${shown(from)} is ${shown(to)} now`;

export const WORDS: Readonly<Record<ChangeKind, Words>> = {
  "operation-added": { says: named("the operation ", " is new"), cure: NOTHING },
  "operation-removed": {
    says: named("the operation ", " is gone"),
    cure: "take the call out of the composer or of expose, or ask the service to keep it",
  },
  "operation-renamed": {
    says: turned("the operation"),
    cure: "call it by its new name",
  },
  "operation-moved": {
    says: turned("the address"),
    cure: "generate and deploy the gateway together with the service",
  },
  "operation-deprecated": {
    says: ({ name }) =>
      `${name === undefined ? "the operation" : `the parameter ${name}`} is deprecated`,
    cure: "look for what replaces it",
  },
  "sunset-sooner": {
    says: ({ from, to }) =>
      `the operation ends on ${shown(to)}${from === undefined ? "" : `, no longer on ${shown(from)}`}`,
    cure: "look for what replaces it, and call that before the day",
  },
  "sunset-later": {
    says: ({ from, to }) =>
      to === undefined
        ? `the operation does not end on ${shown(from)} any more`
        : `the operation ends on ${shown(to)}, no longer on ${shown(from)}`,
    cure: NOTHING,
  },
  "parameter-added": { says: named("the parameter ", " is new"), cure: NOTHING },
  "parameter-added-required": { says: named("the parameter ", " is new and required"), cure: SEND },
  "parameter-removed": {
    says: named("the parameter ", " is gone"),
    cure: "send it no more, or ask the service to keep it",
  },
  "parameter-renamed": {
    says: ({ name = "", to }) => `the parameter ${name} is called ${shown(to)} now`,
    cure: "send it by its new name",
  },
  "parameter-required": { says: named("the parameter ", " is required now"), cure: SEND },
  "parameter-optional": {
    says: named("the parameter ", " may be left out now"),
    cure: NOTHING,
  },
  "parameter-style": {
    says: ({ name = "", from, to }) =>
      `the parameter ${name} is written as ${shown(to)}, no longer as ${shown(from)}`,
    cure: "generate and deploy the gateway together with the service",
  },
  "body-added": { says: () => "a body may be sent now", cure: NOTHING },
  "body-added-required": { says: () => "a body must be sent now", cure: SEND },
  "body-removed": { says: () => "no body is taken any more", cure: "send none" },
  "body-required": { says: () => "the body is required now", cure: SEND },
  "body-optional": { says: () => "the body may be left out now", cure: NOTHING },
  "body-media-added": {
    says: named("bodies may be ", " now"),
    cure: NOTHING,
  },
  "body-media-removed": {
    says: named("bodies may be ", " no more"),
    cure: "generate and deploy the gateway together with the service",
  },
  "body-encoding": {
    says: named("the parts of ", " bodies are encoded in another way"),
    cure: "generate and deploy the gateway together with the service",
  },
  "answer-added": { says: named("the answer ", " is new"), cure: NEW_VALUE },
  "answer-removed": { says: named("the answer ", " is gone"), cure: CHECK },
  "error-added": {
    says: named("the error ", " is new"),
    cure: "decide what the route answers then: a fallback, or a problem of its own",
  },
  "error-removed": {
    says: named("the error ", " is gone"),
    cure: "take the branch for it out of the composer",
  },
  "answer-media-added": {
    says: named("the answer may be ", " now"),
    cure: NOTHING,
  },
  "answer-media-removed": { says: named("the answer is ", " no more"), cure: CHECK },
  "header-added": { says: named("the header field ", " is new"), cure: NOTHING },
  "header-removed": { says: named("the header field ", " is gone"), cure: CHECK },
  "scope-added": {
    says: ({ name = "", from }) => `the scope ${name} of ${shown(from)} is asked for as well`,
    cure: "give the gateway, or its callers, this scope before the service asks for it",
  },
  "scope-removed": {
    says: ({ name = "", from }) => `the scope ${name} of ${shown(from)} is asked for no more`,
    cure: NOTHING,
  },
  "security-added": {
    says: ({ to }) => `credentials are asked for now: ${shown(to)}`,
    cure: "give the service credentials in the configuration: headers, or forward",
  },
  "security-removed": {
    says: () => "no credentials are asked for any more",
    cure: NOTHING,
  },
  "security-changed": {
    says: ({ name, from, to }) =>
      name === undefined
        ? `the credentials ${shown(from)} are ${shown(to)} now`
        : `the security scheme ${name} means something else`,
    cure: "give the service the credentials that it asks for: headers, or forward",
  },
  "hosts-changed": {
    says: turned("the service's address"),
    cure: "nothing need be done: the configuration says where the service is",
  },
  "base-path-changed": {
    says: turned("the service's address"),
    cure: "put the new path behind the url in the configuration",
  },
  "property-added": { says: named("the property ", " is new"), cure: NOTHING },
  "property-added-required": {
    says: named("the property ", " is new and required"),
    cure: SEND,
  },
  "property-removed": { says: named("the property ", " is gone"), cure: READ },
  "property-required": { says: named("the property ", " is required now"), cure: SEND },
  "property-optional": {
    says: named("the property ", " may be missing now"),
    cure: "say in the composer what stands in for it",
  },
  "nullable-added": {
    says: () => "it may be null now",
    cure: "say in the composer what stands in for null",
  },
  "nullable-removed": { says: () => "it may not be null any more", cure: "send no null" },
  "type-widened": { says: turned("the type"), cure: NEW_VALUE },
  "type-narrowed": { says: turned("the type"), cure: CHECK },
  "type-changed": { says: turned("the type"), cure: "let the composer take the new type" },
  "enum-widened": {
    says: ({ to }) => (to === "any" ? "any value may come now" : `new values: ${shown(to)}`),
    cure: NEW_VALUE,
  },
  "enum-narrowed": {
    says: ({ from, to }) =>
      from === "any" ? `only these values: ${shown(to)}` : `values that are gone: ${shown(from)}`,
    cure: "send none of them",
  },
  "limit-widened": { says: limit, cure: CHECK },
  "limit-narrowed": { says: limit, cure: LIMIT },
  "limit-changed": { says: limit, cure: LIMIT },
  "default-changed": {
    says: turned("the default"),
    cure: "send a value wherever the old default was meant",
  },
  "member-added": { says: named("it may be ", " as well now"), cure: NEW_VALUE },
  "member-removed": { says: named("it may be ", " no more"), cure: CHECK },
  "additional-opened": {
    says: () => "further properties are taken now",
    cure: NOTHING,
  },
  "additional-closed": {
    says: () => "further properties are taken no more",
    cure: "send and read only what has a name",
  },
  "property-deprecated": { says: () => "it is deprecated", cure: "look for what replaces it" },
};

function limit({ name = "", from, to }: ListedChange): string {
  return `${name} ${shown(from)} is ${shown(to)} now`;
}
