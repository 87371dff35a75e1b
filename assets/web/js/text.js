// Every sentence of the page, in Chinese and English, and the switch between them.

const TEXT = {
  page: ['石窟', 'Grotto'],
  loading: ['正在打开石窟…', 'Opening the cave…'],
  tools: ['工具', 'Tools'],
  views: ['视点', 'Views'],
  inside: ['窟内', 'Inside'],
  dollhouse: ['剖视', 'Doll’s house'],
  stations: ['测站', 'Stations'],
  measure: ['量测', 'Measure'],
  light: ['光照', 'Light'],
  layers: ['图层', 'Layers'],
  info: ['关于', 'About'],
  help: ['操作', 'Help'],
  close: ['关闭', 'Close'],
  fullscreen: ['全屏', 'Full screen'],
  share: ['复制链接', 'Copy link'],
  shared: ['链接已复制：打开即回到此处', 'Link copied: it leads back to this very view'],
  language: ['Language: switch to English', '语言：切换为中文'],

  surface: ['表面模型', 'Surface'],
  points: ['扫描点云', 'Scan points'],
  markers: ['测站标记', 'Station markers'],
  bounds: ['范围框', 'Extent'],
  show: ['显示', 'Show'],
  surfaceLook: ['表面着色', 'Surface shows'],
  stone: ['石色', 'Colour'],
  relief: ['素灰浮雕', 'Relief, plain grey'],
  evidence: ['实测 / 推测', 'Measured or inferred'],
  measured: ['实测：附近有扫描点', 'Measured: scan points are near'],
  inferred: ['推测：由重建补全', 'Inferred: filled in by the reconstruction'],
  unseen: ['空缺：没有测站看到', 'Open: seen by no station'],
  pointLook: ['点云着色', 'Points show'],
  rgb: ['颜色', 'Colour'],
  intensity: ['反射强度', 'Intensity'],
  station: ['测站', 'Station'],
  pointSize: ['点的大小', 'Point size'],
  noPoints: ['此数据包没有点云', 'This package has no points'],
  noMesh: ['此数据包没有表面模型', 'This package has no surface'],

  lightRoom: ['环境光', 'Soft'],
  lightHead: ['随身灯', 'Lamp at the eye'],
  lightRake: ['掠射光', 'Raking'],
  azimuth: ['方位角', 'Azimuth'],
  elevation: ['高度角', 'Elevation'],
  brightness: ['亮度', 'Brightness'],
  ambient: ['环境光', 'Ambient'],
  holdLight: ['光固定在石上', 'Keep the light on the stone'],
  lightHint: ['在圆盘上拖动：靠边为掠射，居中为正射。', 'Drag on the disc: the rim grazes the stone, the centre faces it.'],
  lightPad: ['光的方向', 'Direction of the light'],

  measureHint1: ['在石面上点第一点', 'Click the first point on the stone'],
  measureHint2: ['再点第二点（Esc 取消）', 'Click the second point (Esc gives up)'],
  measureBusy: ['正在读取最精细的模型…', 'Reading the finest surface…'],
  measureMiss: ['此处没有表面，请点在石面上', 'There is no surface here; click on the stone'],
  measureNone: ['还没有量测', 'No measurements yet'],
  startMeasure: ['开始量测', 'Measure'],
  stopMeasure: ['停止', 'Stop'],
  copy: ['复制', 'Copy'],
  copyAll: ['全部复制', 'Copy all'],
  copied: ['已复制', 'Copied'],
  remove: ['删除', 'Delete'],
  clear: ['全部删除', 'Delete all'],
  uncertainNoise: [
    '± 为扩展不确定度（k = 2），合成模型误差 {mesh} mm、坐标步长 {step} mm、扫描噪声 {noise} mm 与一个像素 {pixel} mm 内的点选；不含测站配准。放大画面可减小点选误差。',
    '± is the expanded uncertainty (k = 2) from surface error {mesh} mm, coordinate step {step} mm, scanner noise {noise} mm and pointing within a pixel of {pixel} mm; how stations were registered is not in it. Zoom in to point better.',
  ],
  uncertainMesh: [
    '± 为扩展不确定度（k = 2），只含模型误差 {mesh} mm、坐标步长 {step} mm 与一个像素 {pixel} mm 内的点选；扫描噪声未知，未计入。放大画面可减小点选误差。',
    '± is the expanded uncertainty (k = 2) of surface error {mesh} mm, coordinate step {step} mm and pointing within a pixel of {pixel} mm only; the scanner’s noise is not known here. Zoom in to point better.',
  ],
  inferredEnd: ['有一端在推测的表面上：此值不可作为实测', 'An end stands on inferred surface: do not use this as a measured value'],
  distance: ['距离', 'Distance'],
  dz: ['高差', 'Height'],
  horizontal: ['平距', 'Level'],

  title: ['名称', 'Title'],
  frame: ['坐标系', 'Frame'],
  frameText: ['单位 {unit}，{up} 向上，原点 {origin}', 'unit {unit}, up {up}, origin {origin}'],
  noCrs: ['本地坐标系', 'local frame'],
  size: ['尺寸', 'Size'],
  sizeText: ['{x} × {y} × {z} m', '{x} × {y} × {z} m'],
  stationCount: ['{n} 站，{p} 点', '{n} stations, {p} points'],
  accuracy: ['精度', 'Accuracy'],
  noReport: ['此数据包没有质量报告', 'This package holds no quality report'],
  openReport: ['质量报告', 'Quality report'],
  rights: ['权利', 'Rights'],
  noRights: ['未注明；使用前请询问保管单位', 'not stated; ask the keeper of the cave before use'],
  files: ['文件', 'Files'],
  identity: ['编号', 'Identity'],

  detail: ['显示误差 ≤ {mm} mm', 'shown within {mm} mm'],
  finest: ['已显示最高精度', 'finest surface shown'],
  tiles: ['正在载入 {n} 块', 'loading {n} tiles'],
  pointsShown: ['{n} 点', '{n} points'],
  wholeFile: [
    '此服务器不支持分段读取，已一次载入整个点云（{mb} MB）。',
    'This server cannot send parts of files: the whole point cloud ({mb} MB) was loaded once.',
  ],

  noWebgl: [
    '这个浏览器不能使用 WebGL 2，无法显示三维石窟。请更新浏览器，或在设置中打开硬件加速。',
    'This browser offers no WebGL 2, so the cave cannot be drawn. Update the browser, or turn hardware acceleration on in its settings.',
  ],
  noPackage: [
    '找不到 {file}。这个页面要放在石窟数据包旁边，或用 grotto serve 打开。',
    'There is no {file}. This page belongs beside a cave package; or open the package with grotto serve.',
  ],
  badPackage: ['{file} 不是可读的石窟数据包：{why}', '{file} is not a cave package that can be read: {why}'],
  meshFailed: ['表面模型读取失败：{why}', 'The surface could not be read: {why}'],
  tileFailed: ['有 {n} 块表面读取失败（{file}）；其余照常显示。', '{n} tiles of the surface could not be read ({file}); the rest is shown.'],
  pointsFailed: ['点云读取失败：{why}', 'The points could not be read: {why}'],
  fromFile: [
    '浏览器不允许从磁盘直接打开此页面。请运行 grotto serve，或在此文件夹中运行：python3 -m http.server',
    'Browsers do not let this page read its files straight from disk. Run grotto serve, or in this folder: python3 -m http.server',
  ],
  contextLost: ['显卡已重置，正在恢复画面…', 'The graphics card was reset; the picture is being restored…'],

  helpLook: ['拖动：环顾；滚轮或双指：缩放', 'Drag to look around; wheel or pinch to zoom'],
  helpStep: ['双击地面：走到那里', 'Double-click the floor to step there'],
  helpOrbit: ['剖视中拖动：旋转；右键或双指拖动：平移', 'In the doll’s house drag to turn; right button or two fingers to shift'],
  helpKeys: [
    '键盘：方向键环顾或旋转，W A S D 行走或平移，+ − 缩放，M 量测，L 光照，1 2 视图，Esc 停止',
    'Keys: arrows look or turn, W A S D walk or shift, + − zoom, M measure, L light, 1 2 views, Esc stops',
  ],
  canvas: ['三维石窟。方向键环顾，W A S D 行走。', 'The cave in three dimensions. Arrow keys look around, W A S D walk.'],
};

