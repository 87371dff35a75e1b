// The doll's house without what hangs on its near walls. The near walls are not drawn, since their triangles face in; but
// beams and ledges on them have sides that face out and would float. So the backs of the near walls are drawn first, into
// a depth picture, and stone just behind them is left out.
import { BackSide, DepthTexture, FloatType, MeshBasicMaterial, NearestFilter, Vector2, WebGLRenderTarget } from 'three';

/** Stone this near behind the back of a near wall goes with the wall, metres along the line of sight. */
export const CUT = 0.2;

export class Cutaway {
  constructor(stage, mesh) {
    this.stage = stage;
    this.mesh = mesh;
    this.backs = new MeshBasicMaterial({ side: BackSide, colorWrite: false });
    this.target = new WebGLRenderTarget(1, 1, { minFilter: NearestFilter, magFilter: NearestFilter });
    this.target.depthTexture = new DepthTexture(1, 1, FloatType);
    mesh.uniforms.uBehind.value = this.target.depthTexture;
  }

  /** Draws the backs, when `on`, and tells the stone how to use them. */
  prepare(on) {
    const { stage, mesh } = this;
    const u = mesh.uniforms;
    u.uCut.value = on ? CUT : 0;
    if (!on) return;
    const size = stage.renderer.getDrawingBufferSize(new Vector2());
    if (this.target.width !== size.x || this.target.height !== size.y) this.target.setSize(size.x, size.y);
    u.uSize.value.copy(size);
    u.uUnproject.value.copy(stage.camera.projectionMatrixInverse);
    const { scene, renderer } = stage;
    const { background } = scene;
    const others = scene.children.filter((o) => o !== mesh.tiles.group && o.visible);
    for (const o of others) o.visible = false;
    scene.background = null;
    scene.overrideMaterial = this.backs;
    u.uBehind.value = null; // not to be read while it is written
    renderer.setRenderTarget(this.target);
    renderer.clear();
    renderer.render(scene, stage.camera);
    renderer.setRenderTarget(null);
    u.uBehind.value = this.target.depthTexture;
    scene.overrideMaterial = null;
    scene.background = background;
    for (const o of others) o.visible = true;
  }
}
