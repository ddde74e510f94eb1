// Completeness per machine: one row each, worst first, with its causes over time.

import { el, empty, keyed, replace, setText } from './dom.js';
import { axisTime, interval, leaf, percent } from './format.js';
import { ask } from './live.js';
import { swatch, topCause } from './outcomes.js';
import { Strip } from './strip.js';
import { t } from './texts.js';

const RANGES = [300, 900, 3600, 21600, 86400, 604800];
// Seconds between the labels of a time axis, for each range.
const LABELS = new Map([[300, 60], [900, 300], [3600, 900], [21600, 7200], [86400, 21600], [604800, 172800]]);
// So many bars a strip has at most.
const BARS = 96;
const STEPS = [1, 5, 10, 15, 30, 60, 300, 900, 1800, 3600, 7200, 21600];

/** How long sums must be so that a range of so many seconds has at most BARS of them. */
export function stepFor(range, window) {
  const least = Math.max(range / BARS, window);
  const step = STEPS.find((s) => s >= least) ?? STEPS[STEPS.length - 1];
  return `PT${step}S`;
}

/** Of a window or null: what to print as its headline. */
export function headline(whole) {
  if (!whole) {
    return t('completeness.nodata');
  }
  const { state, lower, upper } = whole.figures.ev;
  if (state === 'NOT_APPLICABLE') {
    return t('completeness.notdue');
  }
  return state === 'MEASURED' ? interval(lower, upper) : t('completeness.insufficient');
}

/** Smaller is worse; what has no figure comes first if something was due, else last. */
export function badness(whole) {
  const figure = whole?.figures.ev;
  if (!figure || figure.state === 'NOT_APPLICABLE') {
    return 2;
  }
  return figure.lower ?? -1;
}

/** The largest loss as an element. */
export function causeElement(whole) {
  const top = whole ? topCause(whole.outcomes) : null;
  if (!top) {
    const good = whole && whole.figures.ev.state === 'MEASURED';
    return el('span', { class: 'cause quiet' }, good ? t('completeness.allgood') : t('none'));
  }
  return el('span', { class: 'cause', title: t(`outcome.${top.outcome}.why`) },
    swatch(top.outcome),
    t('completeness.topcause', { cause: t(`outcome.${top.outcome}`), share: percent(top.share) }));
}

/** Labels of a time axis, each where its time is: round times by the reader's clock. */
export function axisLabels(from, to) {
  const step = LABELS.get((to - from) / 1000) * 1000 || (to - from) / 4;
  const zone = new Date(to).getTimezoneOffset() * 60e3;
  const labels = [];
  for (let at = Math.ceil((from - zone) / step) * step + zone; at <= to; at += step) {
    const share = (at - from) / (to - from);
    const label = el('span', {}, axisTime(at, to - from));
    label.style.left = `${share * 100}%`;
    label.style.translate = `${-share * 100}%`; // the outermost ones stay within the axis
    labels.push(label);
  }
  return labels;
}

/** The section of the page: asks for the chosen range whenever a window closes. */
export class Completeness {
  constructor(live) {
    this.live = live;
    this.range = null;
    this.rows = new Map();
    this.list = el('ul', { class: 'machines' });
    this.axis = el('div', { class: 'axis', 'aria-hidden': 'true' });
    this.container = document.getElementById('completeness');
    replace(this.container, empty(t('loading')));
  }

  /** Milliseconds of the chosen range, aligned so that bars do not jitter. */
  span() {
    const to = this.live.now();
    return { from: to - this.range * 1000, to };
  }

  /** The chosen range as parameters of the API. */
  parameters() {
    const { from, to } = this.span();
    return {
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      step: stepFor(this.range, this.live.state.gateway.windowSeconds),
    };
  }

  update(state, changed) {
    if (this.range === null) {
      const up = (this.live.now() - Date.parse(state.gateway.started)) / 1000;
      this.choose(up > 3600 ? 3600 : up > 300 ? 900 : 300);
      return;
    }
    const ends = [...state.assets.values()].map((a) => a.last?.end ?? '').sort().pop() ?? '';
    if (changed.has('assets') && ends !== this.ends) {
      this.refresh();
    }
    this.ends = ends;
  }

  choose(range) {
    this.range = range;
    const buttons = RANGES.map((r) =>
      el('button', {
        type: 'button',
        'data-key': String(r),
        'aria-pressed': String(r === range),
        onclick: () => this.choose(r),
      }, t(`range.${r}`)));
    const group = document.getElementById('ranges');
    group.setAttribute('aria-label', t('completeness.range'));
    replace(group, buttons);
    this.refresh();
  }

  async refresh() {
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      const answer = await ask('/api/v1/completeness', this.parameters(), this.asking.signal);
      this.show(answer);
      this.onRefresh?.();
    } catch (error) {
      if (error.name !== 'AbortError') {
        replace(this.container, empty(t('failed', { detail: error.message })));
      }
    }
  }

  show(answer) {
    if (answer.subjects.length === 0) {
      replace(this.container, empty(t('completeness.empty')));
      return;
    }
    if (this.list.parentElement !== this.container) {
      replace(this.container, this.list, el('div', { class: 'time-axis' }, this.axis));
    }
    const from = Date.parse(answer.from);
    const to = Date.parse(answer.to);
    replace(this.axis, axisLabels(from, to));
    const sorted = [...answer.subjects].sort((a, b) =>
      badness(a.whole) - badness(b.whole) || a.subject.localeCompare(b.subject));
    keyed(this.list, this.rows, sorted, (s) => s.subject, (s) => this.row(s, from, to));
    for (const subject of sorted) {
      this.rows.get(subject.subject).strip.show(subject.windows, from, to);
    }
  }

  row({ subject }) {
    const strip = new Strip();
    const asset = this.live.state.assets.get(subject);
    const value = el('span', { class: 'value' });
    const cause = el('span', { class: 'main-cause' });
    const button = el('button', {
      type: 'button',
      class: 'machine',
      'data-asset': subject,
      onclick: () => { location.hash = `asset=${encodeURIComponent(subject)}`; },
    },
    el('span', { class: 'who' },
      el('strong', {}, leaf(subject)),
      el('small', {}, asset?.supplier || (asset ? leaf(asset.parent) : ''))),
    value, strip.element, cause);
    return {
      element: el('li', {}, button),
      strip,
      update: ({ whole }) => {
        setText(value, headline(whole));
        value.classList.toggle('weak', whole?.figures.ev.state !== 'MEASURED');
        cause.replaceChildren(causeElement(whole));
        button.setAttribute('aria-label',
          t('completeness.open', { name: leaf(subject), value: headline(whole) }));
      },
    };
  }
}
