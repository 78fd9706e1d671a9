import { AppError } from '#shared/errors/app-error.ts'
import type { ModelFacts, ValueFacts } from '../family.ts'
import { openToRead } from '../open-to-read.ts'
import { type ExternalFile, externalDataOf, externalFiles } from './external-data.ts'
import { whatElse } from './not-onnx.ts'
import { entryIn, operatorSetIn, valueIn } from './onnx-messages.ts'
import { BYTES, type Field, fieldsOf, partOf, VARINT, WireError } from './wire.ts'
import { WireFile } from './wire-file.ts'

export interface OnnxHeader {
  /** `sizeBytes` with the weights that lie in other files. */
  readonly facts: ModelFacts
  readonly irVersion: number
  /** Files beside it that hold its weights; all of them are there. */
  readonly externalFiles: readonly ExternalFile[]
}

/** What ONNX Runtime 1.30 knows, as it says itself when it is given more. */
const NEWEST_OPSETS: Readonly<Record<string, number>> = { '': 26, 'ai.onnx.ml': 5 }
const NEWEST_IR = 13
/** Protobuf holds a message in less than this. */
const MOST_BYTES = 2 ** 31 - 1
/** A label list of 20,000 words takes half of it. What is longer is left out. */
const MOST_METADATA_BYTES = 1 << 20
const MOST_ENTRIES = 1000
const MOST_VALUE_BYTES = 1 << 16
const MOST_VALUES = 4096
const MOST_NAME_BYTES = 1 << 12
/** Older PyTorch writes a file a tensor. */
const MOST_EXTERNAL_FILES = 10_000

/**
 * What an ONNX file says of itself, without its weights: milliseconds whatever its size. Nothing of it is run.
 * @throws MODEL_UNREADABLE with what it is instead, or what is wrong with it
 */
export async function readOnnxHeader(path: string): Promise<OnnxHeader> {
  const refuse = (problem: string, cause: unknown) =>
    new AppError('MODEL_UNREADABLE', { path, problem }, { cause })
  try {
    return await read(path)
  } catch (error) {
    if (error instanceof WireError) throw refuse(error.message, error)
    const code = (error as NodeJS.ErrnoException).code
    if (code === undefined) throw error
    throw refuse(code === 'ENOENT' ? 'it is not there' : `it cannot be read (${code})`, error)
  }
}

async function read(path: string): Promise<OnnxHeader> {
  const file = await openToRead(path)
  try {
    const info = await file.stat()
    if (!info.isFile()) throw new WireError('it is not a file')
    const head = Buffer.alloc(512)
    const { bytesRead } = await file.read(head, 0, head.length, 0)
    const other = whatElse(head.subarray(0, bytesRead))
    if (other !== null) throw new WireError(other)
    if (info.size > MOST_BYTES)
      throw new WireError(
        `it has ${gigabytes(info.size)} GB, and one ONNX file can have 2; export it with its weights as external data`,
      )
    const found = await walk(new WireFile(file, info.size))
    return await headerOf(found, path, info.size)
  } finally {
    await file.close()
  }
}

const gigabytes = (bytes: number) => (bytes / 2 ** 30).toFixed(1)

/** What the walk over a file gathers. */
interface Found {
  irVersion: number
  producer: string
  hasGraph: boolean
  readonly opsets: Map<string, number>
  readonly metadata: Map<string, string>
  readonly inputs: ValueFacts[]
  readonly outputs: ValueFacts[]
  readonly initializers: Set<string>
  /** By file: how many bytes of it are read at least. */
  readonly external: Map<string, number>
}

async function walk(file: WireFile): Promise<Found> {
  const found: Found = {
    irVersion: 0,
    producer: '',
    hasGraph: false,
    opsets: new Map(),
    metadata: new Map(),
    inputs: [],
    outputs: [],
    initializers: new Set(),
    external: new Map(),
  }
  try {
    for await (const field of file.fields(0, file.sizeBytes)) await modelField(file, field, found)
  } catch (error) {
    if (!(error instanceof WireError)) throw error
    // Every exporter says its version first: what does not get there was never an ONNX file.
    if (found.irVersion === 0) throw new WireError('it is no ONNX file')
    if (error.wanted === null) throw error
    throw new WireError(`it is cut off: at least ${error.wanted} bytes are wanted`, error.wanted)
  }
  return found
}

/** `ModelProto`: what is a number, and what is not. */
const modelNumbers = new Set([1, 5])
const modelMessages = new Set([2, 3, 4, 6, 7, 8, 14, 20, 25, 26])

