/** Edits of the document of Kubernetes (Swagger 2.0), each with a route that meets it. */
import type { Document } from "./edit.ts";
import type { Seed } from "./seed.ts";

const schema = (document: Document, name: string): Document =>
  document.definitions[`io.k8s.${name}`];
const INPUT = '{ path: { namespace: "n", name: "a" } }';
const VERSION = "apimachinery.pkg.version.Info";

export const KUBERNETES_SEEDS: readonly Seed[] = [
  {
    title: "a field that is named is gone",
    operation: "getCodeVersion",
    input: "",
    returns: "found.gitVersion",
    edit: (document) => {
      const info = schema(document, VERSION);
      delete info.properties.gitVersion;
      info.required = info.required.filter((name: string) => name !== "gitVersion");
    },
    kind: "property-removed",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "a field that is taken out of the answer is gone",
    operation: "getCodeVersion",
    input: "",
    returns: "(({ platform, compiler }) => ({ platform, compiler }))(found)",
    edit: (document) => {
      const info = schema(document, VERSION);
      delete info.properties.compiler;
      info.required = info.required.filter((name: string) => name !== "compiler");
    },
    kind: "property-removed",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "a field may be missing, and is computed with",
    operation: "getCodeVersion",
    input: "",
    returns: "found.major.length",
    edit: (document) => {
      const info = schema(document, VERSION);
      info.required = info.required.filter((name: string) => name !== "major");
    },
    kind: "property-optional",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "a field may be missing, and is passed",
    operation: "getCodeVersion",
    input: "",
    returns: "{ built: found.buildDate }",
    edit: (document) => {
      const info = schema(document, VERSION);
      info.required = info.required.filter((name: string) => name !== "buildDate");
    },
    kind: "property-optional",
    verdict: "risky",
  },
  {
    title: "a field deep down is gone, and is named",
    operation: "readCoreV1NamespacedPod",
    input: INPUT,
    returns: "found.status?.containerStatuses?.map((one) => one.restartCount) ?? []",
    edit: (document) => {
      const status = schema(document, "api.core.v1.ContainerStatus");
      delete status.properties.restartCount;
      status.required = status.required.filter((name: string) => name !== "restartCount");
    },
    kind: "property-removed",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "a field deep down is gone from what is passed",
    operation: "readCoreV1Node",
    input: '{ path: { name: "a" } }',
    returns: "found.status?.nodeInfo ?? null",
    edit: (document) => {
      const info = schema(document, "api.core.v1.NodeSystemInfo");
      delete info.properties.bootID;
      info.required = info.required.filter((name: string) => name !== "bootID");
    },
    kind: "property-removed",
    verdict: "risky",
  },
  {
    title: "a type that is computed with is another",
    operation: "readAppsV1NamespacedDeployment",
    input: INPUT,
    returns: "(found.status?.readyReplicas ?? 0) - (found.status?.replicas ?? 0)",
    edit: (document) => {
      const { readyReplicas } = schema(document, "api.apps.v1.DeploymentStatus").properties;
      readyReplicas.type = "string";
      delete readyReplicas.format;
    },
    kind: "type-changed",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "a type that is passed is another",
    operation: "readCoreV1NamespacedService",
    input: INPUT,
    returns: "{ name: found.spec?.externalName ?? null }",
    edit: (document) => {
      schema(document, "api.core.v1.ServiceSpec").properties.externalName = { type: "integer" };
    },
    kind: "type-changed",
    verdict: "risky",
  },
  {
    title: "the values of a text are named, and it is passed",
    operation: "readCoreV1Namespace",
    input: '{ path: { name: "a" } }',
    returns: "{ phase: found.status?.phase ?? null }",
    edit: (document) => {
      schema(document, "api.core.v1.NamespaceStatus").properties.phase.enum = ["Active", "Ending"];
    },
    kind: "enum-narrowed",
    verdict: "unaffected",
  },
  {
    title: "the values of a text are named, and it is compared with another",
    operation: "readCoreV1NamespacedPod",
    input: INPUT,
    returns: "found.status?.phase === 'Pending'",
    edit: (document) => {
      schema(document, "api.core.v1.PodStatus").properties.phase.enum = ["Running", "Failed"];
    },
    kind: "enum-narrowed",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "a format is another",
    operation: "readBatchV1NamespacedJob",
    input: INPUT,
    returns: "found.status?.failed ?? 0",
    edit: (document) => {
      schema(document, "api.batch.v1.JobStatus").properties.failed.format = "double";
    },
    kind: "limit-changed",
    verdict: "risky",
  },
  {
    title: "a limit of an answer is new",
    operation: "readPolicyV1NamespacedPodDisruptionBudget",
    input: INPUT,
    returns: "found.status?.currentHealthy ?? 0",
    edit: (document) => {
      schema(
        document,
        "api.policy.v1.PodDisruptionBudgetStatus",
      ).properties.currentHealthy.minimum = 0;
    },
    kind: "limit-narrowed",
    verdict: "unaffected",
  },
  {
    title: "the items of a list are gone objects",
    operation: "readRbacAuthorizationV1NamespacedRole",
    input: INPUT,
    returns: "found.rules?.map((rule) => rule.verbs.join()) ?? []",
    edit: (document) => {
      schema(document, "api.rbac.v1.PolicyRule").properties.verbs = { type: "string" };
    },
    kind: "type-changed",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "the values of a map are numbers",
    operation: "readCoreV1NamespacedConfigMap",
    input: INPUT,
    returns: "found.data?.colour?.trim() ?? null",
    edit: (document) => {
      schema(document, "api.core.v1.ConfigMap").properties.data.additionalProperties = {
        type: "integer",
      };
    },
    kind: "type-changed",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "a parameter is required now, and is not sent",
    operation: "listCoreV1NamespacedEndpoints",
    input: '{ path: { namespace: "n" } }',
    returns: "found.items.length",
    edit: (document) => {
      document.paths["/api/v1/namespaces/{namespace}/endpoints"].get.parameters.push({
        name: "tenant",
        in: "query",
        type: "string",
        required: true,
      });
    },
    kind: "parameter-added-required",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "a header field is required now",
    operation: "listCoreV1NamespacedLimitRange",
    input: '{ path: { namespace: "n" } }',
    returns: "found.items.length",
    edit: (document) => {
      document.paths["/api/v1/namespaces/{namespace}/limitranges"].get.parameters.push({
        name: "X-Tenant",
        in: "header",
        type: "string",
        required: true,
      });
    },
    kind: "parameter-added-required",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "the body is required now, and none is sent",
    operation: "deleteCoreV1NamespacedPod",
    input: INPUT,
    returns: "found.kind ?? null",
    edit: (document) => {
      const { parameters } = document.paths["/api/v1/namespaces/{namespace}/pods/{name}"].delete;
      const index = parameters.findIndex(
        ({ in: location, $ref = "" }: Document) => location === "body" || $ref.includes("body"),
      );
      const { $ref } = parameters[index];
      const target = $ref === undefined ? parameters[index] : document.parameters[$ref.slice(13)];
      parameters[index] = { ...target, required: true };
    },
    kind: "body-required",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "a value of the body is of another type",
    operation: "createCoreV1NamespacedSecret",
    input: '{ path: { namespace: "n" }, body: { type: "Opaque", immutable: true } }',
    returns: "found.kind ?? null",
    edit: (document) => {
      schema(document, "api.core.v1.Secret").properties.immutable = { type: "string" };
    },
    kind: "type-changed",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "an operation is gone",
    operation: "listStorageV1StorageClass",
    input: "",
    returns: "found.items.length",
    edit: (document) => {
      delete document.paths["/apis/storage.k8s.io/v1/storageclasses"].get;
    },
    kind: "operation-removed",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "an operation is deprecated",
    operation: "readNetworkingV1NamespacedIngress",
    input: INPUT,
    returns: "found.spec?.ingressClassName ?? null",
    edit: (document) => {
      document.paths[
        "/apis/networking.k8s.io/v1/namespaces/{namespace}/ingresses/{name}"
      ].get.deprecated = true;
    },
    kind: "operation-deprecated",
    verdict: "risky",
  },
  {
    title: "another status is answered, and is looked at",
    operation: "readAutoscalingV2NamespacedHorizontalPodAutoscaler",
    input: INPUT,
    form: "result",
    returns: "found.status === 200 ? found.body.spec.maxReplicas : 0",
    edit: (document) => {
      const path = "/apis/autoscaling/v2/namespaces/{namespace}/horizontalpodautoscalers/{name}";
      const { responses } = document.paths[path].get;
      responses["203"] = responses["200"];
      delete responses["200"];
    },
    kind: "answer-removed",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "a form of security is another",
    operation: "readCoreV1NamespacedServiceAccount",
    input: INPUT,
    returns: "found.kind ?? null",
    edit: (document) => {
      const path = "/api/v1/namespaces/{namespace}/serviceaccounts/{name}";
      document.securityDefinitions.Other = { type: "basic" };
      document.paths[path].get.security = [{ Other: [] }];
    },
    kind: "security-changed",
    verdict: "risky",
  },
];
