// The cards of the maturity dimensions: an interval, how much of it has evidence, and the level.

import { el, empty, replace } from './dom.js';
import { interval, measure, percent } from './format.js';
import { t } from './texts.js';

const open = new Set();

/** Shows an assessment, or that there is none yet. */
export function showAssessment(assessment) {
  const container = document.getElementById('assessment');
  const badge = document.getElementById('provisional');
  badge.hidden = !assessment?.provisional;
  badge.textContent = t('assessment.provisional');
  badge.title = t('assessment.provisional.why');
  if (!assessment) {
    replace(container, empty(t('assessment.empty')));
    return;
  }
  document.getElementById('assessment-note').textContent = t('assessment.note', {
    profile: assessment.profile,
    version: assessment.profileVersion,
  });
  replace(container, assessment.dimensions.map(card));
}

function card(dimension) {
  const { lower, upper, coverage } = dimension;
  return el('article', { class: 'card', 'aria-label': dimension.name, 'data-dimension': dimension.id },
    el('h3', {}, dimension.name),
    headline(dimension),
    el('p', { class: 'level' }, level(dimension)),
    lower === null ? el('div', {}) : bar(lower, upper),
    meter(coverage),
    indicators(dimension));
}

function headline({ lower, upper, coverage }) {
  if (lower === null) {
    return el('p', { class: 'score weak' }, t('assessment.notapplicable'));
  }
  if (coverage === 0) {
    return el('p', { class: 'score weak' }, t('assessment.insufficient'));
  }
  return el('p', { class: 'score' }, interval(lower, upper, 0));
}

function level({ lower, lowerLevel, upperLevel, lowerLevelName, upperLevelName }) {
  const named = (number, name) => (name ? `${number} (${name})` : String(number));
  if (lower === null || upperLevel === 0) {
    return t('assessment.level.none');
  }
  if (lowerLevel === upperLevel) {
    return t('assessment.level', { level: named(lowerLevel, lowerLevelName) });
  }
  if (lowerLevel === 0) {
    return t('assessment.level.upto', { upper: named(upperLevel, upperLevelName) });
  }
  return t('assessment.levels', {
    lower: named(lowerLevel, lowerLevelName),
    upper: named(upperLevel, upperLevelName),
  });
}

function bar(lower, upper) {
  const proven = el('span', { class: 'proven' });
  const possible = el('span', { class: 'possible' });
  proven.style.width = `${lower * 100}%`;
  possible.style.left = `${lower * 100}%`;
  possible.style.width = `${(upper - lower) * 100}%`;
  return el('div', {
    class: 'interval',
    role: 'img',
    'aria-label': t('assessment.score', {
      lower: (lower * 100).toFixed(0),
      upper: (upper * 100).toFixed(0),
    }),
  }, proven, possible);
}

function meter(coverage) {
  const fill = el('span', {});
  fill.style.width = `${coverage * 100}%`;
  return el('div', { class: 'coverage' },
    el('div', { class: 'track', 'aria-hidden': 'true' }, fill),
    el('span', {}, t('assessment.coverage', { coverage: percent(coverage, 0) })));
}

function indicators(dimension) {
  const details = el('details', {},
    el('summary', { 'data-key': dimension.id },
      t('assessment.indicators', { count: dimension.indicators.length })),
    el('ul', { class: 'indicators' }, dimension.indicators.map(indicator)));
  details.open = open.has(dimension.id);
  details.addEventListener('toggle', () => {
    if (details.open) {
      open.add(dimension.id);
    } else {
      open.delete(dimension.id);
    }
  });
  return details;
}

function indicator(i) {
  const bounds = i.lower !== null && i.upper !== null && i.lower !== i.upper
    ? ` (${measure(i.lower, i.unit)} – ${measure(i.upper, i.unit)})` : '';
  return el('li', { class: `is-${i.state.toLowerCase()}` },
    el('span', { class: 'what' }, i.name),
    el('span', { class: 'value' },
      i.state === 'MEASURED' ? measure(i.value, i.unit) + bounds : t(`state.${i.state}`)),
    i.detail ? el('span', { class: 'why' }, i.detail) : null);
}
