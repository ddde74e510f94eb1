// One machine: the three ratios, their course over time, and its signals. Opened by #asset=….

import uPlot from '/vendor/uPlot.esm.js';
import { axisLabels, badness, causeElement, headline } from './completeness.js';
import { el, empty, replace } from './dom.js';
import { axisTime, duration, interval, leaf, time } from './format.js';
import { ask } from './live.js';
import { Strip } from './strip.js';
import { t } from './texts.js';

const CHART_HEIGHT = 190;
const DAY_MS = 86400e3;
// Seconds between ticks: whole minutes, as labels show no less.
const INCREMENTS = [60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800];

/** The dialog. */
export class Detail {
  constructor(live, completeness) {
    this.live = live;
    this.completeness = completeness;
    this.dialog = document.getElementById('detail');
    this.strips = [];
    this.chart = null;
    this.dialog.addEventListener('close', () => this.closed());
    this.dialog.addEventListener('click', (event) => {
      if (event.target === this.dialog) {
        this.dialog.close(); // beside the dialog
      }
    });
    addEventListener('hashchange', () => this.route());
    addEventListener('resize', () => this.resize());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.refresh());
  }

  /** Opens or closes as the address says. */
  route() {
    const asset = new URLSearchParams(location.hash.slice(1)).get('asset');
    if (asset === null) {
      this.dialog.close();
      return;
    }
    this.asset = asset;
    this.frame();
    if (!this.dialog.open) {
      this.dialog.showModal();
    }
    this.refresh();
  }

  closed() {
    this.clear();
    this.asset = null;
    if (location.hash) {
      history.pushState(null, '', location.pathname);
    }
  }

  clear() {
    this.chart?.destroy();
    this.chart = null;
    for (const strip of this.strips) {
      strip.dispose();
    }
    this.strips = [];
  }

  frame() {
    const known = this.live.state.assets.get(this.asset);
    const facts = [
      known?.parent,
      known?.supplier ? t('detail.supplier', { supplier: known.supplier }) : null,
      known?.link ? t('detail.link', { link: known.link }) : null,
    ].filter(Boolean);
    this.body = el('div', { class: 'detail-body' }, empty(t('loading')));
    this.dialog.replaceChildren(
      el('header', {},
        el('div', {},
          el('h2', { id: 'detail-title' }, leaf(this.asset)),
          el('p', {}, facts.join(' · '))),
        el('button', {
          type: 'button', class: 'close', 'aria-label': t('detail.close'), onclick: () => this.dialog.close(),
        }, '×')),
      this.body);
  }

  async refresh() {
    const asset = this.asset;
    if (!asset || !this.dialog.open) {
      return;
    }
    const parameters = this.completeness.parameters();
    try {
      const [whole, signals] = await Promise.all([
        ask('/api/v1/completeness', { subject: asset, ...parameters }),
        ask('/api/v1/signals', { asset, ...parameters }),
      ]);
      if (this.asset === asset) {
        this.show(whole.subjects[0], signals, Date.parse(whole.from), Date.parse(whole.to));
      }
    } catch (error) {
      replace(this.body, empty(t('failed', { detail: error.message })));
    }
  }

  show(subject, { signals }, from, to) {
    this.clear();
    const strip = this.strip('tall');
    const plot = el('div', { class: 'plot' });
    const top = this.body.scrollTop;
    replace(this.body,
      el('div', { class: 'tiles' }, ['ev', 'rt', 'gross'].map((f) => tile(subject.whole, f))),
      el('h3', {}, t('detail.chart')), plot,
      el('h3', {}, t('detail.causes')), strip.element,
      el('div', { class: 'axis', 'aria-hidden': 'true' }, axisLabels(from, to)),
      el('h3', {}, t('detail.signals')), this.table(signals, from, to));
    strip.show(subject.windows, from, to);
    this.draw(plot, subject.windows, from, to);
    this.body.scrollTop = top;
  }

  strip(size) {
    const strip = new Strip(size);
    this.strips.push(strip);
    return strip;
  }

  table(signals, from, to) {
    if (signals.length === 0) {
      return empty(t('detail.signals.empty'));
    }
    const columns = ['signal', 'required', 'value', 'cause', 'time'];
    const sorted = [...signals].sort((a, b) =>
      badness(a.whole) - badness(b.whole) || a.name.localeCompare(b.name));
    return el('table', { class: 'signals' },
      el('thead', {}, el('tr', {}, columns.map((c) => el('th', { scope: 'col' }, t(`detail.${c}`))))),
      el('tbody', {}, sorted.map((s) => this.signalRow(s, from, to))));
  }

  signalRow(signal, from, to) {
    const strip = this.strip('small');
    // Drawn once it is in the page and has a size.
    requestAnimationFrame(() => strip.show(signal.windows, from, to));
    const unit = signal.unit && signal.unit !== '1' ? ` ${signal.unit}` : '';
    const range = signal.min !== null && signal.max !== null
      ? `, ${signal.min} … ${signal.max}${unit}` : unit && `,${unit}`;
    const required = t(`mode.${signal.mode}`, { period: duration(signal.periodSeconds) }) + range;
    const cell = (name, ...content) => el('td', { 'data-label': t(`detail.${name}`) }, ...content);
    return el('tr', {},
      el('th', { scope: 'row' }, signal.name),
      cell('required', required),
      cell('value', el('span', { class: 'number' }, headline(signal.whole))),
      cell('cause', causeElement(signal.whole)),
      cell('time', strip.element));
  }

  draw(plot, windows, from, to) {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(name).trim();
    const points = steps(windows);
    const pick = (figure, bound) => points.map((p) => toPercent(p.window?.figures[figure][bound] ?? null));
    const axis = {
      stroke: colour('--muted'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false }, font: '12px system-ui',
    };
    const line = (label, stroke, extra = {}) => ({
      label,
      stroke,
      width: 2,
      paths: uPlot.paths.stepped({ align: 1 }),
      points: { show: false },
      value: (u, v) => (v === null ? t('none') : `${v.toFixed(2)} %`),
      ...extra,
    });
    this.chart = new uPlot({
      width: plot.clientWidth,
      height: CHART_HEIGHT,
      scales: { x: { min: from / 1000, max: to / 1000 }, y: { range: (u, low) => [floorOf(low), 100] } },
      axes: [
        { ...axis, size: 30, space: to - from > DAY_MS ? 90 : 50, incrs: INCREMENTS, values: (u, ticks) => ticks.map((s) => axisTime(s * 1000, to - from)) },
        { ...axis, size: 56, values: (u, ticks) => ticks.map((v) => `${v} %`) },
      ],
      series: [
        { label: t('detail.at'), value: (u, s) => (s === null ? t('none') : time(s * 1000)) },
        line('', 'transparent', { width: 0 }),
        line('', 'transparent', { width: 0 }),
        line(t('detail.ev'), colour('--accent')),
        line(t('detail.rt'), colour('--outcome-good-late'), { dash: [5, 4] }),
      ],
      bands: [{ series: [1, 2], fill: colour('--band') }],
      cursor: { y: false },
    }, [
      points.map((p) => p.at / 1000),
      pick('ev', 'upper'), pick('ev', 'lower'), pick('ev', 'value'), pick('rt', 'value'),
    ], plot);
  }

  resize() {
    const plot = this.body?.querySelector('.plot');
    if (this.chart && plot) {
      this.chart.setSize({ width: plot.clientWidth, height: CHART_HEIGHT });
    }
  }
}

/** Where steps begin; where windows are missing or end, a point without a window. */
function steps(windows) {
  const points = [];
  windows.forEach((window, i) => {
    points.push({ at: Date.parse(window.start), window });
    const end = Date.parse(window.end);
    const next = windows[i + 1];
    if (!next) {
      points.push({ at: end, window });
    } else if (Date.parse(next.start) > end) {
      points.push({ at: end, window: null });
    }
  });
  return points;
}

/** The lowest tick: a bit below the lowest value, so that small losses are seen. */
function floorOf(lowest) {
  return Math.max(0, Math.floor(((lowest ?? 100) - 1) / 5) * 5);
}

const toPercent = (ratio) => (ratio === null ? null : ratio * 100);

function tile(whole, name) {
  const figure = whole?.figures[name];
  const text = figure?.state === 'MEASURED' ? interval(figure.lower, figure.upper)
    : name === 'ev' ? headline(whole) : t('none');
  return el('div', { class: 'tile', title: t(`detail.${name}.why`) },
    el('span', {}, t(`detail.${name}`)),
    el('strong', { class: figure?.state === 'MEASURED' ? '' : 'weak' }, text),
    el('small', {}, t(`detail.${name}.why`)));
}
