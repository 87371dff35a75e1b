// What the page says of a package's quality: the facts of quality/report.json that a reader wants first, as the report
// names them, and its warnings. The rest stands in the report itself.
import { number, pick } from './text.js';

/** By key, in this order; a report of scans has most of them, one of a mesh the last two. */
const FIRST = ['coverage', 'spacing.median', 'noise', 'noise.atMost', 'distance.median', 'pairs.doubled', 'openings', 'edges.border'];

/** Lines in the current language; none where there is no report, or none that can be read. */
export function summary(report) {
  const facts = Array.isArray(report?.facts) ? report.facts : [];
  const lines = FIRST.map((key) => facts.find((f) => f?.key === key)).filter((f) => typeof f?.value === 'number' && pick(f.name));
  const warnings = Array.isArray(report?.warnings) ? report.warnings.map(pick).filter(Boolean) : [];
  return [...lines.map(line), ...warnings];
}

function line(fact) {
  const unit = typeof fact.unit !== 'string' || fact.unit === '1' ? '' : ` ${fact.unit}`;
  const off = typeof fact.uncertainty === 'number' ? ` ± ${shown(fact.uncertainty)}` : '';
  return `${pick(fact.name)}: ${shown(fact.value)}${off}${unit}`;
}

/** As many decimals as the report gives. */
function shown(value) {
  return number(value, Math.min(12, (String(value).split('.')[1] ?? '').length));
}
