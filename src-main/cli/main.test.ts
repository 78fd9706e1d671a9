import { describe, expect, test } from 'vitest'
import type { Client, Connection } from './connect.ts'
import { runCli } from './main.ts'

/** A core that answers only what a test gives it; anything else is a bug of the test. */
function fakeConnection(client: unknown, log: string[] = []): Connection {
  return {
    client: client as Client,
    attachedUrl: null,
    core: null,
    frame: async () => ({
      contentType: 'image/png',
      body: new Uint8Array([1, 2, 3]),
      exifTurned: false,
    }),
    close: async () => {
      log.push('closed')
    },
  }
}

async function run(argv: readonly string[], client: unknown = {}, signal = neverAborted) {
  const said = { out: '', err: '' }
  const log: string[] = []
  const code = await runCli(argv, {
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
    cwd: import.meta.dirname,
    signal,
    connect: async () => fakeConnection(client, log),
  })
  return { code, ...said, log }
}

const neverAborted = new AbortController().signal

describe('wrong usage exits 2 with a sentence and the usage of that command', () => {
  test.each([
    ['an unknown command', ['tusk'], /Unknown command 'tusk'.*Usage: fieldmark/s],
    ['an unknown option', ['task', 'ls', '--colour'], /--colour.*Usage: fieldmark task ls/s],
    ['a missing argument', ['task', 'delete'], /missing required argument 'ids'/i],
    ['no subcommand', ['task'], /Say which command/],
    ['a missing option', ['task', 'export-dataset', '1', 'out.zip'], /--format/],
    ['an id that is no number', ['task', 'delete', 'one'], /whole number of at least 1/],
    ['one argument too many', ['formats', 'all'], /too many arguments/i],
    [
      'an unknown choice',
      ['task', 'frames', '1', '0', '--quality', 'best'],
      /original, compressed/,
    ],
    ['labels from nowhere', ['task', 'create', 'a', '.'], /--labels FILE or JSON/],
    [
      'labels twice',
      ['task', 'create', 'a', '.', '--labels', '[]', '--project-id', '1'],
      /not both/,
    ],
  ])('%s', async (_name, argv, sentence) => {
    const { code, out, err } = await run(argv)
    expect(code).toBe(2)
    expect(err).toMatch(sentence)
    expect(out).toBe('')
  })

  test('with --json stdout holds the error and nothing else', async () => {
    const { code, out } = await run(['task', 'ls', '--colour', '--json'])
    expect(code).toBe(2)
    expect(JSON.parse(out)).toEqual({
      error: {
        code: 'USAGE',
        message: expect.stringContaining('--colour'),
        remedy: expect.stringContaining('fieldmark task ls --help'),
      },
    })
  })
})

