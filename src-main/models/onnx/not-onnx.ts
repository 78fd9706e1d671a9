/**
 * What people take for a model, by its first bytes. A pickle runs whatever code it likes when it is opened, so none ever is.
 * @param head  the first few hundred bytes
 * @returns what it is instead of an ONNX file, a clause without a full stop; null when it may be one
 */
export function whatElse(head: Uint8Array): string | null {
  if (head.length === 0) return 'it is empty'
  const text = Buffer.from(head).toString('latin1')
  return kinds.find(({ is }) => is(text))?.problem ?? null
}

const begins = (start: string) => (text: string) => text.startsWith(start)
const at4 = (magic: string) => (text: string) => text.slice(4, 8) === magic
const trimmed = (text: string) => text.replace(/^[\u00ef\u00bb\u00bf\s]+/, '').toLowerCase()
const PICKLE =
  'it is a PyTorch checkpoint (a pickle, which may run any code, so it is never opened); export it to ONNX'

const kinds: readonly { is(text: string): boolean; problem: string }[] = [
  { is: (text) => /^\0+$/.test(text), problem: 'it is full of zeros, as after a broken download' },
  { is: (text) => text[0] === '\x80' && (text[1] ?? '') <= '\x05', problem: PICKLE },
  { is: (text) => text.startsWith('PK\x03\x04') && /\.pkl|\/version/.test(text), problem: PICKLE },
  { is: begins('PK\x03\x04'), problem: 'it is a zip archive' },
  { is: begins('\x1f\x8b'), problem: 'it is packed with gzip; unpack it first' },
  {
    is: begins('\x89HDF\r\n\x1a\n'),
    problem: 'it is an HDF5 file, such as Keras writes; convert it with tf2onnx',
  },
  { is: at4('TFL3'), problem: 'it is a TensorFlow Lite model; convert it with tf2onnx' },
  {
    is: at4('ORTM'),
    problem: "it is in ONNX Runtime's own format; use the .onnx it was made from",
  },
  { is: begins('GGUF'), problem: 'it is a GGUF file, weights of a language model' },
  { is: begins('ftrt'), problem: 'it is an engine of TensorRT; use the .onnx it was made from' },
  {
    is: (text) => /^[\s\S]{8}\{"/.test(text) && text.slice(4, 8) === '\0\0\0\0',
    problem: 'it is a safetensors file: weights without the network; export it to ONNX',
  },
  {
    is: begins('version https://git-lfs'),
    problem: 'it is a pointer of Git LFS, not the file itself; fetch it with git lfs pull',
  },
  {
    is: (text) => /^<\?xml[\s\S]*<net\b/.test(trimmed(text)),
    problem: 'it is a model of OpenVINO; use the .onnx it was made from',
  },
  {
    is: (text) => /^<(!doctype|html|\?xml|head|!--)/.test(trimmed(text)),
    problem: 'it is a web page, as when a download asks to log in',
  },
  { is: (text) => /^[{[]/.test(trimmed(text)), problem: 'it is a JSON text' },
]
