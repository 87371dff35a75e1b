// What a package says can be shown on its stone (cave.json, "layers"): titles, colours, classes, units. The page knows no
// layer by name; button, legend, palette and read-out are made from this.
import { DataTexture, NearestFilter } from 'three';
import { pick } from './text.js';
import TEXTS from './texts.js';

const STEPS = 255; // of a palette; the last texel stands for no value
const UNKNOWN = 0x8c8a86;
/** What tiles write for a number that is none; glTF forbids NaN. */
const NOTHING = -3.4028234663852886e38;

/** What every mesh of ours can have, for packages without a list. */
const EVIDENCE = {
  id: 'evidence',
  title: TEXTS['layers.evidence.title'],
  carrier: 'vertex',
  column: 'evidence',
  quantity: TEXTS['layers.evidence.quantity'],
  times: 1 / 255,
  decimals: 2,
  classes: [
    { from: 0, to: 0.5, title: TEXTS['layers.evidence.inferred'], colour: '#4d6d93', hatch: true },
    { from: 0.5, to: 1, title: TEXTS['layers.evidence.measured'] },
  ],
  open: TEXTS['layers.evidence.open'],
};

/** The layers that hang on vertices, in the order of their buttons. */
export function vertexLayers(info) {
  const all = Array.isArray(info.layers) ? info.layers : [EVIDENCE];
  return all.filter((l) => l.carrier === 'vertex').map((l) => new VertexLayer(l));
}

export class VertexLayer {
  constructor(json) {
    const usual = { unit: '1', times: 1, decimals: 2, none: null, scale: null, named: false, open: null };
    Object.assign(this, usual, json, { classes: json.classes ?? [] });
    /** The attribute of the tiles' geometries, as three names it. */
    this.attribute = `_${this.column.replace(/-/g, '_')}`;
    const ends = this.scale ? [this.scale] : this.classes;
    this.from = Math.min(...ends.map((c) => c.from));
    this.to = Math.max(...ends.map((c) => c.to));
    if (!(this.to > this.from)) [this.from, this.to] = [0, 1];
  }

  /** A column's value in the layer's unit, or null where nothing is known. */
  value(raw) {
    return raw === this.none || raw === Math.fround(NOTHING) || Number.isNaN(raw) ? null : raw * this.times;
  }

  /** The class that holds a value, or undefined; the last one includes its end. */
  classOf(value) {
    return this.classes.find((c, i) => value >= c.from && (value < c.to || (i === this.classes.length - 1 && value <= c.to)));
  }

  /** What a value is called: its class, or the number with its unit. */
  words(value) {
    const named = this.classOf(value);
    if (named) return pick(named.title);
    return this.number(value);
  }

  number(value) {
    return value.toFixed(this.decimals) + (this.unit === '1' ? '' : ` ${this.unit}`);
  }

  /** Colour of a value: {rgb, own: the stone keeps its colour, hatch}. */
  colour(value) {
    if (this.scale) return { rgb: mixed(this.scale, value), own: false, hatch: false };
    const c = this.classOf(value);
    return { rgb: c?.colour ? rgb(c.colour) : UNKNOWN, own: Boolean(c && !c.colour), hatch: Boolean(c?.hatch) };
  }

  /** The value in the middle of a step of the palette. */
  valueOf(step) {
    return this.named ? this.from + step + 0.5 : this.from + ((step + 0.5) * (this.to - this.from)) / STEPS;
  }

  /** Two rows of 256: colour and how far it covers the stone's own; whether it is hatched. */
  palette() {
    const data = new Uint8Array(2 * 4 * 256);
    for (let step = 0; step < 256; step++) {
      const c = step === STEPS ? { rgb: UNKNOWN, own: false, hatch: false } : this.colour(this.valueOf(step));
      data.set([c.rgb >> 16, (c.rgb >> 8) & 255, c.rgb & 255, c.own ? 0 : 255], 4 * step);
      data.set([c.hatch ? 255 : 0, 0, 0, 255], 4 * (256 + step));
    }
    const texture = new DataTexture(data, 256, 2);
    texture.minFilter = texture.magFilter = NearestFilter;
    texture.needsUpdate = true;
    return texture;
  }

  /** As a style sheet's background: the scale from left to right. */
  gradient() {
    return `linear-gradient(to right, ${this.scale.colours.join(', ')})`;
  }
}

function rgb(colour) {
  return /^#[0-9a-f]{6}$/i.test(colour) ? parseInt(colour.slice(1), 16) : UNKNOWN;
}

function mixed({ from, to, colours }, value) {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from || 1))) * (colours.length - 1);
  const i = Math.min(Math.max(0, colours.length - 2), Math.floor(t));
  const [a, b] = [rgb(colours[i]), rgb(colours[Math.min(colours.length - 1, i + 1)])];
  const mix = (shift) => Math.round(((a >> shift) & 255) + (t - i) * (((b >> shift) & 255) - ((a >> shift) & 255))) << shift;
  return mix(16) | mix(8) | mix(0);
}
