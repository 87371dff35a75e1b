// Where the room's own walls stand, and what the doll's house keeps of it: the sides that face the eye are cut off along
// planes just inside their walls, as in an architect's section.
import { Plane, Vector3 } from 'three';

/** Reliefs stand so far before their wall, as a share of the room's diagonal. */
const RELIEF = 0.012;
/** Walls lean and bulge out of the room's box so far, as a share of its diagonal. */
const BULGE = 0.02;
/** As far out as anything reaches, niches and doors, as a share of the room's sides. */
const DEEPEST = 0.3;

export class Room {
  /** @param room of cave.json: {azimuthDegrees, box}; @param origin cave coordinates of the world's zero (Vector3) */
  constructor(room, origin) {
    const a = (room.azimuthDegrees * Math.PI) / 180;
    this.axes = [new Vector3(Math.cos(a), Math.sin(a), 0), new Vector3(-Math.sin(a), Math.cos(a), 0), new Vector3(0, 0, 1)];
    const b = room.box;
    const zero = this.axes.map((d) => d.dot(origin));
    this.min = [b.minX, b.minY, b.minZ].map((v, i) => v - zero[i]);
    this.max = [b.maxX, b.maxY, b.maxZ].map((v, i) => v - zero[i]);
    const diagonal = Math.hypot(...this.max.map((v, i) => v - this.min[i]));
    this.inset = RELIEF * diagonal;
    this.bulge = BULGE * diagonal;
  }

  /** What is kept when the eye is seen in this direction from the room: lowest and highest on each axis, world. */
  keep(towards) {
    const low = [];
    const high = [];
    this.axes.forEach((d, i) => {
      const facing = Math.max(-1, Math.min(1, 4 * d.dot(towards)));
      const out = DEEPEST * (this.max[i] - this.min[i]);
      low.push(facing < 0 ? this.min[i] - out - facing * (out + this.inset) : -Infinity);
      high.push(facing > 0 ? this.max[i] + out - facing * (out + this.inset) : Infinity);
    });
    return { low, high };
  }

  /** The box through which all is seen that is seen: a niche through its opening. Walls lean and bulge a little. */
  through(towards) {
    const { low, high } = this.keep(towards);
    return {
      min: this.min.map((v, i) => Math.max(v - this.bulge, low[i])),
      max: this.max.map((v, i) => Math.min(v + this.bulge, high[i])),
    };
  }

  /** The same as planes whose positive side is kept. */
  planes(towards) {
    const { low, high } = this.keep(towards);
    const planes = [];
    this.axes.forEach((d, i) => {
      if (low[i] > -Infinity) planes.push(new Plane(d.clone(), -low[i]));
      if (high[i] < Infinity) planes.push(new Plane(d.clone().negate(), high[i]));
    });
    return planes;
  }

  /** How far along a ray what is drawn begins, metres; Infinity where the ray misses it. */
  enter(from, direction, towards) {
    const { min, max } = this.through(towards);
    let enter = 0;
    let leave = Infinity;
    this.axes.forEach((d, i) => {
      const at = d.dot(from);
      const slope = d.dot(direction);
      if (slope === 0) {
        if (at < min[i] || at > max[i]) leave = -1;
        return;
      }
      const [a, b] = [(min[i] - at) / slope, (max[i] - at) / slope];
      enter = Math.max(enter, Math.min(a, b));
      leave = Math.min(leave, Math.max(a, b));
    });
    return enter < leave ? enter : Infinity;
  }
}