let language = 'en';

export const languages = { zh: 'zh-Hans', en: 'en' };

export function currentLanguage() {
  return language;
}

/** Chinese where the browser prefers it; the link and the reader's earlier choice come first. */
export function preferredLanguage(asked) {
  if (asked in languages) return asked;
  const kept = remembered();
  if (kept in languages) return kept;
  return (navigator.languages ?? [navigator.language]).some((l) => l.startsWith('zh')) ? 'zh' : 'en';
}

function remembered() {
  try {
    return localStorage.getItem('grotto.language');
  } catch {
    return null; // storage may be forbidden; then nothing is remembered
  }
}

export function setLanguage(next) {
  language = next;
  try {
    localStorage.setItem('grotto.language', next);
  } catch {
    // as above
  }
  document.documentElement.lang = languages[next];
  translate(document);
}

/** The sentence `key`, with {name} filled in from `values`. */
export function t(key, values = {}) {
  const pair = TEXT[key];
  if (!pair) throw new Error(`no text "${key}"`);
  return pair[language === 'zh' ? 0 : 1].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? '—'));
}

/** Of a {zh, en} text the current language, or the other where it is empty. */
export function pick(text) {
  if (!text) return '';
  return (language === 'zh' ? text.zh || text.en : text.en || text.zh) ?? '';
}

/** Fills elements marked data-t (text), data-t-label (aria-label and title). */
export function translate(root) {
  for (const e of root.querySelectorAll('[data-t]')) e.textContent = t(e.dataset.t);
  for (const e of root.querySelectorAll('[data-t-label]')) {
    e.setAttribute('aria-label', t(e.dataset.tLabel));
    e.title = t(e.dataset.tLabel);
  }
}

/** A number in the current language's grouping. */
export function number(x, digits = 0) {
  return x.toLocaleString(language === 'zh' ? 'zh-CN' : 'en-GB', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}
