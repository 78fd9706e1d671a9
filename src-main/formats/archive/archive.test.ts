import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { deflateRawSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ZipFile } from 'yazl'
import type { DatasetOutput } from '#main/core/ports.ts'
import { openInput } from './open-input.ts'
import { writeZip } from './write-zip.ts'
import { centralHeader, endRecords, localHeader } from './zip-records.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldmark-archive-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function read(path: string): Promise<Record<string, string>> {
  const input = await openInput(path)
  const found: Record<string, string> = {}
  try {
    for (const { name } of input.entries) {
      found[name] = ''
      for await (const piece of input.text(name)) found[name] += piece
    }
  } finally {
    input.close()
  }
  return found
}

/** A zip by the library others use, so that our writer is not tested against itself. */
async function zipped(files: Record<string, string>): Promise<string> {
  const zip = new ZipFile()
  for (const [name, text] of Object.entries(files)) zip.addBuffer(Buffer.from(text), name)
  zip.end()
  const path = join(folder, 'in.zip')
  await writeFile(path, await buffer(zip.outputStream))
  return path
}

/** More text than is read at once, and hard to pack. */
const noise = Buffer.from(
  Array.from({ length: 300_000 }, (_, i) => 32 + ((Math.imul(i, i * 31) >>> 9) % 64)),
)

/** One entry with whatever lies a test needs. */
async function crafted(
  name: string,
  data: Buffer,
  lies: { plainBytes?: number; flags?: number; offset?: number } = {},
) {
  const body = deflateRawSync(data)
  const plainBytes = lies.plainBytes ?? data.length
  const entry = {
    name,
    method: 8 as const,
    crc: 0,
    packedBytes: body.length,
    plainBytes,
    offset: 0,
  }
  const local = localHeader(entry, 'known')
  const central = centralHeader(entry)
  if (lies.flags !== undefined) central.writeUInt16LE(lies.flags, 8)
  if (lies.offset !== undefined) central.writeUInt32LE(lies.offset, 42)
  const end = endRecords(1, local.length + body.length, central.length)
  const path = join(folder, 'crafted.zip')
  await writeFile(path, Buffer.concat([local, body, central, end]))
  return path
}