test('--help and --version are no failure', async () => {
  const help = await run(['--help'])
  expect(help).toMatchObject({ code: 0, err: '' })
  expect(help.out).toContain('Usage: fieldmark')
  expect((await run(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test('formats --json prints the four facts scripts rely on, and lets go of the core', async () => {
  const coco = { name: 'COCO 1.0', import: true, export: true, dimension: '2d' }
  const formats = async () => [{ ...coco, extension: 'zip', description: 'x' }]
  const { code, out, log } = await run(['formats', '--json'], { datasets: { formats } })
  expect(code).toBe(0)
  expect(JSON.parse(out)).toEqual([coco])
  expect(log).toEqual(['closed'])
})

test('a refusal of the core is printed with its remedy, on stdout too with --json', async () => {
  const list = async () => {
    throw Object.assign(new Error('There is no room.'), {
      code: 'DISK_FULL',
      data: { code: 'DISK_FULL', message: 'There is no room.', remedy: 'Make some.' },
    })
  }
  const { code, out, err, log } = await run(['--json', 'task', 'ls'], { tasks: { list } })
  expect(code).toBe(1)
  expect(err).toBe('There is no room.\nMake some.\n')
  expect(JSON.parse(out).error).toEqual({
    code: 'DISK_FULL',
    message: 'There is no room.',
    remedy: 'Make some.',
  })
  expect(log).toEqual(['closed'])
})

describe('task create', () => {
  const scan = { id: 7, kind: 'scan', taskId: 3, title: 'Listing a', progress: null, message: '' }
  const task = { id: 3, name: 'a', mode: 'annotation', size: 2, jobCount: 1 }
  function core(state: 'finished' | 'failed' | 'cancelled', deleted: number[] = []) {
    const seen: { input?: Record<string, unknown> } = {}
    const error = { code: 'MEDIA_NONE', message: 'It is empty.', remedy: 'Choose another.' }
    return {
      seen,
      tasks: {
        create: async (input: Record<string, unknown>) => {
          seen.input = input
          return { task, requestId: 7 }
        },
        get: async () => task,
        delete: async ({ id }: { id: number }) => {
          deleted.push(id)
        },
      },
      requests: {
        get: async () => ({ ...scan, state, error: state === 'failed' ? error : null }),
        list: async () => [],
        cancel: async () => scan,
      },
      frames: {
        problems: async () => [
          { frame: 1, name: 'b.jpg', status: 'unreadable', problem: 'it is cut short' },
        ],
      },
    }
  }

  test('prints the task once its frames are known, and names what cannot be read', async () => {
    const client = core('finished')
    const argv = ['task', 'create', 'a', '.', '--labels', '[{"name":"cat"}]', '--segment_size=5']
    const { code, out, err } = await run([...argv, '--json'], client)
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ ...task, problems: [{ name: 'b.jpg' }], import: null })
    expect(err).toContain('b.jpg, cannot be shown: it is cut short.')
    expect(client.seen.input).toMatchObject({
      name: 'a',
      labels: [{ name: 'cat' }],
      paths: [import.meta.dirname],
      segmentSize: 5,
    })
  })

  test('a failed scan takes the task away again', async () => {
    const deleted: number[] = []
    const { code, err } = await run(['create', 'a', '--labels', '[]', '.'], core('failed', deleted))
    expect(code).toBe(1)
    expect(err).toContain('It is empty.\nChoose another.')
    expect(deleted).toEqual([3])
  })

  test('Ctrl+C cancels it, takes the task away and exits 130', async () => {
    const deleted: number[] = []
    const controller = new AbortController()
    const client = core('cancelled', deleted)
    client.requests.list = async () => []
    const create = client.tasks.create
    client.tasks.create = async (input) => {
      controller.abort()
      return create(input)
    }
    const { code } = await run(['create', 'a', '--labels', '[]', '.'], client, controller.signal)
    expect(code).toBe(130)
    expect(deleted).toEqual([3])
  })

  test.each([
    ['a labels file that is not there', ['--labels', 'gone.json'], 'gone.json'],
    ['labels cut short', ['--labels', '[{"name":'], 'it is not JSON'],
    ['labels that are no list', ['--labels', '{"name":"cat"}'], 'a list of labels'],
    ['an address on the net', ['--labels', '[]', 'https://x.org/a.zip'], 'this machine only'],
    [
      'annotations that are not there',
      ['--labels', '[]', '--annotation_path', 'gone.xml'],
      'gone.xml',
    ],
  ])('%s is refused before anything is created', async (_name, argv, sentence) => {
    const { code, err } = await run(['task', 'create', 'a', '.', ...argv], {})
    expect(code).toBe(1)
    expect(err).toContain(sentence)
  })
})

test('a partial import says so with exit 1, and names what had no frame', async () => {
  const report = {
    imported: 3,
    matchedFrames: 1,
    unmatchedCount: 1,
    unmatched: ['ghost.jpg'],
    merged: 0,
    labelsCreated: [],
    notes: [],
  }
  const finished = { state: 'finished', result: report, title: '', progress: 1, message: '' }
  const client = {
    tasks: { get: async () => ({ id: 1 }) },
    datasets: { import: async () => ({ requestId: 4 }) },
    requests: { get: async () => finished },
  }
  const argv = ['task', 'import-dataset', '1', 'a.json', '--format', 'COCO 1.0', '--json']
  const { code, out, err } = await run(argv, client)
  expect(code).toBe(1)
  expect(JSON.parse(out)).toEqual(report)
  expect(err).toContain('No frame for ghost.jpg.')
  expect(err).toContain('imported in part')
})
