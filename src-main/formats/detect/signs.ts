/** How the files of each format look, by CVAT's names of the formats (formats.md, "Archive" of each section). */
import type { Glance } from './glance.ts'

/** How sure a sign is: 3 no other format looks so, 2 hardly another, 1 it may be. 0: no sign at all. */
export type Sureness = 0 | 1 | 2 | 3
type Sign = (glance: Glance) => Sureness | Promise<Sureness>

const PICTURE = /\.(?:jpe?g|png|bmp|gif|tiff?|webp|ppm)$/i

const named =
  (pattern: RegExp, sure: Sureness): Sign =>
  (glance) =>
    glance.has(pattern) ? sure : 0

/** Some text of such a name begins so. */
const begins =
  (name: RegExp, text: RegExp, sure: Sureness): Sign =>
  async (glance) =>
    (await glance.heads(name)).some((head) => text.test(head)) ? sure : 0

/** All of these signs together. */
const both =
  (...signs: readonly Sign[]): Sign =>
  async (glance) => {
    const sure = await Promise.all(signs.map((sign) => sign(glance)))
    return sure.includes(0) ? 0 : (Math.max(...sure) as Sureness)
  }

const not =
  (sign: Sign): Sign =>
  async (glance) =>
    (await sign(glance)) === 0 ? 1 : 0

const json = /\.json$/i
const xml = /\.xml$/i
const yaml = /\.ya?ml$/i

/** A label file of Ultralytics or YOLO: lines of so many numbers. */
const numbers = (count: string) =>
  new RegExp(`^\\s*\\d+(?:[ \\t]+-?[\\d.eE+-]+){${count}}[ \\t]*(?:\\r?\\n|$)`)
/** Some line has corners that are those of no box, upright or turned: an outline. */
const outlined: Sign = async (glance) => {
  const heads = await glance.heads(labelText)
  return heads.some((head) => head.split(/\r?\n/).some(isOutline)) ? 3 : 0
}

function isOutline(line: string): boolean {
  const [label = '', ...numbers] = line.trim().split(/[ \t]+/)
  if (!/^\d+$/.test(label) || numbers.some((one) => !/^-?[\d.eE+-]+$/.test(one))) return false
  return numbers.length >= 6 && numbers.length % 2 === 0 && numbers.length !== 8
}

const labelText = /(?:^|\/)labels\/.*\.txt$/i
const ultralytics = begins(yaml, /^\s*names\s*:/m, 1)
const posed = begins(yaml, /^\s*kpt_shape\s*:/m, 3)