describe('opening', () => {
  test('a zip, folders left out', async () => {
    const files = { 'a.txt': 'ä'.repeat(100_000), 'b/c.txt': '' }
    expect(await read(await zipped(files))).toEqual(files)
  })

  test('small entries between large ones, in any order', async () => {
    const sizes = [0, 1, 40, 65_535, 65_536, 65_537, 200_000, 7, 30_000]
    const files = Object.fromEntries(
      sizes.map((size, i) => [`${i}.bin`, noise.subarray(i, i + size).toString('latin1')]),
    )
    const input = await openInput(await zipped(files))
    for (const name of Object.keys(files).reverse()) {
      expect(Buffer.from(await input.bytes(name)).toString()).toBe(files[name])
    }
    input.close()
  })

  test('an unpacked folder', async () => {
    await mkdir(join(folder, 'set/annotations'), { recursive: true })
    await writeFile(join(folder, 'set/annotations/x.json'), '{}')
    expect(await read(join(folder, 'set'))).toEqual({ 'annotations/x.json': '{}' })
  })

  test.skipIf(process.platform === 'win32')('no pipe, which would be waited for', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe.json')])
    await mkdir(join(folder, 'set'))
    execFileSync('mkfifo', [join(folder, 'set', 'pipe.json')])
    for (const path of [join(folder, 'pipe.json'), '/dev/null'])
      await expect(openInput(path)).rejects.toMatchObject({ code: 'ARCHIVE_UNREADABLE' })
    expect(await read(join(folder, 'set'))).toEqual({})
  })

  test.skipIf(process.platform !== 'linux')('no file of the system that never ends', async () => {
    expect(await read('/proc/kmsg')).toEqual({ kmsg: '' })
    expect(await read('/proc/self/mem')).toEqual({ mem: '' })
  })

  test('a bare file, its byte order mark left out', async () => {
    await writeFile(join(folder, 'x.xml'), '\ufeff<a/>')
    expect(await read(join(folder, 'x.xml'))).toEqual({ 'x.xml': '<a/>' })
  })

  test.each([
    ['a path that is not there', async () => join(folder, 'none'), 'MEDIA_NOT_FOUND'],
    [
      'a name that leaves the folder',
      () => crafted('../evil.txt', Buffer.from('x')),
      'ARCHIVE_UNSAFE',
    ],
    ['an absolute name', () => crafted('/etc/evil', Buffer.from('x')), 'ARCHIVE_UNSAFE'],
    ['a bomb', () => crafted('bomb.txt', Buffer.alloc(2 ** 26)), 'ARCHIVE_UNSAFE'],
    [
      'an encrypted entry',
      () => crafted('a.txt', Buffer.from('x'), { flags: 0x0801 }),
      'ARCHIVE_UNSAFE',
    ],
    [
      'more bytes than it admits',
      () => crafted('a.txt', Buffer.alloc(9000), { plainBytes: 10 }),
      'ARCHIVE_UNREADABLE',
    ],
    [
      'fewer bytes than it announces',
      () => crafted('a.txt', Buffer.alloc(10), { plainBytes: 9000 }),
      'ARCHIVE_UNREADABLE',
    ],
    [
      'a large entry of more bytes than it admits',
      () => crafted('a.txt', noise, { plainBytes: 100_000 }),
      'ARCHIVE_UNREADABLE',
    ],
    ['a wrong checksum', () => crafted('a.txt', Buffer.from('x')), 'ARCHIVE_UNREADABLE'],
    ['a wrong checksum of a large entry', () => crafted('a.txt', noise), 'ARCHIVE_UNREADABLE'],
    [
      'an entry that is not where the list says',
      () => crafted('a.txt', Buffer.from('x'), { offset: 1 }),
      'ARCHIVE_UNREADABLE',
    ],
    [
      'an entry beyond the end of the file',
      () => crafted('a.txt', Buffer.from('x'), { offset: 1e9 }),
      'ARCHIVE_UNREADABLE',
    ],
  ])('%s is refused', async (_name, make, code) => {
    await expect(make().then(read)).rejects.toMatchObject({ code })
  })

  test('entries that share their bytes are refused', async () => {
    const whole = await readFile(await zipped({ 'a.txt': 'x'.repeat(5000), 'b.txt': 'y' }))
    const at = whole.indexOf('PK\u0001\u0002')
    whole.writeUInt32LE(whole.length, at + 20)
    await writeFile(join(folder, 'overlap.zip'), whole)
    await expect(read(join(folder, 'overlap.zip'))).rejects.toMatchObject({
      code: 'ARCHIVE_UNSAFE',
    })
  })

  test('a zip cut anywhere is refused', async () => {
    const whole = await readFile(await zipped({ 'a.txt': 'x'.repeat(50), 'b.txt': 'y' }))
    for (let length = 0; length < whole.length; length += 9) {
      await writeFile(join(folder, 'cut.zip'), whole.subarray(0, length))
      await expect(read(join(folder, 'cut.zip'))).rejects.toMatchObject({
        code: 'ARCHIVE_UNREADABLE',
      })
    }
  })

  test('text that is not UTF-8 is refused by its place', async () => {
    await writeFile(join(folder, 'latin.xml'), Buffer.from([60, 97, 0xe4, 62]))
    await expect(read(join(folder, 'latin.xml'))).rejects.toMatchObject({ code: 'DATASET_INVALID' })
  })
})

