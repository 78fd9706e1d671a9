/** Models by the command line, on a real core. */
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { composeCore } from '../core/compose.ts'
import type { Core } from '../core/core.ts'
import { shippedDir } from '../models/packs/library-fixture.ts'
import type { Client } from './connect.ts'
import { runCli } from './main.ts'

let dir: string
let core: Core
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fieldmark models '))
  core = await composeCore({ dataDir: join(dir, 'data') })
  await cp(join(shippedDir, 'desk-detect', 'desk-detect.onnx'), join(dir, 'best.onnx'))
})
afterEach(async () => {
  await core.close()
  await rm(dir, { recursive: true, force: true })
})

async function model(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' }
  const code = await runCli(['model', ...argv], {
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
    cwd: dir,
    signal: new AbortController().signal,
    connect: async () => ({
      client: core.client as Client,
      attachedUrl: null,
      core: null,
      frame: () => Promise.reject(new Error('no frame is asked for')),
      close: async () => {},
    }),
  })
  return { code, ...said }
}

test('a file beside is looked at, installed, listed, and removed', async () => {
  expect((await model('inspect', 'best.onnx')).out).toContain('labels    disc, square, triangle')
  const labels = ['--labels', 'a,b,c,d,e,f']
  const installed = await model('--json', 'install', 'best.onnx', '--id', 'mine', ...labels)
  expect(installed.code).toBe(0)
  expect(JSON.parse(installed.out)).toMatchObject({
    functionId: 'onnx/mine',
    manifest: { labels: [{ name: 'a' }, {}, {}, {}, {}, {}] },
  })
  expect((await model('ls')).out).toMatch(/^mine +detector +yolov8 +installed/m)
  expect((await model('remove', 'mine')).out).toBe('Removed 1 model\n')
  expect((await model('ls')).out).not.toContain('mine')
})

test('names of classes come from a file, or by the name of a list', async () => {
  await writeFile(join(dir, 'names.txt'), 'one\ntwo\n\nthree\nfour\nfive\nsix\n')
  const read = await model('--json', 'inspect', 'best.onnx', '--labels', 'names.txt')
  expect(JSON.parse(read.out).manifest.labels[1]).toMatchObject({ name: 'two' })
  const coco = await model('inspect', 'best.onnx', '--labels', 'coco')
  expect(coco).toMatchObject({ code: 1, err: expect.stringContaining('80 names for 6 classes') })
  const gone = await model('inspect', 'best.onnx', '--labels', 'gone.txt')
  expect(gone).toMatchObject({ code: 1, err: expect.stringContaining('there is no file gone.txt') })
})

test('a refusal is one document, and a status', async () => {
  const refused = await model('--json', 'install', 'nothing.onnx')
  expect(refused.code).toBe(1)
  expect(JSON.parse(refused.out)).toMatchObject({ error: { code: 'MEDIA_NOT_FOUND' } })
  expect(await model('remove', 'desk-sam')).toMatchObject({
    code: 1,
    err: expect.stringContaining('came with Fieldmark and stays'),
  })
})

test('devices: the list, a choice, a bound', async () => {
  const chosen = ['--model', 'desk-sam', '--use', 'cpu', '--memory', '2GB']
  const { out, code } = await model('devices', ...chosen)
  expect(code).toBe(0)
  expect(out).toMatch(/^cpu +CPU +yes$/m)
  expect(out).toContain('of 2.0 GB')
  expect((await core.client.models.list()).find(({ id }) => id === 'desk-sam')).toMatchObject({
    executionProvider: 'cpu',
  })
  expect((await model('devices', '--use', 'cpu')).code).toBe(2)
  expect((await model('devices', '--memory', 'much')).code).toBe(2)
})

test('the catalogue: all of it, and how to get one', async () => {
  expect((await model('catalogue')).out).toMatch(/^yolox +detector +yolox +Apache-2\.0 +YOLOX-S$/m)
  expect((await model('catalogue', 'yolox')).out).toContain('1. `fieldmark model install https://')
  expect((await model('catalogue', 'gpt')).code).toBe(1)
})
