/** Files of another program beside the pictures, switched on and watched from a task's page. */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenWorkspace, openWorkspace, samePictures } from './harness/workspace.ts'

let workspace: OpenWorkspace
let page: Page
let pictures: string

/** What labelme writes. */
const labelme = (label: string) =>
  JSON.stringify({
    version: '5.5.0',
    flags: {},
    shapes: [
      {
        label,
        points: [
          [10, 20],
          [110, 90],
        ],
        group_id: null,
        shape_type: 'rectangle',
        flags: {},
      },
    ],
    imagePath: 'picture_000.jpg',
    imageData: null,
    imageHeight: 480,
    imageWidth: 640,
  })

beforeAll(async () => {
  pictures = await samePictures(2)
  await writeFile(join(pictures, 'picture_000.json'), labelme('car'))
  workspace = await openWorkspace([{ name: 'car' }], [pictures])
  page = workspace.page
  await page.goto(new URL(`/tasks/${workspace.taskId}`, page.url()).href)
}, 120_000)
afterAll(async () => {
  await workspace.close()
  await rm(pictures, { recursive: true, force: true })
})

const section = () => page.getByRole('region', { name: 'Files beside the pictures' })

async function openDialog(): Promise<void> {
  await page.getByRole('button', { name: /^Actions for/ }).click()
  await page.getByRole('menuitem', { name: 'Keep files in step' }).click()
}

test('a file of labelme is read in when a task begins to keep them', async () => {
  await openDialog()
  await page.getByRole('radio', { name: 'labelme JSON' }).check()
  await page.getByRole('button', { name: 'Keep in step' }).click()
  await section().getByText('labelme, 1 file in step').waitFor()
  await section().getByText('No file stands in the way.').waitFor()
  const annotations = await page.evaluate(async (id) => {
    const response = await fetch(`/api/tasks/${id}/annotations/0`)
    return ((await response.json()) as { annotations: unknown[] }).annotations
  }, workspace.taskId)
  expect(annotations).toHaveLength(1)
})

test('a file that is none of the format is told and left as it is', async () => {
  const file = join(pictures, 'picture_001.json')
  await writeFile(file, '{"somebody": "else"}')
  await section().getByRole('button', { name: 'Look at all now' }).click()
  await section().getByText('1 file is not in step').waitFor()
  await section().getByText(file).waitFor()
  expect(await readFile(file, 'utf8')).toBe('{"somebody": "else"}')
})

test('switched off, the files stay', async () => {
  await section().getByRole('button', { name: 'Change' }).click()
  await page.getByRole('radio', { name: 'No files' }).check()
  await page.getByRole('button', { name: 'Stop' }).click()
  await section().waitFor({ state: 'detached' })
  expect(await readdir(pictures)).toContain('picture_000.json')
})
