// A strip of stacked bars on a canvas: what became of the slots of each window, over time.

import { el } from './dom.js';
import { interval, time } from './format.js';
import { HATCHED, OUTCOMES, all, variable } from './outcomes.js';
import { t } from './texts.js';

// Some slots of ten thousand must not vanish: what exists is at least so high, in CSS pixels.
const LEAST = 2.5;

let palette = null;
const strips = new Set();

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  palette = null;
  for (const strip of strips) {
    strip.draw();
  }
});

const resized = new ResizeObserver((entries) => {
  for (const entry of entries) {
    entry.target.strip?.draw();
  }
});

function colours() {
  if (palette === null) {
    const style = getComputedStyle(document.documentElement);
    palette = new Map(OUTCOMES.map((o) => [o, style.getPropertyValue(variable(o)).trim()]));
    palette.set('hatch', style.getPropertyValue('--hatch').trim());
  }
  return palette;
}

/** One strip; `element` goes into the page, `show` takes windows and the range in milliseconds. */
export class Strip {
  constructor(size = '') {
    this.element = el('canvas', { class: `strip ${size}`, role: 'img' });
    this.element.strip = this;
    this.windows = [];
    this.from = 0;
    this.to = 1;
    strips.add(this);
    resized.observe(this.element);
  }

  show(windows, from, to) {
    this.windows = windows;
    this.from = from;
    this.to = to;
    this.element.setAttribute('aria-label', describe(windows));
    this.draw();
  }

  /** Forgets the strip; its element must not be used again. */
  dispose() {
    strips.delete(this);
    resized.unobserve(this.element);
  }

  draw() {
    const canvas = this.element;
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    if (width === 0 || height === 0) {
      return;
    }
    const scale = devicePixelRatio || 1;
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    const pen = canvas.getContext('2d');
    pen.scale(scale, scale);
    const perMs = width / (this.to - this.from);
    for (const window of this.windows) {
      const left = (Date.parse(window.start) - this.from) * perMs;
      const right = (Date.parse(window.end) - this.from) * perMs;
      const gap = right - left > 4 ? 1 : 0;
      bar(pen, Math.max(left, 0), Math.max(right - left - gap, 1), height, window.outcomes);
    }
  }
}

function bar(pen, x, width, height, outcomes) {
  const total = all(outcomes);
  if (total === 0) {
    return;
  }
  const present = OUTCOMES.filter((o) => outcomes[o] > 0);
  const heights = present.map((o) => Math.max((outcomes[o] / total) * height, LEAST));
  // What the smallest were given more than their share, the largest gives back.
  const largest = heights.indexOf(Math.max(...heights));
  heights[largest] -= heights.reduce((a, b) => a + b, 0) - height;
  let y = height;
  present.forEach((outcome, i) => {
    y -= heights[i];
    pen.fillStyle = colours().get(outcome);
    pen.fillRect(x, y, width, heights[i]);
    if (HATCHED.has(outcome)) {
      hatch(pen, x, y, width, heights[i]);
    }
  });
}

function hatch(pen, x, y, width, height) {
  pen.save();
  pen.beginPath();
  pen.rect(x, y, width, height);
  pen.clip();
  pen.strokeStyle = colours().get('hatch');
  pen.lineWidth = 1;
  pen.beginPath();
  const first = Math.floor((x - height) / 5) * 5;
  for (let at = first; at < x + width; at += 5) {
    pen.moveTo(at, y + height);
    pen.lineTo(at + height, y);
  }
  pen.stroke();
  pen.restore();
}

function describe(windows) {
  const measured = windows.filter((w) => w.figures.ev.lower !== null);
  if (measured.length === 0) {
    return t('completeness.strip.empty');
  }
  const worst = measured.reduce((a, b) => (b.figures.ev.lower < a.figures.ev.lower ? b : a));
  return t('completeness.strip', {
    count: windows.length,
    from: time(windows[0].start),
    to: time(windows[windows.length - 1].end),
    worst: interval(worst.figures.ev.lower, worst.figures.ev.upper),
    when: time(worst.start),
  });
}
