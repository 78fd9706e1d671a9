import { expect, test } from 'vitest'
import { prove } from '../scripts/package.js'

// The stand-in for Electron's files is a Linux one; elsewhere CI packs with the real ones.
test.skipIf(process.platform !== 'linux')(
  'a package holds a core that runs, natives and all, and a binary with its fuses flipped',
  async () => {
    const report = await prove()
    expect(report.stderr).toBe('')
    expect(report.doctor?.checks.filter((check) => !check.ok)).toEqual([])
    expect(report).toMatchObject({ ok: true, doctor: { ok: true } })
    // runAsNode, cookie encryption, NODE_OPTIONS, inspect, asar integrity, only asar, -, file privileges
    expect(report.fuses).toBe('01001100')
    expect(report.packages).toEqual(
      expect.arrayContaining(['better-sqlite3', 'sharp', 'node-av', 'onnxruntime-node']),
    )
    // A model that ships found something in a picture of the sample.
    expect(report.found).toMatchObject({ detections: expect.arrayContaining([expect.anything()]) })
    // What is bundled does not come along a second time.
    for (const name of ['react', '@mantine', 'hono', 'zod', 'vite', 'electron-builder']) {
      expect(report.packages).not.toContain(name)
    }
  },
  180_000,
)