async function modelField(file: WireFile, field: Field, found: Found): Promise<void> {
  const { number, wire } = field
  const isKnown =
    wire === VARINT ? modelNumbers.has(number) : wire === BYTES && modelMessages.has(number)
  if (!isKnown) throw new WireError('it is no ONNX file')
  if (number === 1) found.irVersion = field.value
  else if (number === 2) found.producer = textOfAll(await file.bytes(field, MOST_NAME_BYTES))
  else if (number === 7) await graph(file, field, found)
  else if (number === 8) {
    const message = await file.bytes(field, MOST_NAME_BYTES)
    if (message && found.opsets.size < MOST_ENTRIES) found.opsets.set(...operatorSetIn(message))
  } else if (number === 14) {
    const message = await file.bytes(field, MOST_METADATA_BYTES)
    if (message && found.metadata.size < MOST_ENTRIES) found.metadata.set(...entryIn(message))
  }
}

const textOfAll = (bytes: Uint8Array | null) => (bytes ? new TextDecoder().decode(bytes) : '')

/** `GraphProto` */
async function graph(file: WireFile, { start, length }: Field, found: Found): Promise<void> {
  found.hasGraph = true
  for await (const field of file.fields(start, start + length)) {
    if (field.number === 5) await initializer(file, field, found)
    if (field.number === 11) await value(file, field, found.inputs)
    if (field.number === 12) await value(file, field, found.outputs)
  }
}

async function value(file: WireFile, field: Field, values: ValueFacts[]): Promise<void> {
  const message = await file.bytes(field, MOST_VALUE_BYTES)
  if (!message || values.length === MOST_VALUES)
    throw new WireError('it has more inputs or outputs than any network')
  values.push(valueIn(message))
}

/** Short enough to be read with what is in it. */
const SMALL = 1 << 10

/** `TensorProto`: its name, and where its numbers are, never the numbers. */
async function initializer(file: WireFile, tensor: Field, found: Found): Promise<void> {
  const small = tensor.length <= SMALL ? await file.bytes(tensor, SMALL) : null
  const parts: Field[] = []
  const wanted = (field: Field) => field.number === 8 || field.number === 13
  const end = tensor.start + tensor.length
  if (small) parts.push(...[...fieldsOf(small)].filter(wanted))
  else
    for await (const field of file.fields(tensor.start, end)) if (wanted(field)) parts.push(field)
  const facts = new Map<string, string>()
  for (const part of parts) {
    const bytes = small ? partOf(small, part) : await file.bytes(part, MOST_NAME_BYTES)
    if (!bytes) throw new WireError('it has a name that is no name')
    if (part.number === 8) found.initializers.add(textOfAll(bytes))
    else facts.set(...entryIn(bytes))
  }
  if (facts.size === 0) return
  const { location, offset, length } = externalDataOf(facts)
  if (found.external.size > MOST_EXTERNAL_FILES)
    throw new WireError('its weights are in more files than any network has')
  const known = found.external.get(location) ?? 0
  found.external.set(location, Math.max(known, offset + length))
}

/** @throws WireError for what no ONNX Runtime of ours can run */
async function headerOf(found: Found, path: string, sizeBytes: number): Promise<OnnxHeader> {
  if (!found.hasGraph || found.outputs.length === 0)
    throw new WireError('there is no network in it')
  if (found.irVersion > NEWEST_IR)
    throw new WireError(
      `it is of version ${found.irVersion} of the ONNX format, and ${NEWEST_IR} is the newest that can be run`,
    )
  for (const [domain, version] of found.opsets) {
    const newest = NEWEST_OPSETS[domain] ?? Number.POSITIVE_INFINITY
    if (version > newest)
      throw new WireError(
        `it uses opset ${version}${domain === '' ? '' : ` of ${domain}`}, and ${newest} is the newest that can be run`,
      )
  }
  const files = await externalFiles(path, found.external)
  return {
    irVersion: found.irVersion,
    externalFiles: files,
    facts: {
      sizeBytes: files.reduce((sum, one) => sum + one.sizeBytes, sizeBytes),
      opsets: record(found.opsets),
      producer: found.producer,
      metadata: record(found.metadata),
      // Before version 4 every initializer was an input as well.
      inputs: found.inputs.filter(({ name }) => !found.initializers.has(name)),
      outputs: found.outputs,
    },
  }
}

/** Its keys may be anything, `__proto__` too. */
const record = <V>(map: ReadonlyMap<string, V>): Record<string, V> =>
  Object.assign(Object.create(null), Object.fromEntries(map))