describe('writing', () => {
  const pieces = Array.from({ length: 5000 }, (_, i) => `line ${i} ${'ä'.repeat(i % 90)}\n`)
  const fill = async (output: DatasetOutput): Promise<void> => {
    await output.text('long.txt', pieces)
    await output.text('short/ü.txt', ['a', 'b'])
    await output.text('empty.txt', [])
    await output.bytes('picture.jpg', Buffer.from('picture'), false)
    await output.bytes('../../up.bin', Buffer.alloc(40_000), true)
  }

  test('reads back, is the same every time, and leaves nothing beside it', async () => {
    const path = join(folder, 'out.zip')
    const { sizeBytes } = await writeZip(path, fill)
    expect((await stat(path)).size).toBe(sizeBytes)
    const found = await read(path)
    expect(Object.keys(found)).toEqual([
      'long.txt',
      'short/ü.txt',
      'empty.txt',
      'picture.jpg',
      'up.bin',
    ])
    expect(found['long.txt']).toBe(pieces.join(''))
    expect(found['short/ü.txt']).toBe('ab')
    const first = await readFile(path)
    await writeZip(path, fill)
    expect((await readFile(path)).equals(first)).toBe(true)
    expect(await readdir(folder)).toEqual(['out.zip'])
  })

  test.skipIf(process.platform === 'win32')(
    'what is no file is not replaced by one, and nothing is written to find that out',
    async () => {
      const path = join(folder, 'pipe')
      execFileSync('mkfifo', [path])
      for (const [target, detail] of [
        [path, 'a device or a pipe'],
        ['/', 'a folder'],
        [`${folder}/a\0b.zip`, 'no file can have that name'],
      ] as const)
        await expect(writeZip(target, fill)).rejects.toMatchObject({
          code: 'EXPORT_NOT_WRITABLE',
          message: expect.stringContaining(detail),
        })
      expect((await stat(path)).isFIFO()).toBe(true)
      expect(await readdir(folder)).toEqual(['pipe'])
    },
  )

  test.each([true, false])(
    'bytes come in pieces and go in pieces, deflated: %s',
    async (compress) => {
      async function* halves() {
        yield noise.subarray(0, 170_000)
        yield noise.subarray(170_000)
      }
      const path = join(folder, 'out.zip')
      const { sizeBytes } = await writeZip(path, async (output) => {
        await output.stream('a.bin', halves(), compress)
        await output.text('b.txt', ['after it'])
      })
      expect(sizeBytes > noise.length).toBe(!compress)
      const input = await openInput(path)
      const pieces: Uint8Array[] = []
      for await (const piece of input.pieces('a.bin')) pieces.push(piece)
      input.close()
      expect(Buffer.concat(pieces).equals(noise)).toBe(true)
      expect((await read(path))['b.txt']).toBe('after it')
    },
  )

  test.each([131_071, 131_072, 131_073, 262_145])(
    'text of %d characters, whatever is left for the last part',
    async (length) => {
      const text = noise.toString('latin1', 0, length)
      const path = join(folder, 'out.zip')
      await writeZip(path, (output) => output.text('a.txt', text.match(/.{1,1024}/gs) ?? []))
      expect(await read(path)).toEqual({ 'a.txt': text })
    },
  )

  test('more entries than a plain zip can list', async () => {
    const path = join(folder, 'many.zip')
    await writeZip(path, async (output) => {
      for (let i = 0; i < 66_000; i++) await output.text(`${i}.txt`, [])
    })
    const input = await openInput(path)
    expect(input.entries).toHaveLength(66_000)
    input.close()
  })

  test.each([
    [
      'before anything',
      async () => {
        throw new Error('cancelled')
      },
    ],
    [
      'in the middle of an entry',
      (output: DatasetOutput) =>
        output.text(
          'a.txt',
          (function* () {
            yield* pieces
            throw new Error('cancelled')
          })(),
        ),
    ],
  ])('a failure %s leaves the old file and nothing else', async (_name, failing) => {
    const path = join(folder, 'out.zip')
    await writeFile(path, 'old')
    await expect(writeZip(path, failing)).rejects.toThrow('cancelled')
    expect(await readdir(folder)).toEqual(['out.zip'])
    expect(await readFile(path, 'utf8')).toBe('old')
  })

  test('what a killed process left is cleared away', async () => {
    const path = join(folder, 'out.zip')
    // Larger than any process id can be.
    await writeFile(`${path}.partial-99999999`, 'half')
    await writeZip(path, fill)
    expect(await readdir(folder)).toEqual(['out.zip'])
  })

  test('a full disk is said in a sentence', async () => {
    const full = () => Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' }))
    await expect(writeZip(join(folder, 'out.zip'), full)).rejects.toMatchObject({
      code: 'DISK_FULL',
    })
  })

  test.each([
    ['a folder that does not exist', () => join(folder, 'none/out.zip')],
    ['a folder in its place', () => folder],
  ])('%s is said in a sentence', async (_name, path) => {
    await expect(writeZip(path(), fill)).rejects.toMatchObject({ code: 'EXPORT_NOT_WRITABLE' })
  })

  // Root may write anywhere, so there is nothing to see.
  test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'a folder one may not write to',
    async () => {
      await chmod(folder, 0o500)
      await expect(writeZip(join(folder, 'out.zip'), fill)).rejects.toMatchObject({
        code: 'EXPORT_NOT_WRITABLE',
      })
      await chmod(folder, 0o700)
    },
  )
})
