// Mouse, touch and pen on the canvas, as gestures: drag, shift (right button or two fingers), zoom, tap, double tap.

const TAP_PIXELS = 6;
const TAP_MS = 400;
const DOUBLE_MS = 380;
const DOUBLE_PIXELS = 30;

/**
 * @param to an object with drag(dx, dy), shift(dx, dy), zoom(factor, x, y), tap(x, y), doubleTap(x, y), press(); positions
 *     in CSS pixels of the canvas
 */
export function listen(canvas, to) {
  const down = new Map(); // pointer id -> {x, y, x0, y0, time, button}
  let several = false; // two fingers were down: lifting one is no tap
  let lastTap = null;

  const at = (e) => {
    const r = canvas.getBoundingClientRect();
    return { x: e.clientX - r.left, y: e.clientY - r.top };
  };

  canvas.addEventListener('pointerdown', (e) => {
    canvas.setPointerCapture(e.pointerId);
    const p = at(e);
    if (down.size === 0) several = false;
    down.set(e.pointerId, { ...p, x0: p.x, y0: p.y, time: e.timeStamp, button: e.button });
    if (down.size > 1) several = true;
    to.press();
  });

  canvas.addEventListener('pointermove', (e) => {
    const was = down.get(e.pointerId);
    if (!was) return;
    const now = at(e);
    const dx = now.x - was.x;
    const dy = now.y - was.y;
    if (down.size === 2) {
      const other = [...down].find(([id]) => id !== e.pointerId)[1];
      const before = Math.hypot(was.x - other.x, was.y - other.y);
      const after = Math.hypot(now.x - other.x, now.y - other.y);
      if (before > 10 && after > 10) to.zoom(before / after, (now.x + other.x) / 2, (now.y + other.y) / 2);
      to.shift(dx / 2, dy / 2);
    } else if (down.size === 1) {
      const far = Math.hypot(now.x - was.x0, now.y - was.y0) > TAP_PIXELS;
      if (far || was.moved) {
        was.moved = true;
        if (was.button === 2 || was.button === 1 || e.shiftKey) to.shift(dx, dy);
        else to.drag(dx, dy);
      } else {
        return; // not yet a drag: keep the start, so that no movement is lost
      }
    }
    was.x = now.x;
    was.y = now.y;
  });

  const up = (e) => {
    const was = down.get(e.pointerId);
    if (!was) return;
    down.delete(e.pointerId);
    if (e.type === 'pointercancel' || several || was.moved || was.button !== 0) return;
    if (e.timeStamp - was.time > TAP_MS) return;
    const p = { x: was.x0, y: was.y0, time: e.timeStamp };
    if (lastTap && p.time - lastTap.time < DOUBLE_MS && Math.hypot(p.x - lastTap.x, p.y - lastTap.y) < DOUBLE_PIXELS) {
      lastTap = null;
      to.doubleTap(p.x, p.y);
    } else {
      lastTap = p;
      to.tap(p.x, p.y);
    }
  };
  canvas.addEventListener('pointerup', up);
  canvas.addEventListener('pointercancel', up);

  canvas.addEventListener(
    'wheel',
    (e) => {
      e.preventDefault();
      const lines = e.deltaMode === 1 ? 33 : e.deltaMode === 2 ? 400 : 1;
      const p = at(e);
      to.zoom(Math.exp(Math.max(-400, Math.min(400, e.deltaY * lines)) * 0.0012), p.x, p.y);
    },
    { passive: false },
  );
  canvas.addEventListener('contextmenu', (e) => e.preventDefault());
}
