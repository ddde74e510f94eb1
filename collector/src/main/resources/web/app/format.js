// Numbers, times and durations for people.

import { t } from './texts.js';

const locale = navigator.language || 'en';
const whole = new Intl.NumberFormat(locale);
const clock = new Intl.DateTimeFormat(locale, {
  hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
});
const shortClock = new Intl.DateTimeFormat(locale, {
  hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
});
const day = new Intl.DateTimeFormat(locale, {
  month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
});

export const count = (n) => whole.format(n);

/** A ratio as percent. Only what is complete says 100, only what is nothing says 0. */
export function percent(ratio, digits = 2) {
  if (ratio === null || ratio === undefined || Number.isNaN(ratio)) {
    return t('none');
  }
  return `${percentNumber(ratio, digits)} %`;
}

function percentNumber(ratio, digits) {
  if (ratio === 1 || ratio === 0) {
    return String(ratio * 100);
  }
  const step = 10 ** -digits;
  const rounded = Math.min(Math.max(ratio * 100, step), 100 - step);
  return rounded.toFixed(digits);
}

/** The bounds of a ratio as percent, one number where they agree. */
export function interval(lower, upper, digits = 2) {
  if (lower === null || upper === null) {
    return t('none');
  }
  const low = percentNumber(lower, digits);
  const high = percentNumber(upper, digits);
  return low === high ? `${low} %` : `${low}–${high} %`;
}

/** Seconds, in the two largest units that matter. */
export function duration(seconds) {
  if (seconds === null || seconds === undefined) {
    return t('none');
  }
  const sign = seconds < 0 ? '−' : '';
  const s = Math.abs(seconds);
  if (s === 0) {
    return '0 s';
  }
  if (s < 1e-3) {
    return `${sign}${(s * 1e6).toFixed(0)} µs`;
  }
  if (s < 1) {
    return `${sign}${Number((s * 1e3).toFixed(s < 0.01 ? 1 : 0))} ms`;
  }
  if (s < 60) {
    return `${sign}${Number(s.toFixed(s < 10 ? 1 : 0))} s`;
  }
  const units = [[86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']];
  const rounded = Math.round(s);
  const at = units.findIndex(([length]) => rounded >= length);
  const [length, name] = units[at];
  const first = Math.floor(rounded / length);
  const [restLength, restName] = units[at + 1] ?? [1, ''];
  const rest = Math.floor((rounded % length) / restLength);
  return `${sign}${first} ${name}${rest > 0 ? ` ${rest} ${restName}` : ''}`;
}

export function bytes(n) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = n;
  let at = 0;
  while (value >= 1000 && at < units.length - 1) {
    value /= 1000;
    at++;
  }
  return `${value.toFixed(at > 0 && value < 100 ? 1 : 0)} ${units[at]}`;
}

const toDate = (time) => (time instanceof Date ? time : new Date(time));

/** Time of day; with the date where it is not today. */
export function time(value) {
  const date = toDate(value);
  return date.toDateString() === new Date().toDateString() ? clock.format(date) : day.format(date);
}

/** What an axis says of a range: the date where the range is longer than a day. */
export const axisTime = (value, rangeMs) => (rangeMs > 86400e3 ? day : shortClock).format(toDate(value));

/** The name behind the last slash of a path. */
export const leaf = (path) => path.slice(path.lastIndexOf('/') + 1);

/** A KPI's value in its unit. */
export function measure(value, unit) {
  if (value === null || value === undefined) {
    return t('none');
  }
  if (unit === '1') {
    return percent(value);
  }
  if (unit === 's') {
    return duration(value);
  }
  return `${Number(value.toPrecision(4))} ${unit}`;
}
