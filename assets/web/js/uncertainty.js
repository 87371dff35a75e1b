// What stands behind the ± of a distance. All lengths in metres.

/** Coverage factor: the interval holds the true distance with about 95 %. */
export const K = 2;

/**
 * Expanded uncertainty of the distance between two picked points (GUM, JCGM 100:2008, 4.3.7 and 5.1.2).
 *
 * At each end: the surface may lie anywhere within its tile's measured error (a bound: rectangular, /sqrt 3), its
 * coordinates were rounded to a step (rectangular of half a step) and the scan itself scatters (a standard deviation).
 * When pointing counts, the click may lie anywhere in its pixel, along the distance at worst (rectangular of half a
 * pixel). The ends are taken as independent.
 *
 * @param a {error, step, pixel}
 * @param b the same
 * @param noise standard deviation of the scan, or null where nobody knows it
 */
export function expanded(a, b, noise, pointing) {
  return K * Math.sqrt(variance(a, noise, pointing) + variance(b, noise, pointing));
}

/** The same of one end's place, along any direction. */
export function expandedPlace(end, noise) {
  return K * Math.sqrt(variance(end, noise, true));
}

function variance(end, noise, pointing) {
  return end.error ** 2 / 3 + end.step ** 2 / 12 + (noise ?? 0) ** 2 + (pointing ? end.pixel ** 2 / 12 : 0);
}

/** Decimals of a millimetre that an uncertainty deserves: two figures of it, no finer than a hundredth. */
export function decimals(uncertaintyMm) {
  if (uncertaintyMm >= 9.95) return 0;
  if (uncertaintyMm >= 0.95) return 1;
  return 2;
}

/** Whether the report knows no more than an upper bound of the noise. */
export function noiseIsBound(report) {
  return Boolean(report?.facts?.some?.((f) => f.key === 'noise.atMost'));
}

/** The scan's standard deviation, or its upper bound, from a quality report's facts, metres, or null where it has neither. */
export function noiseOf(report) {
  const key = noiseIsBound(report) ? 'noise.atMost' : 'noise';
  const fact = report?.facts?.find?.((f) => f.key === key);
  if (typeof fact?.value !== 'number' || !(fact.value >= 0)) return null;
  return fact.unit === 'mm' ? fact.value / 1000 : fact.value;
}
