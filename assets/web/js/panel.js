// The page around the picture: panels, buttons, lists. It reads the parts' state and calls their methods; it keeps none.
import { LOOKS } from './stone.js';
import { POINT_LOOKS, stationColor } from './points.js';
import { ELEVATION } from './light.js';
import { Measure, coordinates } from './measure.js';
import { addressOf } from './path.js';
import { summary } from './report.js';
import { currentLanguage, number, pick, t } from './text.js';

const $ = (id) => document.getElementById(id);

export class Panel {
  /** @param app the parts: cave, navigator, light, layers, measure, points, go(name), link() */
  constructor(app) {
    this.app = app;
    this.#doors();
    this.#light();
    this.#layers();
    this.#measure();
    $('picture').onclick = () => (app.photos.laid ? app.photos.leave() : app.photos.lay(app.photos.nearest()));
    $('picture-back').onclick = () => app.photos.lay(app.photos.next(-1));
    $('picture-next').onclick = () => app.photos.lay(app.photos.next(1));
    $('language').onclick = () => app.speak(currentLanguage() === 'zh' ? 'en' : 'zh');
    $('share').onclick = () => copy(app.link(), t('shared'));
    $('fullscreen').onclick = () =>
      document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.();
    document.addEventListener('keydown', (e) => this.#key(e));
  }

  /** Opens one panel, or closes all with null. */
  open(name) {
    for (const b of document.querySelectorAll('.tools button')) {
      const on = b.dataset.panel === name;
      b.setAttribute('aria-expanded', String(on));
      $(b.dataset.panel).hidden = !on;
    }
    document.body.classList.toggle('panel-open', name !== null);
    this.opened = name;
    this.app.cover(name && matchMedia('(max-width: 760px)').matches ? $(name).offsetHeight : 0);
    this.app.measureTool(name === 'measure');
    document.body.classList.toggle('measuring', name === 'measure');
  }

  #doors() {
    for (const b of document.querySelectorAll('.tools button')) {
      b.onclick = () => this.open(this.opened === b.dataset.panel ? null : b.dataset.panel);
    }
    this.opened = null;
  }

