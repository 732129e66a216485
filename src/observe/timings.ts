/** Histograms of durations, counted here and written by prom-client: its own cost ten times as much a measurement. */
import type { Metric, Registry } from "prom-client";

export interface TimingsOptions {
  readonly name: string;
  readonly help: string;
  /** Seconds; upper bounds, ascending. */
  readonly buckets: readonly number[];
  readonly registers: readonly Registry[];
}

type Labels = Readonly<Record<string, string | number>>;

/** What was measured under one set of labels. */
export class Series {
  readonly labels: Labels;
  readonly #bounds: readonly number[];
  /** Not cumulative; the last is for what is above all bounds. */
  readonly #counts: Float64Array;
  #sum = 0;

  constructor(labels: Labels, bounds: readonly number[]) {
    this.labels = labels;
    this.#bounds = bounds;
    this.#counts = new Float64Array(bounds.length + 1);
  }

  observe(seconds: number): void {
    const bounds = this.#bounds;
    let at = 0;
    while (at < bounds.length && seconds > (bounds[at] ?? 0)) at++;
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.#sum += seconds;
  }

  /** In the order of the text format: buckets, sum, count. */
  values(name: string): object[] {
    const { labels } = this;
    let total = 0;
    const buckets = [...this.#bounds, "+Inf"].map((le, at) => {
      total += this.#counts[at] ?? 0;
      return { metricName: `${name}_bucket`, labels: { le, ...labels }, value: total };
    });
    return [
      ...buckets,
      { metricName: `${name}_sum`, labels, value: this.#sum },
      { metricName: `${name}_count`, labels, value: total },
    ];
  }
}

/** Makes the series of a histogram. Their number must be bounded: by routes, operations and outcomes. */
export function createTimings({
  name,
  help,
  buckets,
  registers,
}: TimingsOptions): (labels: Labels) => Series {
  const series: Series[] = [];
  const metric = {
    name,
    get: () =>
      Promise.resolve({
        name,
        help,
        type: "histogram",
        aggregator: "sum",
        values: series.flatMap((one) => one.values(name)),
      }),
    reset: () => series.splice(0),
  };
  for (const registry of registers) registry.registerMetric(metric as unknown as Metric);
  return (labels) => {
    const one = new Series(labels, buckets);
    series.push(one);
    return one;
  };
}
