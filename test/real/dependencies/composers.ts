/** Composers over the documents of GitHub, Stripe and Kubernetes, and by hand all that they depend on. */

export interface RealComposer {
  readonly name: string;
  readonly code: string;
  /** `github.reposGet /full_name passed`, and nothing else. */
  readonly facts: readonly string[];
}

export const HELPERS = `
import type { Services } from "#gateway";
export const byCreation = <Item extends { created: number }>(items: readonly Item[]): Item[] => items.toSorted((a, b) => b.created - a.created);
export async function namespacePods(services: Services, namespace: string) {
  const { items } = await services.kubernetes.listCoreV1NamespacedPod({ path: { namespace } });
  return items;
}
export const labelOf = (labels: Record<string, string> | undefined, name: string): string => labels?.[name] ?? "";
export const money = (cents: number, currency: string): string => (cents / 100).toFixed(2) + " " + currency;
`;

const REPO = "const repo = { owner: path.a, repo: path.b };";
const NAMED = "const named = { namespace: path.a, name: path.b };";

export const COMPOSERS: readonly RealComposer[] = [
  {
    name: "repository",
    code: `${REPO} const { full_name, stargazers_count, owner, license, topics } = await services.github.reposGet({ path: repo }); return { full_name, stars: stargazers_count, owner: owner.login, license: license?.spdx_id, topics };`,
    facts: [
      "github.reposGet /full_name passed",
      "github.reposGet /license/spdx_id passed",
      "github.reposGet /owner/login passed",
      "github.reposGet /stargazers_count passed",
      "github.reposGet /topics passed",
    ],
  },
  {
    name: "repositoryCard",
    code: `${REPO} const it = await services.github.reposGet({ path: repo }); return { name: it.name, archived: it.archived ? "archived" : "alive", parent: it.parent?.full_name ?? null, contributors: async () => (await services.github.reposListContributors({ path: repo }, { fallback: [] }))?.map(({ login, contributions }) => ({ login, contributions })) };`,
    facts: [
      "github.reposGet /archived read",
      "github.reposGet /name passed",
      "github.reposGet /parent/full_name passed",
      "github.reposListContributors /*/contributions passed",
      "github.reposListContributors /*/login passed",
    ],
  },
  {
    name: "openIssues",
    code: `${REPO} const issues = await services.github.issuesListForRepo({ path: repo, query: { state: "open" } }); return issues.filter(({ pull_request }) => pull_request === undefined).map(({ number, title, user, comments, labels }) => ({ number, title, by: user?.login, comments, labels: labels.map((label) => typeof label === "string" ? label : label.name) }));`,
    facts: [
      "github.issuesListForRepo /*/comments passed",
      "github.issuesListForRepo /*/labels/* passed read",
      "github.issuesListForRepo /*/number passed",
      "github.issuesListForRepo /*/pull_request read",
      "github.issuesListForRepo /*/title passed",
      "github.issuesListForRepo /*/user/login passed",
    ],
  },
  {
    name: "pullRequest",
    code: `${REPO} const pull = await services.github.pullsGet({ path: { ...repo, pull_number: Number(path.c) } }); const { head, base, additions, deletions } = pull; return { title: pull.title, from: head.ref, sha: head.sha, into: base.ref, size: additions + deletions, merged: pull.merged, runs: async () => { const { workflow_runs } = await services.github.actionsListWorkflowRunsForRepo({ path: repo, query: { head_sha: head.sha } }); return workflow_runs.map(({ name, status, conclusion, html_url }) => ({ name, state: conclusion ?? status, html_url })); } };`,
    facts: [
      "github.actionsListWorkflowRunsForRepo /workflow_runs/*/conclusion passed",
      "github.actionsListWorkflowRunsForRepo /workflow_runs/*/html_url passed",
      "github.actionsListWorkflowRunsForRepo /workflow_runs/*/name passed",
      "github.actionsListWorkflowRunsForRepo /workflow_runs/*/status passed",
      "github.pullsGet /additions read",
      "github.pullsGet /base/ref passed",
      "github.pullsGet /deletions read",
      "github.pullsGet /head/ref passed",
      "github.pullsGet /head/sha passed",
      "github.pullsGet /merged passed",
      "github.pullsGet /title passed",
    ],
  },
  {
    name: "reviewQueue",
    code: `${REPO} const pulls = await services.github.pullsList({ path: repo }); return each(pulls, async ({ number, title, draft, user }) => ({ number, title, draft, author: user === null ? null : await services.github.usersGetByUsername({ path: { username: user.login } }) }));`,
    facts: [
      "github.pullsList /*/draft passed",
      "github.pullsList /*/number passed",
      "github.pullsList /*/title passed",
      "github.pullsList /*/user read",
      "github.pullsList /*/user/login passed",
      "github.usersGetByUsername  passed",
    ],
  },
  {
    name: "person",
    code: "const { login, name, avatar_url, followers, company } = await services.github.usersGetByUsername({ path: { username: path.a } }); return { login, name: name ?? login, avatar_url, popular: followers > 100, company: company?.trim() };",
    facts: [
      "github.usersGetByUsername /avatar_url passed",
      "github.usersGetByUsername /company read",
      "github.usersGetByUsername /followers read",
      "github.usersGetByUsername /login passed",
      "github.usersGetByUsername /name passed",
    ],
  },
  {
    name: "history",
    code: `${REPO} const commits = await services.github.reposListCommits({ path: repo }); const seen = new Map<string, number>(); for (const { commit } of commits) { const who = commit.author?.name ?? "nobody"; seen.set(who, (seen.get(who) ?? 0) + 1); } return { counts: Object.fromEntries(seen), last: commits.at(0)?.commit.message };`,
    facts: [
      "github.reposListCommits /*/commit/author/name read",
      "github.reposListCommits /*/commit/message passed",
    ],
  },
  {
    name: "downloads",
    code: `${REPO} const release = await services.github.reposGetLatestRelease.result({ path: repo }); if (release.status !== 200) return { tag: null, files: [] }; const { tag_name, assets, published_at } = release.body; return { tag: tag_name, published_at, files: assets.toSorted((a, b) => b.download_count - a.download_count).map(({ name, size, browser_download_url: url }) => ({ name, size, url })) };`,
    facts: [
      "github.reposGetLatestRelease (200)/assets/*/browser_download_url passed",
      "github.reposGetLatestRelease (200)/assets/*/download_count read",
      "github.reposGetLatestRelease (200)/assets/*/name passed",
      "github.reposGetLatestRelease (200)/assets/*/size passed",
      "github.reposGetLatestRelease (200)/published_at passed",
      "github.reposGetLatestRelease (200)/tag_name passed",
    ],
  },
  {
    name: "missingRelease",
    code: `${REPO} const release = await services.github.reposGetLatestRelease.result({ path: repo }); switch (release.status) { case 200: return { tag: release.body.tag_name }; case 404: return { why: release.body.message, more: release.body.documentation_url }; default: return null; }`,
    facts: [
      "github.reposGetLatestRelease (200)/tag_name passed",
      "github.reposGetLatestRelease (404)/documentation_url passed",
      "github.reposGetLatestRelease (404)/message passed",
    ],
  },
  {
    name: "languages",
    code: `${REPO} const languages = await services.github.reposListLanguages({ path: repo }); return { typescript: languages.TypeScript ?? 0, all: Object.values(languages).reduce((sum, size) => sum + size, 0) };`,
    facts: ["github.reposListLanguages /* read", "github.reposListLanguages /TypeScript passed"],
  },
  {
    name: "gistFiles",
    code: `const { files, description, owner } = await services.github.gistsGet({ path: { gist_id: path.a } }); return { description, by: owner?.login, files: Object.values(files ?? {}).map((file) => ({ name: file?.filename, text: file?.content })) };`,
    facts: [
      "github.gistsGet /description passed",
      "github.gistsGet /files/*/content passed",
      "github.gistsGet /files/*/filename passed",
      "github.gistsGet /owner/login passed",
    ],
  },
  {
    name: "search",
    code: `const { total_count, items } = await services.github.searchRepos({ query: { q: path.a } }); return { total_count, items: items.slice(0, 5).map(({ full_name, description, score }) => ({ full_name, description, good: score > 1 })) };`,
    facts: [
      "github.searchRepos /items/*/description passed",
      "github.searchRepos /items/*/full_name passed",
      "github.searchRepos /items/*/score read",
      "github.searchRepos /total_count passed",
    ],
  },
  {
    name: "organisation",
    code: `const [org, { items }] = await Promise.all([services.github.orgsGet({ path: { org: path.a } }), services.github.searchRepos({ query: { q: \`org:\${path.a}\` } })]); const { login, blog, ...rest } = org; return { login, site: blog, count: rest.public_repos, first: items[0]?.html_url };`,
    facts: [
      "github.orgsGet /blog passed",
      "github.orgsGet /login passed",
      "github.orgsGet /public_repos passed",
      "github.searchRepos /items/*/html_url passed",
    ],
  },
  {
    name: "treeSize",
    code: `${REPO} const { tree, truncated } = await services.github.gitGetTree({ path: { ...repo, tree_sha: path.c } }); const files = tree.filter(({ type }) => type === "blob"); return { truncated, files: files.map((file) => file.path), bytes: files.reduce((sum, { size = 0 }) => sum + size, 0) };`,
    facts: [
      "github.gitGetTree /tree/*/path passed",
      "github.gitGetTree /tree/*/size read",
      "github.gitGetTree /tree/*/type read",
      "github.gitGetTree /truncated passed",
    ],
  },
  {
    name: "checks",
    code: `${REPO} const { check_runs } = await services.github.checksListForRef({ path: { ...repo, ref: path.c } }); const failed = check_runs.find(({ conclusion }) => conclusion === "failure"); return { ok: check_runs.every(({ status }) => status === "completed"), failed: failed === undefined ? null : { name: failed.name, app: failed.app?.slug, title: failed.output.title } };`,
    facts: [
      "github.checksListForRef /check_runs/*/app/slug passed",
      "github.checksListForRef /check_runs/*/conclusion read",
      "github.checksListForRef /check_runs/*/name passed",
      "github.checksListForRef /check_runs/*/output/title passed",
      "github.checksListForRef /check_runs/*/status read",
    ],
  },
  {
    name: "limits",
    code: 'const { data } = await services.github.client.GET("/rate_limit"); return { left: data?.rate.remaining, search: data?.resources.search.limit };',
    facts: [
      "github.rateLimitGet /rate/remaining passed",
      "github.rateLimitGet /resources/search/limit passed",
    ],
  },
  {
    name: "customer",
    code: `const customer = await services.stripe.GetCustomersCustomer({ path: { customer: path.a } }); if ("deleted" in customer && customer.deleted) return { id: customer.id, gone: true }; return { id: customer.id, email: "email" in customer ? customer.email : null };`,
    facts: [
      "stripe.GetCustomersCustomer /deleted read",
      "stripe.GetCustomersCustomer /email passed read",
      "stripe.GetCustomersCustomer /id passed",
    ],
  },
  {
    name: "funds",
    code: `const { available, pending, livemode } = await services.stripe.GetBalance(); return { live: livemode, available: available.map(({ amount, currency }) => money(amount, currency)), waiting: pending.reduce((sum, { amount }) => sum + amount, 0) };`,
    facts: [
      "stripe.GetBalance /available/*/amount read",
      "stripe.GetBalance /available/*/currency read",
      "stripe.GetBalance /livemode passed",
      "stripe.GetBalance /pending/*/amount read",
    ],
  },
  {
    name: "charges",
    code: `const { data, has_more } = await services.stripe.GetCharges({ query: { customer: path.a } }); return { more: has_more, charges: byCreation(data).map(({ id, amount, currency, refunded, receipt_url }) => ({ id, text: money(amount, currency), refunded, receipt_url })) };`,
    facts: [
      "stripe.GetCharges /data/*/amount read",
      "stripe.GetCharges /data/*/created read",
      "stripe.GetCharges /data/*/currency read",
      "stripe.GetCharges /data/*/id passed",
      "stripe.GetCharges /data/*/receipt_url passed",
      "stripe.GetCharges /data/*/refunded passed",
      "stripe.GetCharges /has_more passed",
    ],
  },
  {
    name: "charge",
    code: `const charge = await services.stripe.GetChargesCharge({ path: { charge: path.a } }); const { billing_details: { name, address }, outcome } = charge; return { name, city: address?.city, risk: outcome?.risk_level, status: charge.status, dispute: () => charge.disputed ? services.stripe.GetChargesChargeDispute({ path: { charge: charge.id } }) : null };`,
    facts: [
      "stripe.GetChargesCharge /billing_details/address/city passed",
      "stripe.GetChargesCharge /billing_details/name passed",
      "stripe.GetChargesCharge /disputed read",
      "stripe.GetChargesCharge /id passed",
      "stripe.GetChargesCharge /outcome/risk_level passed",
      "stripe.GetChargesCharge /status passed",
      "stripe.GetChargesChargeDispute  passed",
    ],
  },
  {
    name: "dunning",
    code: `const open = []; for (const invoice of (await services.stripe.GetInvoices()).data) { if (invoice.paid) continue; const { number, amount_remaining, customer_email, due_date, hosted_invoice_url } = invoice; open.push({ number, customer_email, due_date, amount_remaining, link: hosted_invoice_url }); } return open;`,
    facts: [
      "stripe.GetInvoices /data/*/amount_remaining passed",
      "stripe.GetInvoices /data/*/customer_email passed",
      "stripe.GetInvoices /data/*/due_date passed",
      "stripe.GetInvoices /data/*/hosted_invoice_url passed",
      "stripe.GetInvoices /data/*/number passed",
      "stripe.GetInvoices /data/*/paid read",
    ],
  },
  {
    name: "subscriptions",
    code: `const { data } = await services.stripe.GetSubscriptions({ query: { customer: path.a } }); return data.map(({ id, status, current_period_end, items, cancel_at_period_end }) => ({ id, status, until: new Date(current_period_end * 1000), ends: cancel_at_period_end, prices: items.data.map(({ price, quantity = 1 }) => ({ price: price.id, nickname: price.nickname, quantity })) }));`,
    facts: [
      "stripe.GetSubscriptions /data/*/cancel_at_period_end passed",
      "stripe.GetSubscriptions /data/*/current_period_end read",
      "stripe.GetSubscriptions /data/*/id passed",
      "stripe.GetSubscriptions /data/*/items/data/*/price/id passed",
      "stripe.GetSubscriptions /data/*/items/data/*/price/nickname passed",
      "stripe.GetSubscriptions /data/*/items/data/*/quantity passed",
      "stripe.GetSubscriptions /data/*/status passed",
    ],
  },
  {
    name: "priceList",
    code: `const { data } = await services.stripe.GetPrices({ query: { active: true } }); return each(data, async ({ id, unit_amount, currency, recurring, product }) => ({ id, unit_amount, currency, every: recurring?.interval, product: typeof product === "string" ? (await services.stripe.GetProductsId({ path: { id: product } })).name : product.id }));`,
    facts: [
      "stripe.GetPrices /data/*/currency passed",
      "stripe.GetPrices /data/*/id passed",
      "stripe.GetPrices /data/*/product passed read",
      "stripe.GetPrices /data/*/recurring/interval passed",
      "stripe.GetPrices /data/*/unit_amount passed",
      "stripe.GetProductsId /name passed",
    ],
  },
  {
    name: "payment",
    code: `const intent = await services.stripe.GetPaymentIntentsIntent({ path: { intent: path.a } }); const { last_payment_error: failure } = intent; return { ...money2(intent), failure: failure?.message, code: failure?.decline_code, meta: intent.metadata?.order }; function money2({ amount, amount_received = 0, currency }: typeof intent) { return { currency, open: amount - amount_received }; }`,
    facts: [
      "stripe.GetPaymentIntentsIntent /amount read",
      "stripe.GetPaymentIntentsIntent /amount_received read",
      "stripe.GetPaymentIntentsIntent /currency passed",
      "stripe.GetPaymentIntentsIntent /last_payment_error/decline_code passed",
      "stripe.GetPaymentIntentsIntent /last_payment_error/message passed",
      "stripe.GetPaymentIntentsIntent /metadata/order passed",
    ],
  },
  {
    name: "eventLog",
    code: `const { data } = await services.stripe.GetEvents(); const kinds = new Set(data.map(({ type }) => type)); return { kinds: [...kinds], events: data.map(({ id, created, request }) => ({ id, created, key: request?.idempotency_key })) };`,
    facts: [
      "stripe.GetEvents /data/*/created passed",
      "stripe.GetEvents /data/*/id passed",
      "stripe.GetEvents /data/*/request/idempotency_key passed",
      "stripe.GetEvents /data/*/type passed read",
    ],
  },
  {
    name: "disputes",
    code: `const { data } = await services.stripe.GetDisputes(); const open = data.filter(({ status }) => status !== "won" && status !== "lost"); return open.flatMap(({ balance_transactions, reason, evidence_details }) => balance_transactions.map(({ fee, net }) => ({ reason, fee, net, due: evidence_details.due_by })));`,
    facts: [
      "stripe.GetDisputes /data/*/balance_transactions/*/fee passed",
      "stripe.GetDisputes /data/*/balance_transactions/*/net passed",
      "stripe.GetDisputes /data/*/evidence_details/due_by passed",
      "stripe.GetDisputes /data/*/reason passed",
      "stripe.GetDisputes /data/*/status read",
    ],
  },
  {
    name: "pods",
    code: `const pods = await namespacePods(services, path.a); return pods.map(({ metadata, status, spec }) => ({ name: metadata?.name, app: labelOf(metadata?.labels, "app"), phase: status?.phase, node: spec?.nodeName, restarts: (status?.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0) }));`,
    facts: [
      "kubernetes.listCoreV1NamespacedPod /items/*/metadata/labels/app passed",
      "kubernetes.listCoreV1NamespacedPod /items/*/metadata/name passed",
      "kubernetes.listCoreV1NamespacedPod /items/*/spec/nodeName passed",
      "kubernetes.listCoreV1NamespacedPod /items/*/status/containerStatuses/*/restartCount read",
      "kubernetes.listCoreV1NamespacedPod /items/*/status/phase passed",
    ],
  },
  {
    name: "podDetail",
    code: `${NAMED} const { spec, status, metadata } = await services.kubernetes.readCoreV1NamespacedPod({ path: named }); return { uid: metadata?.uid, images: spec?.containers.map(({ image }) => image), env: spec?.containers.flatMap(({ env = [] }) => env.map(({ name, value }) => \`\${name}=\${value}\`)), ready: status?.conditions?.find(({ type }) => type === "Ready")?.status };`,
    facts: [
      "kubernetes.readCoreV1NamespacedPod /metadata/uid passed",
      "kubernetes.readCoreV1NamespacedPod /spec/containers/*/env/*/name read",
      "kubernetes.readCoreV1NamespacedPod /spec/containers/*/env/*/value read",
      "kubernetes.readCoreV1NamespacedPod /spec/containers/*/image passed",
      "kubernetes.readCoreV1NamespacedPod /status/conditions/*/status passed",
      "kubernetes.readCoreV1NamespacedPod /status/conditions/*/type read",
    ],
  },
  {
    name: "rollout",
    code: `${NAMED} const { spec, status } = await services.kubernetes.readAppsV1NamespacedDeployment({ path: named }); const wanted = spec?.replicas ?? 1; const ready = status?.readyReplicas ?? 0; return { wanted, ready, done: wanted === ready, paused: spec?.paused, strategy: spec?.strategy?.type };`,
    facts: [
      "kubernetes.readAppsV1NamespacedDeployment /spec/paused passed",
      "kubernetes.readAppsV1NamespacedDeployment /spec/replicas passed read",
      "kubernetes.readAppsV1NamespacedDeployment /spec/strategy/type passed",
      "kubernetes.readAppsV1NamespacedDeployment /status/readyReplicas passed read",
    ],
  },
  {
    name: "settings",
    code: `${NAMED} const { data, metadata } = await services.kubernetes.readCoreV1NamespacedConfigMap({ path: named }); return { version: metadata?.resourceVersion, settings: Object.entries(data ?? {}).map(([, value]) => value) };`,
    facts: [
      "kubernetes.readCoreV1NamespacedConfigMap /data/* passed",
      "kubernetes.readCoreV1NamespacedConfigMap /metadata/resourceVersion passed",
    ],
  },
  {
    name: "endpoints",
    code: `${NAMED} const [service, pods] = await Promise.all([services.kubernetes.readCoreV1NamespacedService({ path: named }), namespacePods(services, path.a)]); const wanted = service.spec?.selector?.app; const chosen = pods.filter(({ metadata }) => metadata?.labels?.app === wanted); return { ip: service.spec?.clusterIP, ports: service.spec?.ports?.map(({ port, targetPort }) => ({ port, targetPort })), pods: chosen.map(({ status }) => status?.podIP) };`,
    facts: [
      "kubernetes.listCoreV1NamespacedPod /items/*/metadata/labels/app read",
      "kubernetes.listCoreV1NamespacedPod /items/*/status/podIP passed",
      "kubernetes.readCoreV1NamespacedService /spec/clusterIP passed",
      "kubernetes.readCoreV1NamespacedService /spec/ports/*/port passed",
      "kubernetes.readCoreV1NamespacedService /spec/ports/*/targetPort passed",
      "kubernetes.readCoreV1NamespacedService /spec/selector/app read",
    ],
  },
  {
    name: "troubles",
    code: `const { items } = await services.kubernetes.listCoreV1NamespacedEvent({ path: { namespace: path.a } }); const groups: Record<string, string[]> = {}; for (const { type, reason, message, involvedObject } of items) { if (type !== "Warning") continue; const key = involvedObject.name ?? "?"; groups[key] ??= []; groups[key].push(\`\${reason}: \${message}\`); } return groups;`,
    facts: [
      "kubernetes.listCoreV1NamespacedEvent /items/*/involvedObject/name read",
      "kubernetes.listCoreV1NamespacedEvent /items/*/message read",
      "kubernetes.listCoreV1NamespacedEvent /items/*/reason read",
      "kubernetes.listCoreV1NamespacedEvent /items/*/type read",
    ],
  },
  {
    name: "releaseAndRollout",
    code: `${REPO} const { tag_name } = await services.github.reposGetLatestRelease({ path: repo }); const { spec } = await services.kubernetes.readAppsV1NamespacedDeployment({ path: { namespace: "production", name: path.b } }); const image = spec?.template.spec?.containers[0]?.image; return { running: image, released: tag_name, current: image?.endsWith(tag_name) === true };`,
    facts: [
      "github.reposGetLatestRelease /tag_name passed read",
      "kubernetes.readAppsV1NamespacedDeployment /spec/template/spec/containers/*/image passed read",
    ],
  },
];
