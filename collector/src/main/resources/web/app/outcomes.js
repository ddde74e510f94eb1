// The outcomes of a slot: their order, their colour (one everywhere) and what to say of them.

import { el } from './dom.js';
import { t } from './texts.js';

/** Drawn from the bottom up: what is good first, then what is worse. */
export const OUTCOMES = [
  'GOOD', 'GOOD_LATE', 'UNCERTAIN', 'BAD', 'INVALID', 'LOST_OVERFLOW', 'LOST_TRANSPORT',
  'SILENT', 'DISCONNECTED', 'AMBIGUOUS', 'EXCLUDED',
];

/** Those that are drawn hatched as well, because they are neither good nor lost. */
export const HATCHED = new Set(['AMBIGUOUS', 'EXCLUDED']);

const LOSSES = OUTCOMES.filter((o) => o !== 'GOOD' && o !== 'GOOD_LATE' && o !== 'EXCLUDED');

/** The CSS variable of an outcome's colour. */
export const variable = (outcome) => `--outcome-${outcome.toLowerCase().replace('_', '-')}`;

/** Slots in scope. */
export function inScope(outcomes) {
  return OUTCOMES.reduce((sum, o) => (o === 'EXCLUDED' ? sum : sum + outcomes[o]), 0);
}

/** All slots. */
export function all(outcomes) {
  return OUTCOMES.reduce((sum, o) => sum + outcomes[o], 0);
}

/** The largest loss as {outcome, share}, or null if there is none. */
export function topCause(outcomes) {
  const scope = inScope(outcomes);
  let top = null;
  for (const outcome of LOSSES) {
    if (outcomes[outcome] > 0 && (top === null || outcomes[outcome] > outcomes[top])) {
      top = outcome;
    }
  }
  return top === null ? null : { outcome: top, share: outcomes[top] / scope };
}

/** A patch of an outcome's colour. */
export function swatch(outcome) {
  const hatched = HATCHED.has(outcome) ? ' hatched' : '';
  return el('span', { class: `swatch o-${outcome.toLowerCase()}${hatched}`, 'aria-hidden': 'true' });
}

/** Fills the legend: each outcome with its explanation on demand. */
export function legend(list) {
  const chips = OUTCOMES.map((o) =>
    el('li', { title: t(`outcome.${o}.why`) }, swatch(o), t(`outcome.${o}`)));
  const explanations = OUTCOMES.map((o) =>
    [el('dt', {}, swatch(o), t(`outcome.${o}`)), el('dd', {}, t(`outcome.${o}.why`))]);
  list.replaceChildren(...chips);
  list.after(el('details', { class: 'explain' },
    el('summary', {}, t('completeness.outcomes')),
    el('dl', {}, ...explanations)));
}
