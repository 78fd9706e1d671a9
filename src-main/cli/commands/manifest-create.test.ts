import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, onTestFinished, test } from 'vitest'
import { runCli } from '../main.ts'

function folderOf(files: Readonly<Record<string, Uint8Array | string>> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'fieldmark-manifest-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const [name, data] of Object.entries(files)) writeFileSync(join(root, name), data)
  return root
}

async function run(cwd: string, ...argv: string[]) {
  const said = { out: '', err: '' }
  const code = await runCli(['manifest', 'create', ...argv], {
    streams: {
      out: (text) => {
        said.out += text
      },
      err: (text) => {
        said.err += text
      },
      interactive: false,
    },
    env: { FIELDMARK_HOME: '/nowhere' },
    platform: 'linux',
    cwd,
    signal: new AbortController().signal,
    connect: () => Promise.reject(new Error('a manifest needs no core')),
  })
  return { code, ...said }
}

const png = () =>
  sharp({ create: { width: 3, height: 2, channels: 3, background: 'red' } })
    .png()
    .toBuffer()

test('beside the caller by default, one JSON document on stdout with --json', async () => {
  const root = folderOf({ 'a.png': await png() })
  const { code, out } = await run(root, '.', '--json')
  expect(code).toBe(0)
  const manifest = join(root, 'manifest.jsonl')
  expect(JSON.parse(out)).toMatchObject({ type: 'images', manifest, items: 1, problems: [] })
  expect(readFileSync(manifest, 'utf8')).toContain('"width":3,"height":2')
})

test("the older tool's spelling", async () => {
  const root = folderOf({ 'a.png': await png() })
  const { code, out } = await run(root, '--force', '--output_dir', 'new', 'a.png')
  expect([code, out]).toEqual([0, `Wrote ${join(root, 'new', 'manifest.jsonl')}: 1 picture.\n`])
})

test('a picture that cannot be read: named, and exit status 1', async () => {
  const root = folderOf({ 'a.png': await png(), 'b.png': 'no picture' })
  const { code, out, err } = await run(root, '.')
  expect(code).toBe(1)
  expect(err).toMatch(/b\.png: its content is not a picture/)
  expect(out).toContain('2 pictures')
})

test.each([
  ['nothing there', ['no-such-folder'], 1, /does not exist/],
  ['no paths', [], 2, /missing required argument 'paths'/i],
  ['another order', ['.', '--sorting', 'size'], 2, /lexicographical/],
  ['an address', ['https://example.org/a.png'], 1, /address on the net/],
])('%s', async (_name, argv, status, sentence) => {
  const { code, err } = await run(folderOf({ 'a.txt': '' }), ...argv)
  expect(code).toBe(status)
  expect(err).toMatch(sentence)
})