const cocoDetection = begins(json, /"categories"\s*:|"annotations"\s*:|"images"\s*:\s*\[/, 2)
const cocoKeypoints = begins(json, /"keypoints"\s*:|"num_keypoints"/, 3)
const datumaroItems = begins(json, /"items"\s*:\s*\[|"dm_format_version"|"categories"\s*:\s*\{/, 3)

/** In the order in which they are told where two are as sure. */
export const signs: readonly (readonly [format: string, sign: Sign])[] = [
  ['CVAT 1.1', begins(xml, /<annotations\b/, 3)],
  ['Datumaro 1.0', datumaroItems],
  [
    'COCO Keypoints 1.0',
    both(cocoDetection, either(cocoKeypoints, named(/person_keypoints_[^/]*\.json$/i, 3))),
  ],
  ['COCO 1.0', both(cocoDetection, not(datumaroItems))],
  [
    'LabelMe 3.0',
    both(begins(xml, /<annotation\b/, 3), begins(xml, /<(?:imagesize|polygon|segm|deleted)\b/, 3)),
  ],
  [
    'PASCAL VOC 1.1',
    either(
      both(begins(xml, /<annotation\b/, 2), begins(xml, /<(?:bndbox|size|segmented)\b/, 3)),
      both(named(/(?:^|\/)ImageSets\/Main\//, 2), not(named(/\.xml$/i, 1))),
    ),
  ],
  [
    'Segmentation mask 1.1',
    both(named(/(?:^|\/)SegmentationClass\//, 2), not(named(/(?:^|\/)Annotations\//, 1))),
  ],
  ['Ultralytics YOLO Pose 1.0', posed],
  [
    'Ultralytics YOLO Oriented Bounding Boxes 1.0',
    both(ultralytics, not(posed), not(outlined), begins(labelText, numbers('8'), 3)),
  ],
  [
    'Ultralytics YOLO Detection 1.0',
    both(ultralytics, not(posed), not(outlined), begins(labelText, numbers('4,5'), 3)),
  ],
  ['Ultralytics YOLO Segmentation 1.0', both(ultralytics, not(posed), outlined)],
  ['YOLO 1.1', named(/(?:^|\/)obj\.(?:data|names)$/i, 3)],
  ['Ultralytics YOLO Classification 1.0', begins(/(?:^|\/)labels\.json$/i, /"labels"\s*:\s*\[/, 2)],
  ['TFRecord 1.0', named(/\.tfrecord$/i, 3)],
  [
    'MOTS PNG 1.0',
    both(named(/(?:^|\/)instances\/[^/]+\.png$/i, 3), named(/(?:^|\/)instances\/labels\.txt$/i, 3)),
  ],
  [
    'MOT 1.1',
    either(named(/(?:^|\/)gt\/gt\.txt$/i, 3), begins(/(?:^|\/)gt\.txt$/i, /^\s*\d+,\s*-?\d+,/, 2)),
  ],
  ['WiderFace 1.0', named(/wider_face_[^/]*_bbx_gt\.txt$/i, 3)],
  ['VGGFace2 1.0', named(/loose_(?:bb|landmark)_[^/]*\.csv$/i, 3)],
  [
    'Market-1501 1.0',
    either(named(/(?:^|\/)bounding_box_[^/]+\//i, 3), named(/(?:^|\/)images_[^/]+\.txt$/i, 1)),
  ],
  [
    'ICDAR Segmentation 1.0',
    either(named(/_GT\.bmp$/i, 3), begins(/_GT\.txt$/i, /^\s*#?(?:\d+\s+){3}(?:-|\d)/, 3)),
  ],
  ['ICDAR Localization 1.0', named(/(?:^|\/)gt_[^/]+\.txt$/i, 2)],
  ['ICDAR Recognition 1.0', begins(/(?:^|\/|_)gt\.txt$/i, /^[^\n,]+\.\w+,\s/, 2)],
  ['Cityscapes 1.0', named(/(?:^|\/)gtFine\//, 3)],
  [
    'CamVid 1.0',
    both(named(/(?:^|\/)label_colors\.txt$/i, 2), named(/(?:^|\/)[^/]*annot\/[^/]+\.png$/i, 3)),
  ],
  [
    'Open Images V6 1.0',
    named(/-annotations-[^/]*\.csv$|(?:^|\/)class-descriptions[^/]*\.csv$/i, 3),
  ],
  ['KITTI 1.0', named(/(?:^|\/)(?:label_2|semantic_rgb|instance)\//, 3)],
  ['LFW 1.0', named(/(?:^|\/)pairs\.txt$/i, 3)],
  [
    'DOTA 1.0',
    either(
      named(/(?:^|\/)labelTxt[^/]*\//i, 3),
      begins(
        /\.txt$/i,
        /^(?:imagesource:|gsd:)|^\s*(?:-?[\d.]+\s+){8}\S*[a-z]\S*\s+[012]\s*$/im,
        2,
      ),
    ),
  ],
  [
    'X-AnyLabeling JSON',
    both(
      begins(json, /"shapes"\s*:/, 2),
      begins(json, /"imagePath"|"imageWidth"|"flags"/, 2),
      begins(json, /"(?:kie_linking|checked|chat_history|vqaData)"\s*:/, 3),
    ),
  ],
  [
    'labelme JSON',
    both(
      begins(json, /"shapes"\s*:/, 2),
      begins(json, /"imagePath"|"imageWidth"|"flags"|"version"/, 2),
    ),
  ],
  [
    'VIA JSON',
    begins(
      json,
      /"_via_|"shape_attributes"|"region_attributes"|"regions"\s*:\s*[[{]\s*[[{]?\s*"?(?:shape|region|\d)/,
      3,
    ),
  ],
  [
    'VoTT JSON',
    either(named(/\.vott$/i, 3), begins(json, /"asset"\s*:\s*\{|"assets"\s*:\s*\{/, 3)),
  ],
  [
    'Label Studio JSON',
    begins(
      json,
      /"(?:from_name|to_name|completions|annotator|(?:rectangle|polygon|ellipse|keypoint|brush)labels)"\s*:|"annotations"\s*:\s*\[\s*\{[\s\S]{0,400}"result"\s*:/,
      3,
    ),
  ],
  ['ImageNet 1.0', either(named(/(?:^|\/)synsets\.txt$/i, 3), classFolders)],
]

function either(...choices: readonly Sign[]): Sign {
  return async (glance) =>
    Math.max(...(await Promise.all(choices.map((sign) => sign(glance))))) as Sureness
}

/** Nothing but pictures in folders. */
function classFolders({ names }: Glance): Sureness {
  return names.length > 0 && names.every((name) => PICTURE.test(name) && name.includes('/')) ? 1 : 0
}
