// A classic worker: hands back the levels of one KTX2 picture as the graphics card takes them.
/* global BASIS */
importScripts('vendor/basis/basis_transcoder.js');

const ready = BASIS({ locateFile: (name) => 'vendor/basis/' + name }).then((basis) => {
  basis.initializeBasis();
  return basis;
});

onmessage = async ({ data: job }) => {
  try {
    const levels = transcode(await ready, job);
    postMessage({ id: job.id, levels }, levels.map((level) => level.data.buffer));
  } catch (e) {
    postMessage({ id: job.id, error: String(e?.message ?? e) });
  }
};

/** @param format the transcoder's number for what comes out; @param first the largest level that is wanted */
function transcode(basis, { bytes, format, first }) {
  const file = new basis.KTX2File(bytes);
  try {
    if (!file.isValid() || !file.isUASTC() || file.getFaces() !== 1 || file.getLayers() !== 0) {
      throw new Error('no flat KTX2 picture of UASTC');
    }
    if (!file.startTranscoding()) throw new Error('a damaged KTX2 picture');
    const levels = [];
    for (let k = first; k < file.getLevels(); k++) {
      const { origWidth: width, origHeight: height } = file.getImageLevelInfo(k, 0, 0);
      const data = new Uint8Array(file.getImageTranscodedSizeInBytes(k, 0, 0, format));
      if (!file.transcodeImage(data, k, 0, 0, format, 0, -1, -1)) throw new Error(`level ${k} is damaged`);
      levels.push({ data, width, height });
    }
    return levels;
  } finally {
    file.close();
    file.delete();
  }
}