  #key(e) {
    if (e.target.matches?.('input') || e.ctrlKey || e.metaKey || e.altKey) return;
    const { app } = this;
    if (e.key === 'Escape') {
      if (app.photos.laid) app.photos.leave();
      else if (app.measure?.first || app.measure?.busy) app.measure.cancel();
      else this.open(null);
    } else if (e.key === 'm' || e.key === 'M') this.open(this.opened === 'measure' ? null : 'measure');
    else if (e.key === 'l' || e.key === 'L') this.open(this.opened === 'light' ? null : 'light');
    else if (e.key === '1') app.goKind('inside');
    else if (e.key === '2') app.goKind('dollhouse');
  }

  /** Everything that depends on the language, anew. */
  relabel() {
    const { app } = this;
    const info = app.cave.info;
    const zh = currentLanguage() === 'zh';
    $('title').textContent = pick(info.title) || t('views.untitled');
    $('title').lang = zh ? 'zh-Hans' : 'en';
    const other = zh ? info.title?.en : info.title?.zh;
    $('subtitle').textContent = other && other !== pick(info.title) ? other : '';
    $('subtitle').lang = zh ? 'en' : 'zh-Hans';
    document.title = `${pick(info.title)} · ${t('page')}`;
    this.#views();
    this.#info();
    segments($('light-modes'), { room: t('lightRoom'), head: t('lightHead'), rake: t('lightRake') }, (mode) => app.light.set({ mode }));
    const looks = Object.fromEntries([...LOOKS.map((l) => [l, t(l)]), ...app.vertexLayers.map((l, i) => [l.id, pick(l.title) || t('layers.numbered', { n: i + 1 })])]);
    choices($('looks'), 'look', looks, (look) => app.setLook(look));
    choices($('plooks'), 'plook', Object.fromEntries(POINT_LOOKS.map((l) => [l, t(l)])), (look) => app.setPointLook(look));
    this.legendOf = undefined;
    this.refresh();
    this.refreshMeasure();
  }

  #views() {
    const { app } = this;
    const site = app.subject === 'site'; // nothing there is inside, and nothing is cut away
    const words = { inside: site ? t('views.on-site') : t('inside'), dollhouse: site ? t('views.above') : t('dollhouse') };
    const kinds = Object.fromEntries(Object.entries(words).filter(([kind]) => app.viewOfKind(kind)));
    $('modes').hidden = Object.keys(kinds).length < 2; // around an object there is one way of moving
    $('view-kinds').hidden = $('modes').hidden;
    segments($('modes'), kinds, (kind) => app.goKind(kind));
    segments($('view-kinds'), kinds, (kind) => app.goKind(kind));
    const list = $('view-list');
    list.replaceChildren();
    const named = app.views.filter((v) => v.name !== 'inside' && v.name !== 'dollhouse');
    for (const v of named) {
      const b = element('button', { class: 'list-button', 'data-view': v.name });
      const station = app.cave.info.stations?.find((s) => s.name === v.name);
      b.append(element('span', {}, pick(v.title) || t('views.numbered', { n: v.number })));
      if (station) b.append(element('small', {}, t('pointsShown', { n: number(station.points) })));
      b.onclick = () => app.go(v.name);
      list.append(b);
    }
  }

  #light() {
    const { app } = this;
    const pad = $('pad');
    const from = (e) => {
      const r = pad.getBoundingClientRect();
      const x = (2 * (e.clientX - r.left)) / r.width - 1;
      const y = 1 - (2 * (e.clientY - r.top)) / r.height;
      const radius = Math.min(1, Math.hypot(x, y));
      app.light.set({
        mode: 'rake',
        azimuth: (Math.atan2(x, y) * 180) / Math.PI,
        elevation: ELEVATION.max - radius * (ELEVATION.max - ELEVATION.min),
      });
    };
    pad.addEventListener('pointerdown', (e) => {
      pad.setPointerCapture(e.pointerId);
      from(e);
    });
    pad.addEventListener('pointermove', (e) => {
      if (pad.hasPointerCapture(e.pointerId)) from(e);
    });
    pad.addEventListener('keydown', (e) => {
      const step = { ArrowLeft: [-5, 0], ArrowRight: [5, 0], ArrowUp: [0, 5], ArrowDown: [0, -5] }[e.key];
      if (!step) return;
      e.preventDefault();
      app.light.set({ azimuth: app.light.azimuth + step[0], elevation: app.light.elevation + step[1] });
    });
    $('brightness').oninput = (e) => app.light.set({ brightness: Number(e.target.value) });
    $('ambient').oninput = (e) => app.light.set({ ambient: Number(e.target.value) });
    $('hold').onchange = (e) => app.light.hold(e.target.checked);
    $('grey').onchange = (e) => app.setLook(e.target.checked ? 'relief' : 'stone');
  }

  #layers() {
    const { app } = this;
    for (const layer of ['mesh', 'points', 'stations', 'bounds']) {
      $(`show-${layer}`).onchange = (e) => app.setLayer(layer, e.target.checked);
    }
    $('point-size').oninput = (e) => app.points?.setSize(Number(e.target.value));
  }

  /** The legend of the layer on show: quantity and unit, its colours or classes, what it says under the pointer. */
  #legend(layer) {
    const root = $('layer-legend');
    root.hidden = !layer;
    if (this.legendOf === layer?.id) return;
    this.legendOf = layer?.id;
    root.replaceChildren();
    if (!layer) return;
    const unit = layer.unit === '1' ? '' : ` (${layer.unit})`;
    root.append(element('h2', {}, pick(layer.title)));
    root.append(element('p', { class: 'small' }, pick(layer.quantity) + unit));
    if (layer.scale) {
      const bar = element('div', { class: 'scale' });
      bar.style.background = layer.gradient();
      const ends = element('div', { class: 'scale-ends' });
      ends.append(element('span', {}, layer.number(layer.scale.from)), element('span', {}, layer.number(layer.scale.to)));
      root.append(bar, ends);
    }
    const list = element('ul', { class: 'legend' });
    for (const c of layer.classes) list.append(row(c.colour ?? '#cbb08a', c.hatch, pick(c.title)));
    if (layer.open) list.append(row('#0c0c0d', true, pick(layer.open)));
    root.append(list, element('p', { class: 'here', id: 'layer-here' }, t('touchToRead')));
  }

  /** @param words what the layer says under the pointer, or null where there is no stone */
  readOut(words) {
    const here = $('layer-here');
    if (here) here.textContent = words === null ? t('touchToRead') : t('here', { value: words });
  }

  /** A place under the pointer, or null, in the cave's coordinates. */
  readPlace(place) {
    $('measure-here').textContent = place ? coordinates(place.cave, place.error) : '';
  }

  #measure() {
    $('measure-copy').onclick = () =>
      copy(this.app.measure.list.map((m) => this.#entryText(m)).join('\n\n'), t('copied'));
    $('measure-clear').onclick = () => this.app.measure.clear();
  }

  #entryText(m) {
    return this.app.measure.text(m, pick(this.app.cave.info.title));
  }

  /** Brings buttons in line with the state. */
  refresh() {
    const { app } = this;
    const kind = app.navigator.kind;
    for (const id of ['modes', 'view-kinds']) press($(id), kind);
    for (const b of $('view-list').children) b.setAttribute('aria-pressed', String(b.dataset.view === app.navigator.view));
    this.#picture();
    const l = app.light;
    press($('light-modes'), l.mode);
    $('rake').hidden = l.mode !== 'rake';
    $('azimuth').textContent = `${Math.round(l.azimuth)}°`;
    $('elevation').textContent = `${Math.round(l.elevation)}°`;
    const a = (l.azimuth * Math.PI) / 180;
    const radius = (50 * (ELEVATION.max - l.elevation)) / (ELEVATION.max - ELEVATION.min);
    const knob = { x: radius * Math.sin(a), y: -radius * Math.cos(a) };
    $('pad-knob').setAttribute('cx', knob.x);
    $('pad-knob').setAttribute('cy', knob.y);
    $('pad-ray').setAttribute('x2', knob.x);
    $('pad-ray').setAttribute('y2', knob.y);
    $('pad').setAttribute('aria-valuenow', Math.round(l.azimuth));
    $('pad').setAttribute('aria-valuetext', `${t('azimuth')} ${Math.round(l.azimuth)}°, ${t('elevation')} ${Math.round(l.elevation)}°`);
    $('brightness').value = l.brightness;
    $('ambient').value = l.ambient;
    $('hold').checked = l.held !== null;
    $('grey').checked = app.look === 'relief';
    for (const layer of ['mesh', 'points', 'stations', 'bounds']) $(`show-${layer}`).checked = app.layers[layer];
    $('show-mesh').disabled = !app.cave.mesh;
    $('show-points').disabled = !app.cave.points;
    $('mesh-looks').hidden = !app.layers.mesh;
    $('point-looks').hidden = !app.layers.points;
    check($('looks'), app.look);
    check($('plooks'), app.pointLook);
    this.#legend(app.layers.mesh ? app.layerOnShow() : undefined);
    $('station-legend').hidden = app.pointLook !== 'station';
    this.#stationLegend();
  }

  /** That a picture was taken here, and the way to lay it over the stone and off again. */
  #picture() {
    const { photos } = this.app;
    const n = photos.places.length;
    $('pictures').hidden = n === 0;
    if (n === 0) return;
    const on = photos.laid !== null;
    $('picture').textContent = on ? t('pictureOff') : photos.here ? t('pictureHere') : t('picture');
    $('picture').setAttribute('aria-pressed', String(on));
    $('pictures').classList.toggle('here', on || photos.here);
    $('picture-back').hidden = $('picture-next').hidden = !on || n < 2;
    $('picture-name').textContent = on ? photos.laid.map((p) => p.name).join(' · ') : '';
  }

  #stationLegend() {
    const list = $('station-legend');
    if (list.hidden || list.childElementCount > 0) return;
    // the point source id counts stations from 1
    this.app.cave.info.stations?.forEach((s, i) => {
      const li = element('li');
      const swatch = element('i', { class: 'swatch' });
      swatch.style.background = stationColor(i + 1).getStyle();
      li.append(swatch, element('span', {}, s.name));
      list.append(li);
    });
  }

  refreshMeasure() {
    const { measure } = this.app;
    if (!measure) return;
    $('measure-hint').textContent = measure.busy
      ? t('measureBusy')
      : measure.missed
        ? t('measureMiss')
        : t(measure.first ? 'measureHint2' : 'measureHint1');
    const list = $('measure-list');
    list.replaceChildren();
    for (const m of [...measure.list].reverse()) {
      const li = element('li', { class: 'entry' });
      li.append(element('strong', {}, Measure.value(m)));
      for (const words of [...measure.parts(m), ...measure.ends(m)]) li.append(element('p', { class: 'small' }, words));
      if (m.inferred) li.append(element('p', { class: 'small guess' }, t('inferredEnd')));
      const row = element('div');
      const copyButton = element('button', {}, t('copy'));
      copyButton.onclick = () => copy(this.#entryText(m), t('copied'));
      const remove = element('button', {}, t('remove'));
      remove.onclick = () => measure.remove(m.id);
      row.append(copyButton, remove);
      li.append(row);
      list.append(li);
    }
    $('measure-actions').hidden = measure.list.length < 2;
    const last = measure.list.at(-1);
    $('measure-holds').textContent = last ? measure.holds(last) : '';
  }

  #info() {
    const { info, reportPage } = this.app.cave;
    $('info-h').textContent = pick(info.title) || t('info');
    const facts = $('facts');
    facts.replaceChildren();
    const fact = (key, value) => {
      facts.append(element('dt', {}, t(key)));
      const dd = element('dd');
      dd.append(value);
      facts.append(dd);
    };
    if (info.id) fact('identity', info.id);
    const f = info.frame;
    const origin = (f.origin ?? [0, 0, 0]).map((v) => Number(v.toFixed(3))).join(', ');
    fact('frame', `${f.crs || t('noCrs')}; ${t('frameText', { unit: f.unit, up: f.up, origin })}`);
    const b = info.bounds;
    const size = { x: b.maxX - b.minX, y: b.maxY - b.minY, z: b.maxZ - b.minZ };
    fact('size', t('sizeText', Object.fromEntries(Object.entries(size).map(([k, v]) => [k, number(v, 2)]))));
    const stations = info.stations ?? [];
    if (stations.length > 0) {
      fact('stations', t('stationCount', { n: stations.length, p: number(stations.reduce((n, s) => n + s.points, 0)) }));
    }
    const accuracy = document.createDocumentFragment();
    for (const line of summary(this.app.report)) accuracy.append(element('div', {}, line));
    if (reportPage) accuracy.append(element('a', { href: reportPage, target: '_blank', rel: 'noopener' }, t('openReport')));
    fact('accuracy', accuracy.childNodes.length > 0 ? accuracy : t('noReport'));
    const r = info.rights ?? {};
    fact('rights', [r.owner, r.licence, r.note].filter(Boolean).join(' · ') || t('noRights'));
    const files = document.createDocumentFragment();
    for (const d of info.deliverables) {
      const name = pick(d.title) || d.path.split('/').pop();
      const address = addressOf(this.app.cave.base, d.path);
      const line = element('div');
      // a path out of the package is named, and leads nowhere
      line.append(address ? element('a', { href: address }, name) : name, d.bytes > 0 ? ` ${number(d.bytes / 2 ** 20, 1)} MB` : '');
      files.append(line);
    }
    if (files.childNodes.length > 0) fact('files', files);
  }

  status(text) {
    if ($('status').textContent !== text) $('status').textContent = text;
  }
}

