// What stands behind the ± of a distance. All lengths in metres.

/** Coverage factor: the interval holds the true distance with about 95 %. */
export const K = 2;

/**
 * Expanded uncertainty of the distance between two picked points (GUM, JCGM 100:2008, 4.3.7 and 5.1.2).
 *
 * At each end: the surface may lie anywhere within its tile's measured error (a bound: rectangular, /sqrt 3), its
 * coordinates were rounded to a step (rectangular of half a step) and the scan itself scatters (a standard deviation).
 * The ends are taken as independent.
 *
 * @param a {error, step}
 * @param b {error, step}
 * @param noise standard deviation of the scan, or null where nobody knows it
 */
export function expanded(a, b, noise) {
  let variance = 0;
  for (const end of [a, b]) {
    variance += end.error ** 2 / 3 + end.step ** 2 / 12 + (noise ?? 0) ** 2;
  }
  return K * Math.sqrt(variance);
}

/** Decimals of a millimetre that an uncertainty deserves: two figures of it, no finer than a hundredth. */
export function decimals(uncertaintyMm) {
  if (uncertaintyMm >= 9.95) return 0;
  if (uncertaintyMm >= 0.95) return 1;
  return 2;
}

/** The scan's standard deviation from a quality report, metres, or null. */
export function noiseOf(report) {
  const found = report?.surface?.noise ?? report?.noise;
  const value = typeof found === 'object' && found !== null ? (found.value ?? found.median) : found;
  const unit = typeof found === 'object' && found !== null ? found.unit : 'm';
  if (typeof value !== 'number' || !(value >= 0)) return null;
  return unit === 'mm' ? value / 1000 : value;
}
