// Wires the page: the stream of states to the sections that show it.

import { showAccount, showLogin, whoAmI } from './account.js';
import { showAssessment } from './assessment.js';
import { Completeness } from './completeness.js';
import { Detail } from './detail.js';
import { el, replace, setText } from './dom.js';
import { Evidence } from './evidence.js';
import { bytes, count, duration, time } from './format.js';
import { Links } from './links.js';
import { Live } from './live.js';
import { all, legend } from './outcomes.js';
import { showRejects } from './rejects.js';
import { fillTexts, t } from './texts.js';
import { Updates } from './updates.js';

const byId = (id) => document.getElementById(id);

fillTexts(document);
legend(byId('legend'));

const live = new Live();
const completeness = new Completeness(live);
const detail = new Detail(live, completeness);
const updates = new Updates(live);
const links = new Links(live);
completeness.onRefresh = () => detail.refresh();

const vitals = new Map(['slots', 'records', 'lag', 'links'].map((name) => {
  const value = el('dd', { id: `vital-${name}` }, t('none'));
  byId('vitals').append(el('div', {}, el('dt', {}, t(`vitals.${name}`)), value));
  return [name, value];
}));

let first = true;
live.onChange((state, changed) => {
  header(state);
  if (changed.has('assessment')) {
    showAssessment(state.assessment);
  }
  if (changed.has('rejects')) {
    showRejects(state.rejects);
  }
  completeness.update(state, changed);
  updates.update(state, changed);
  links.update(state);
  if (first) {
    first = false;
    detail.route();
  }
  beat();
});

function header(state) {
  const { gateway, health } = state;
  document.title = `${gateway.id} · Feedrate`;
  setText(byId('gateway'), gateway.id);
  setText(byId('site'), gateway.site);
  let slots = 0;
  for (const asset of state.assets.values()) {
    if (asset.kind === 'MACHINE' || asset.kind === 'NODE') {
      slots += all(asset.totals);
    }
  }
  setText(vitals.get('slots'), count(slots));
  setText(vitals.get('records'), count(health.records));
  setText(vitals.get('lag'), duration(health.journalLagSeconds));
  const up = state.links.filter((l) => l.state === 'UP').length;
  setText(vitals.get('links'), `${up} / ${state.links.length}`);
  vitals.get('links').classList.toggle('bad', up < state.links.length);
  footer(gateway, health);
}

function footer(gateway, health) {
  const text = t('footer', {
    version: gateway.version,
    register: gateway.registerHash.slice(0, 12),
    started: time(gateway.started),
    store: bytes(health.storeBytes),
    journal: bytes(health.journalBytes),
  });
  const line = byId('footer');
  if (line.dataset.text !== text) {
    line.dataset.text = text;
    replace(line, el('span', {}, text), el('nav', {},
      el('a', { href: '/api/v1/openapi.yaml' }, t('footer.api')),
      el('a', { href: '/metrics' }, t('footer.metrics'))));
  }
}

/** Once a second, data or not: the clock, the state of the connection, how old everything is. */
function beat() {
  const now = live.now();
  setText(byId('clock'), new Date(now).toLocaleTimeString(navigator.language, { hourCycle: 'h23', timeZoneName: 'short' }));
  const stale = live.stale();
  const state = stale && live.connection === 'live' ? 'stale' : live.connection;
  const pill = byId('connection');
  pill.className = `pill connection-${state}`;
  setText(pill, t(`connection.${state}`));
  document.body.classList.toggle('stale', stale);
  banner(stale);
}

function banner(stale) {
  const health = live.state.health;
  let text = '';
  if (stale) {
    text = t('banner.stale', {
      age: duration(Math.floor(live.age() / 1000)),
      time: time(live.state.time),
    });
  } else if (health && !health.ready) {
    text = t('banner.notready', { reason: health.reason });
  }
  const element = byId('banner');
  setText(element, text);
  element.hidden = text === '';
}

setInterval(() => {
  beat();
  updates.tick();
}, 1000);
beat();
begin();

/** Shows the plant to who may look, and the way in to who may not. */
async function begin() {
  let who;
  try {
    who = await whoAmI();
  } catch (error) {
    setText(byId('banner'), t('failed', { detail: error.message }));
    byId('banner').hidden = false;
    setTimeout(begin, 5000);
    return;
  }
  const logIn = () => {
    showLogin(byId('login'));
    byId('login').scrollIntoView();
  };
  showAccount(who, byId('account'), logIn);
  if (!who.may.includes('read')) {
    byId('main').hidden = true;
    document.body.classList.add('locked');
    showLogin(byId('login'));
    return;
  }
  const evidence = new Evidence(who, byId('evidence'));
  evidence.refresh();
  setInterval(() => evidence.refresh(), 30_000);
  live.onRefused = () => whoAmI().then((now) => {
    if (!now.may.includes('read')) {
      location.reload();
    }
  }).catch(() => {});
  live.start();
}