export function toast(text, bad = false, milliseconds = 6000) {
  for (const old of $('toasts').children) if (old.textContent === text) return;
  const e = element('div', { class: bad ? 'toast bad' : 'toast' }, text);
  $('toasts').append(e);
  setTimeout(() => e.remove(), bad ? 2 * milliseconds : milliseconds);
}

async function copy(text, done) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // a page that is not from a secure place has no clipboard: the old way
    const area = element('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  toast(done, false, 2500);
}

function element(name, attributes = {}, text) {
  const e = document.createElement(name);
  for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v);
  if (text !== undefined) e.textContent = text;
  return e;
}

function segments(root, labels, chosen) {
  root.replaceChildren();
  for (const [value, label] of Object.entries(labels)) {
    const b = element('button', { 'data-value': value, 'aria-pressed': 'false' }, label);
    b.onclick = () => chosen(value);
    root.append(b);
  }
}

function press(root, value) {
  for (const b of root.children) b.setAttribute('aria-pressed', String(b.dataset.value === value));
}

function row(colour, hatch, words) {
  const swatch = element('i', { class: hatch ? 'swatch hatched' : 'swatch' });
  swatch.style.backgroundColor = colour;
  const li = element('li');
  li.append(swatch, element('span', {}, words));
  return li;
}

/** @param words by value what its button says */
function choices(root, name, words, chosen) {
  root.replaceChildren();
  for (const value of Object.keys(words)) {
    const label = element('label', { class: 'choice' });
    const input = element('input', { type: 'radio', name, value });
    input.onchange = () => chosen(value);
    label.append(input, element('span', {}, words[value]));
    root.append(label);
  }
}

function check(root, value) {
  for (const input of root.querySelectorAll('input')) input.checked = input.value === value;
}

