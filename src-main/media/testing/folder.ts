import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { FrameRecord, ScannedFrame, ScanResult } from '../../core/ports.ts'

/** A fresh folder holding these files (by path relative to it), gone after the test. */
export function folderOf(files: Readonly<Record<string, Uint8Array | string>> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'fieldmark-media-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const [name, data] of Object.entries(files)) put(join(root, name), data)
  return root
}

export function put(path: string, data: Uint8Array | string): string {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, data)
  return path
}

/** What the store makes of a scan, header not read yet. */
export function recordsOf(scan: ScanResult): FrameRecord[] {
  return scan.frames.map((frame, index) => recordOf(scan, frame, index))
}

function recordOf({ sources }: ScanResult, frame: ScannedFrame, index: number): FrameRecord {
  const source = sources[frame.sourceIndex]
  if (!source) throw new Error(`no source ${frame.sourceIndex}`)
  const { name, entry, offset, sizeBytes } = frame
  return {
    index,
    name,
    location: { source, entry, offset, sizeBytes },
    width: null,
    height: null,
    status: 'pending',
    deleted: false,
    checked: false,
    orientation: 1,
    fingerprint: null,
    problem: null,
  }
}

/** Signal of something nobody cancels. */
export const going = new AbortController().signal

export async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}
