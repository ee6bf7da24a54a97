// Makes pictures of pages smaller: at most 96 colours, best compression. Writes each file anew and says its size.
// node smaller_png.mjs FILE...
import { readFileSync, writeFileSync } from 'node:fs';
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const MOST_COLOURS = 96;
const AREA = 500; // what fills more than a five-hundredth of the picture is an area
const CHANNELS = { 2: 3, 6: 4 };

function* chunksOf(file) {
  for (let at = SIGNATURE.length; at < file.length; at += 12 + file.readUInt32BE(at)) {
    const length = file.readUInt32BE(at);
    yield [file.toString('latin1', at + 4, at + 8), file.subarray(at + 8, at + 8 + length)];
  }
}

function paeth(left, up, corner) {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

function unfiltered(raw, { width, height, channels }) {
  const stride = width * channels;
  const out = Buffer.alloc(stride * height);
  for (let row = 0; row < height; row++) {
    const filter = raw[row * (stride + 1)];
    for (let column = 0; column < stride; column++) {
      const at = row * stride + column;
      const left = column >= channels ? out[at - channels] : 0;
      const up = row ? out[at - stride] : 0;
      const corner = row && column >= channels ? out[at - stride - channels] : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      out[at] = raw[row * (stride + 1) + 1 + column] + guess;
    }
  }
  return out;
}

function decoded(file) {
  const parts = [];
  let head;
  for (const [kind, data] of chunksOf(file)) {
    if (kind === 'IHDR') head = data;
    if (kind === 'IDAT') parts.push(data);
  }
  const [width, height, depth, kind, , , interlaced] = [
    head.readUInt32BE(0), head.readUInt32BE(4), ...head.subarray(8)];
  if (depth !== 8 || interlaced || !(kind in CHANNELS)) return null; // such as one that was made smaller before
  const channels = CHANNELS[kind];
  const bytes = unfiltered(inflateSync(Buffer.concat(parts)), { width, height, channels });
  const pixels = new Uint32Array(width * height);
  for (let at = 0; at < pixels.length; at++) {
    const from = at * channels;
    pixels[at] = (bytes[from] << 16) | (bytes[from + 1] << 8) | bytes[from + 2];
  }
  return { width, height, pixels };
}

function distance(one, other) {
  const red = (one >> 16) - (other >> 16);
  const green = ((one >> 8) & 255) - ((other >> 8) & 255);
  const blue = (one & 255) - (other & 255);
  return 2 * red * red + 4 * green * green + 3 * blue * blue;
}

// Those of whole areas as they are, and the commonest others, each far enough from those before it; how far grows until
// all fit.
function paletteOf(pixels) {
  const counts = new Map();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const colours = [...counts.keys()].sort((one, other) => counts.get(other) - counts.get(one) || one - other);
  const areas = colours.filter(colour => counts.get(colour) * AREA > pixels.length);
  for (let apart = 0; ; apart = apart * 1.6 + 8) {
    const palette = [...areas];
    for (const colour of colours) {
      if (palette.every(known => distance(known, colour) > apart)) palette.push(colour);
      if (palette.length > MOST_COLOURS) break;
    }
    if (palette.length <= MOST_COLOURS) return { palette, colours };
  }
}

function nearest(palette, colour) {
  let best = 0;
  for (let at = 1; at < palette.length; at++)
    if (distance(palette[at], colour) < distance(palette[best], colour)) best = at;
  return best;
}

function chunk(kind, data) {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

function encoded({ width, height, pixels }) {
  const { palette, colours } = paletteOf(pixels);
  const place = new Map(colours.map(colour => [colour, nearest(palette, colour)]));
  const raw = Buffer.alloc((width + 1) * height);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      raw[row * (width + 1) + 1 + column] = place.get(pixels[row * width + column]);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const table = Buffer.from(palette.flatMap(colour => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([SIGNATURE, chunk('IHDR', head), chunk('PLTE', table),
    chunk('IDAT', deflateSync(raw, { level: 9, memLevel: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

for (const path of process.argv.slice(2)) {
  const file = readFileSync(path);
  const picture = decoded(file);
  const smaller = picture ? encoded(picture) : file;
  if (smaller.length < file.length) writeFileSync(path, smaller);
  console.log(`${Math.min(smaller.length, file.length)} ${path}`);
}
