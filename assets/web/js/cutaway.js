// The doll's house without what hangs on its near walls. The near walls are not drawn, since their triangles face in; but
// beams, cracks and niches on them have sides that face out and would float. Where the package says where the walls stand,
// all that lies at or beyond those that face the eye is cut off. Where it does not, the backs of the near walls are drawn
// first, into a depth picture, and stone just behind them is left out.
import { BackSide, DepthTexture, FloatType, MeshBasicMaterial, NearestFilter, Vector2, WebGLRenderTarget } from 'three';

/** Stone this near behind the back of a near wall goes with the wall, metres along the line of sight. */
export const CUT = 0.2;

export class Cutaway {
  /**
   * @param points of the cave (CavePoints), or null
   * @param room where the walls stand (Room), or null
   * @param orbit which way the eye looks
   */
  constructor(stage, mesh, points, room, orbit) {
    this.stage = stage;
    this.mesh = mesh;
    this.points = points;
    this.room = room;
    this.orbit = orbit;
    this.backs = new MeshBasicMaterial({ side: BackSide, colorWrite: false });
    this.target = new WebGLRenderTarget(1, 1, { minFilter: NearestFilter, magFilter: NearestFilter });
    this.target.depthTexture = new DepthTexture(1, 1, FloatType);
    mesh.uniforms.uBehind.value = this.target.depthTexture;
  }

  /** Outside: draws the backs, where there is stone, and tells stone and points what to leave out. */
  prepare(outside, stone) {
    const { stage, mesh } = this;
    const u = mesh.uniforms;
    const on = outside && stone && !this.room;
    u.uCut.value = on ? CUT : 0;
    const planes = outside && this.room ? this.room.planes(this.orbit.direction()) : [];
    this.backs.clippingPlanes = planes;
    mesh.clip(planes);
    this.points?.clip(planes);
    u.uThrough.value = planes.length > 0;
    if (planes.length > 0) {
      const { min, max } = this.room.through(this.orbit.direction());
      u.uAxes.value = this.room.axes.slice(0, 2);
      u.uMin.value.set(...min);
      u.uMax.value.set(...max);
    }
    if (!on) return;
    const size = stage.renderer.getDrawingBufferSize(new Vector2());
    if (this.target.width !== size.x || this.target.height !== size.y) this.target.setSize(size.x, size.y);
    u.uSize.value.copy(size);
    u.uUnproject.value.copy(stage.camera.projectionMatrixInverse);
    const { scene, renderer } = stage;
    const others = scene.children.filter((o) => o !== mesh.tiles.group && o.visible);
    for (const o of others) o.visible = false;
    scene.overrideMaterial = this.backs;
    u.uBehind.value = null; // not to be read while it is written
    renderer.setRenderTarget(this.target);
    renderer.clear();
    renderer.render(scene, stage.camera);
    renderer.setRenderTarget(null);
    u.uBehind.value = this.target.depthTexture;
    scene.overrideMaterial = null;
    for (const o of others) o.visible = true;
  }
}
