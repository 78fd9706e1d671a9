import { expect, test } from 'vitest'
import { readExporterNotes } from './exporter-notes.ts'

test('what the desk models say, in JSON', () => {
  const notes = readExporterNotes({
    task: 'pose',
    imgsz: '[320, 320]',
    stride: '32',
    names: '{"0": "arrow"}',
    kpt_shape: '[4, 3]',
    kpt_names: '["tip", "tail", "left_barb", "right_barb"]',
    licence: 'made for this project',
  })
  expect(notes).toMatchObject({
    task: 'pose',
    names: ['arrow'],
    keypoints: { count: 4, values: 3 },
    keypointNames: ['tip', 'tail', 'left_barb', 'right_barb'],
    size: { width: 320, height: 320 },
    stride: 32,
    licence: 'made for this project',
  })
})

test('what Ultralytics writes, in Python', () => {
  const notes = readExporterNotes({
    description: 'Ultralytics YOLO11n model trained on coco.yaml',
    author: 'Ultralytics',
    license: 'AGPL-3.0 License (https://ultralytics.com/license)',
    task: 'detect',
    stride: '32',
    imgsz: '[384, 640]',
    names: "{0: 'person', 1: 'bicycle', 2: 'traffic light'}",
    kpt_names: "{0: ['nose', 'left_eye']}",
  })
  expect(notes.names).toEqual(['person', 'bicycle', 'traffic light'])
  expect(notes.size).toEqual({ width: 640, height: 384 })
  expect(notes.keypointNames).toEqual(['nose', 'left_eye'])
  expect(notes.licence).toContain('AGPL')
})

test('indices that are left out keep their places', () => {
  expect(readExporterNotes({ names: "{1: 'person', 3: 'car'}" }).names).toEqual([
    'class_0',
    'person',
    'class_2',
    'car',
  ])
})

test.each([
  ['nothing at all', {}],
  ['no list of names', { names: 'yolo' }],
  ['an index nobody has so many classes for', { names: "{4000000000: 'x'}" }],
  ['an index below zero', { names: "{-1: 'x'}" }],
  ['names that are lists', { names: '[[1], [2]]' }],
  ['empty names', { names: "['', 'a']" }],
  ['half a dict', { names: "{0: 'person'" }],
])('names nobody can use: %s', (_name, metadata) => {
  expect(readExporterNotes(metadata as Record<string, string>).names).toBeNull()
})

test.each([
  ['a number for both sides', '640', { width: 640, height: 640 }],
  ['a list of one', '[640]', { width: 640, height: 640 }],
  ['nonsense', '[0, -4]', null],
  ['absurd', '[1000000, 5]', null],
])('size: %s', (_name, imgsz, size) => {
  expect(readExporterNotes({ imgsz }).size).toEqual(size)
})

test.each([
  [{ end2end: 'True' }, true],
  [{ args: "{'batch': 1, 'half': False, 'nms': True}" }, true],
  [{ args: "{'batch': 1, 'nms': False}" }, false],
  [{ args: 'nms' }, false],
  [{}, false],
])('%o: whether boxes are suppressed inside', (metadata, suppresses) => {
  expect(readExporterNotes(metadata).suppresses).toBe(suppresses)
})
