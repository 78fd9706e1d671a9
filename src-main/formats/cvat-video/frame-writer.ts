import type { FrameIndex } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import type { TextBuffer } from '../common/text-buffer.ts'
import { ELEMENTS, writeGeometry } from '../cvat-images/geometry.ts'
import { writeAttributes } from '../cvat-images/write-attributes.ts'
import { quoteAttribute } from '../cvat-images/xml-text.ts'
import type { Position, WrittenJoint } from './positions.ts'

export type FrameWriter = (
  position: Position,
  label: Label,
  absolute: (frame: FrameIndex) => number,
) => void

/** Writes the elements inside a `<track>`. Frames carry their absolute numbers. */
export function createFrameWriter(out: TextBuffer): FrameWriter {
  return (position, label, absolute) => {
    const name = ELEMENTS[position.type]
    out.text(`    <${name} frame="`)
    out.whole(absolute(position.frame))
    out.text(position.keyframe ? '" keyframe="1"' : '" keyframe="0"')
    if (position.type !== 'skeleton') writeState(out, position)
    writeGeometry(out, position.type, position.points, position.rotation)
    out.text(' z_order="')
    out.whole(position.zOrder)
    out.text('">\n')
    for (const joint of position.joints) writeJoint(out, joint, label)
    writeAttributes(out, label, position.values, '      ')
    out.text(`    </${name}>\n`)
  }
}

function writeState(
  out: TextBuffer,
  { outside, occluded }: { readonly outside: boolean; readonly occluded: boolean },
): void {
  out.text(outside ? ' outside="1"' : ' outside="0"')
  out.text(occluded ? ' occluded="1"' : ' occluded="0"')
}

function writeJoint(out: TextBuffer, joint: WrittenJoint, skeleton: Label): void {
  const label = skeleton.sublabels.find(({ id }) => id === joint.labelId)
  if (label === undefined) return
  out.text('      <points label=')
  out.text(quoteAttribute(label.name))
  out.text(joint.keyframe ? ' keyframe="1"' : ' keyframe="0"')
  writeState(out, joint)
  writeGeometry(out, 'points', joint.points, 0)
  out.text('>\n')
  writeAttributes(out, label, joint.attributes, '        ')
  out.text('      </points>\n')
}
