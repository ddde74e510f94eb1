// The links: what each is doing, since when, and what came over it.

import { el, empty, keyed, replace, setText } from './dom.js';
import { count, duration, time } from './format.js';
import { t } from './texts.js';

const COLUMNS = ['name', 'state', 'since', 'received', 'rejected', 'reconnects', 'clock'];
const WORST_FIRST = ['ATTENTION', 'DOWN', 'CONNECTING', 'UP'];

/** The section of the page. */
export class Links {
  constructor(live) {
    this.live = live;
    this.container = document.getElementById('links');
    this.rows = new Map();
    this.body = el('tbody', {});
    this.table = el('table', {},
      el('thead', {}, el('tr', {}, COLUMNS.map((c) => el('th', { scope: 'col', class: c }, t(`links.${c}`))))),
      this.body);
  }

  update(state) {
    if (state.links.length === 0) {
      replace(this.container, empty(t('links.empty')));
      return;
    }
    if (this.table.parentElement !== this.container) {
      replace(this.container, this.table);
    }
    const sorted = [...state.links].sort((a, b) =>
      WORST_FIRST.indexOf(a.state) - WORST_FIRST.indexOf(b.state) || a.name.localeCompare(b.name));
    keyed(this.body, this.rows, sorted, (l) => l.name, (l) => this.row(l));
  }

  row(link) {
    const cells = Object.fromEntries(COLUMNS.slice(2).map((c) =>
      [c, el('td', { class: c, 'data-label': t(`links.${c}`) })]));
    const pill = el('span', { class: 'pill' });
    const detail = el('small', { class: 'detail' });
    const element = el('tr', { 'data-link': link.name },
      el('th', { scope: 'row' }, el('strong', {}, link.name),
        el('small', {}, `${link.protocol} · ${link.endpoint}`)),
      el('td', { class: 'state', 'data-label': t('links.state') }, pill, detail),
      ...Object.values(cells));
    const update = (l) => {
      pill.className = `pill link-${l.state.toLowerCase()}`;
      setText(pill, t(`link.${l.state}`));
      setText(detail, l.detail);
      setText(cells.since, duration(Math.max(0, Math.floor((this.live.now() - Date.parse(l.since)) / 1000))));
      cells.since.title = time(l.since);
      setText(cells.received, count(l.received));
      setText(cells.rejected, count(l.rejected));
      cells.rejected.classList.toggle('bad', l.rejected > 0);
      setText(cells.reconnects, count(l.reconnects));
      setText(cells.clock, clock(l));
    };
    return { element, update };
  }
}

function clock({ clockOffsetSeconds: offset, clockUncertaintySeconds: uncertainty }) {
  if (offset === null) {
    return t('links.noclock');
  }
  const sign = offset > 0 ? '+' : '';
  const bound = uncertainty === null ? '' : ` ± ${duration(uncertainty)}`;
  return `${sign}${duration(offset)}${bound}`;
}
