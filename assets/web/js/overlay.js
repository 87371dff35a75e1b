// What is drawn over the picture in page pixels: measured lines with their values, station markers, the extent's size.
import { Measure } from './measure.js';

const SVG = 'http://www.w3.org/2000/svg';

export class Overlay {
  constructor(stage, svg, measure) {
    this.stage = stage;
    this.svg = svg;
    this.measure = measure;
    this.stations = []; // {name, world, go}
    this.showStations = false;
    this.scaleAt = null; // gives the distance that the scale bar holds for, metres, or null for none
    stage.after.push(() => this.draw());
  }

  draw() {
    const { stage, svg } = this;
    svg.setAttribute('viewBox', `0 0 ${stage.width} ${stage.height}`);
    const parts = [];
    if (this.showStations) for (const s of this.stations) parts.push(...this.#station(s));
    if (this.measure) {
      for (const m of this.measure.list) parts.push(...this.#line(m));
      if (this.measure.first) parts.push(...this.#end(this.measure.first));
    }
    if (this.scaleAt) parts.push(...this.#scale());
    svg.replaceChildren(...parts);
  }

  /** A bar of a round length at the depth of what the doll's house turns about. */
  #scale() {
    const far = this.scaleAt();
    if (far === null || this.stage.width < 761) return [];
    const metre = 1 / this.stage.pixelSize(far);
    const longest = 190 / metre;
    const ten = 10 ** Math.floor(Math.log10(longest));
    const length = [5, 2, 1].map((k) => k * ten).find((l) => l <= longest);
    const x = 124;
    const y = this.stage.height - 40;
    const w = length * metre;
    const name = length >= 1 ? `${length} m` : length >= 0.01 ? `${Math.round(length * 100)} cm` : `${Math.round(length * 1000)} mm`;
    const bar = [plate(x - 12, y - 26, w + 24, 38), make('text', { x: x + w / 2, y: y - 11, class: 'scale-text' }, name)];
    for (let i = 0; i < 5; i++) {
      bar.push(make('rect', { x: x + (i * w) / 5, y: y - 5, width: w / 5, height: 5, class: i % 2 ? 'scale-dark' : 'scale-light' }));
    }
    return bar;
  }

  #line(m) {
    const a = this.stage.project(m.a.world);
    const b = this.stage.project(m.b.world);
    const parts = [...this.#end(m.a), ...this.#end(m.b)];
    if (!a || !b) return parts;
    parts.unshift(
      make('line', { x1: a.x, y1: a.y, x2: b.x, y2: b.y, class: 'measure-casing' }),
      make('line', { x1: a.x, y1: a.y, x2: b.x, y2: b.y, class: m.inferred ? 'measure-line guess' : 'measure-line' }),
    );
    const label = Measure.value(m);
    const width = 20 + wide(label);
    const x = (a.x + b.x) / 2;
    const y = (a.y + b.y) / 2 - 16;
    parts.push(
      make('rect', { x: x - width / 2, y: y - 13, width, height: 24, rx: 12, class: 'measure-plate' }),
      make('text', { x, y: y + 4, class: 'measure-text' }, label),
    );
    return parts;
  }

  #end(p) {
    const at = this.stage.project(p.world);
    if (!at) return [];
    return [
      make('circle', { cx: at.x, cy: at.y, r: 6, class: 'measure-ring' }),
      make('circle', { cx: at.x, cy: at.y, r: 1.6, class: 'measure-dot' }),
    ];
  }

  #station(s) {
    const at = this.stage.project(s.world);
    if (!at) return [];
    const far = this.stage.camera.position.distanceTo(s.world);
    if (far < 0.4) return []; // standing in it
    const g = make('g', { class: 'station', tabindex: 0, role: 'button', 'aria-label': s.name });
    g.append(
      make('circle', { cx: at.x, cy: at.y, r: 16, class: 'station-target' }),
      make('path', { d: `M${at.x} ${at.y - 8}l7 8-7 8-7-8z`, class: 'station-mark' }),
      plate(at.x + 12, at.y - 11, wide(s.name) + 12, 22),
      make('text', { x: at.x + 18, y: at.y + 4, class: 'station-text' }, s.name),
    );
    g.addEventListener('click', s.go);
    g.addEventListener('keydown', (e) => {
      if (e.key === 'Enter' || e.key === ' ') s.go();
    });
    return [g];
  }
}

/** What a text stands on, so that it is read on any stone. */
function plate(x, y, width, height) {
  return make('rect', { x, y, width, height, rx: 8, class: 'plate' });
}

/** Pixels that a label takes, or a little more: Chinese is as wide as high. */
function wide(text) {
  let sum = 0;
  for (const c of text) sum += c > '\u2e80' ? 13.5 : 8;
  return sum;
}

function make(name, attributes, text) {
  const e = document.createElementNS(SVG, name);
  for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, typeof v === 'number' ? Math.round(v * 10) / 10 : v);
  if (text !== undefined) e.textContent = text;
  return e;
}
