import { copyFile, link, mkdir, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { encodePoints } from '#main/store/annotation-row.ts'
import { connect } from '#main/store/connection.ts'
import { fieldmarkJson } from '../../e2e/harness/cli.ts'

const PICTURE = fileURLToPath(
  new URL('../../resources/sample/images/desk_0001.jpg', import.meta.url),
)
const LABELS = ['car', 'van', 'bus', 'person', 'bicycle'].map((name) => ({ name }))

export interface Wanted {
  readonly frames: number
  readonly tracks: number
  readonly keyframes: number
}

/** A data directory with one task of linked pictures and so many tracks, each of so many keyframes, spread over all frames. */
export async function makeTask(wanted: Wanted): Promise<{ root: string; dataDir: string }> {
  const root = await mkdtemp(join(tmpdir(), 'fieldmark-bench-timeline-'))
  const [dataDir, pictures] = [join(root, 'data'), join(root, 'pictures')]
  await mkdir(pictures)
  const first = join(pictures, 'frame_00000.jpg')
  await copyFile(PICTURE, first)
  for (let at = 1; at < wanted.frames; at += 1)
    await link(first, join(pictures, `frame_${String(at).padStart(5, '0')}.jpg`))
  const labels = JSON.stringify(LABELS)
  await fieldmarkJson(dataDir, 'task', 'create', 'lanes', '--labels', labels, pictures)
  insertTracks(join(dataDir, 'fieldmark.db'), wanted)
  return { root, dataDir }
}

/** Written straight into the tables: nothing else has the database open. */
function insertTracks(path: string, { frames, tracks, keyframes }: Wanted): void {
  const db = connect(path)
  const first = 1_000_000
  db.exec('BEGIN')
  const { lastInsertRowid: batch } = db
    .prepare(`INSERT INTO batch (task_id, state, first_id, last_id) VALUES (1, 'live', ?, ?)`)
    .run(first, first + tracks - 1)
  const track =
    db.prepare(`INSERT INTO annotation (id, task_id, batch_id, kind, frame, label_id, type, group_id, source,
    occluded, z_order, rotation, points, attributes, facts, revision)
    VALUES (?, 1, ?, 'track', ?, ?, 'rectangle', 0, 'file', 0, 0, 0, NULL, '[]', 1, 0)`)
  const keyframe = db.prepare(`INSERT INTO keyframe
    (annotation_id, frame, points, rotation, occluded, outside, z_order, attributes, elements)
    VALUES (?, ?, ?, 0, ?, ?, 0, '[]', '[]')`)
  const points = encodePoints([10, 10, 60, 50])
  for (let at = 0; at < tracks; at += 1) {
    const start = Math.floor((at * 7919) % (frames * 0.8))
    const step = 1 + Math.floor(((at * 104_729) % (frames * 0.2)) / keyframes)
    track.run(first + at, batch, start, (at % LABELS.length) + 1)
    for (let k = 0; k < keyframes; k += 1) {
      const isOutside = k === keyframes - 1 || (at % 5 === 0 && k === Math.floor(keyframes / 2))
      keyframe.run(first + at, start + k * step, points, k % 6 === 5 ? 1 : 0, isOutside ? 1 : 0)
    }
  }
  db.prepare('UPDATE task SET object_count = ?, annotated_frame_count = ? WHERE id = 1').run(
    tracks,
    frames,
  )
  db.exec('COMMIT')
  db.close()
}
