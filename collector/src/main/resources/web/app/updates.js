// Model updates per node: what serves, and each update as a line of stages.

import { el, empty, replace, setText } from './dom.js';
import { count, duration, leaf, time } from './format.js';
import { t } from './texts.js';

const SHOWN = 5;

/** The section of the page. */
export class Updates {
  constructor(live) {
    this.live = live;
    this.container = document.getElementById('updates');
    this.ages = [];
  }

  update(state, changed) {
    if (changed.has('nodes') || changed.has('updates')) {
      this.show(state);
    }
    this.tick();
  }

  /** Ages and open ends grow by themselves between changes. */
  tick() {
    for (const grow of this.ages) {
      grow(this.live.now());
    }
  }

  show({ nodes, updates, gateway }) {
    this.ages = [];
    if (nodes.length === 0) {
      replace(this.container, empty(t('updates.empty')));
      return;
    }
    replace(this.container, nodes.map((node) => {
      const own = updates
        .filter((u) => u.node === node.path)
        .sort((a, b) => (a.end === 'PENDING') === (b.end === 'PENDING')
          ? Date.parse(b.approved) - Date.parse(a.approved) : a.end === 'PENDING' ? -1 : 1)
        .slice(0, SHOWN);
      return el('article', { class: 'node', 'aria-label': leaf(node.path), 'data-node': node.path },
        el('header', {},
          el('h3', {}, leaf(node.path)),
          el('span', { class: node.model ? 'serving' : 'serving weak' },
            node.model ? t('updates.serving', node) : t('updates.notserving')),
          el('span', { class: 'inferences' }, t('updates.inferences', {
            ok: count(node.inferencesOk), failed: count(node.inferencesFailed),
          }))),
        own.length === 0 ? empty(t('updates.none'))
          : el('ol', {}, own.map((u) => this.entry(u, gateway))));
    }));
  }

  entry(update, gateway) {
    const overdue = () =>
      update.end === 'PENDING' &&
      this.live.now() - Date.parse(update.approved) > gateway.modelUpdateDeadlineSeconds * 1000;
    const result = el('span', { class: 'result' });
    const pill = el('span', { class: `pill end-${update.end.toLowerCase()}` }, t(`end.${update.end}`));
    this.ages.push((now) => {
      setText(result, resultText(update, now, overdue()));
      pill.classList.toggle('late', overdue());
    });
    const notes = [
      update.attempt > 1 ? t('updates.attempt', update) : null,
      update.rolledBack ? t('updates.rolledback', { time: time(update.rolledBack) }) : null,
      update.latencySeconds < 0 ? t('updates.negative') : null,
    ].filter(Boolean);
    return el('li', {},
      el('div', { class: 'line' },
        el('strong', {}, `${update.model} ${update.version}`), pill, result,
        el('time', { datetime: update.approved, title: update.approved }, time(update.approved))),
      this.timeline(update),
      notes.length === 0 ? null : el('p', { class: 'notes' }, notes.join(' · ')));
  }

  timeline(update) {
    const start = Date.parse(update.approved);
    const points = update.stages
      .map((s) => ({ stage: s.stage, at: Date.parse(s.time) }))
      .filter((p) => p.at >= start && p.stage !== 'APPROVED' && p.stage !== 'REGISTERED');
    if (update.ended && !points.some((p) => p.stage === update.end)) {
      points.push({ stage: update.end, at: Date.parse(update.ended) });
    }
    points.sort((a, b) => a.at - b.at);
    const bar = el('div', { class: `timeline is-${update.end.toLowerCase()}`, 'aria-hidden': 'true' });
    const marks = points.map((p) => {
      const last = p.stage === update.end ? ' last' : '';
      return { p, mark: el('span', { class: `mark${last}`, title: stageText(p, start) }) };
    });
    const line = el('span', { class: 'done' });
    bar.append(line, ...marks.map((m) => m.mark));
    const place = (now) => {
      const end = update.ended ? Date.parse(update.ended) : now;
      const total = Math.max(end, ...points.map((p) => p.at)) - start || 1;
      line.style.width = `${((end - start) / total) * 100}%`;
      for (const { p, mark } of marks) {
        mark.style.left = `${((p.at - start) / total) * 100}%`;
      }
    };
    this.ages.push(place);
    const list = el('ul', { class: 'stages' },
      points.map((p) => el('li', {},
        el('span', {}, t(`stage.${p.stage}`)), ` +${duration((p.at - start) / 1000)}`)));
    return [bar, list];
  }
}

function stageText(point, start) {
  return `${t(`stage.${point.stage}`)} +${duration((point.at - start) / 1000)}`;
}

function resultText(update, now, overdue) {
  if (update.end === 'PENDING') {
    const age = duration(Math.max(0, Math.floor((now - Date.parse(update.approved)) / 1000)));
    return t(overdue ? 'updates.overdue' : 'updates.pending', { age });
  }
  if (update.end === 'SERVED') {
    return t('updates.latency', { latency: duration(update.latencySeconds) });
  }
  return t('updates.after', {
    age: duration((Date.parse(update.ended) - Date.parse(update.approved)) / 1000),
  });
}
