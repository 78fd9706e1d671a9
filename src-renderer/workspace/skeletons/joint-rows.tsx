import { IconEye, IconEyeOff, IconSquareHalf } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Annotation, SkeletonElement } from '#shared/domain/annotation.ts'
import type { Label, Sublabel } from '#shared/domain/label.ts'
import { useBench, useDocument } from '../bench/context.ts'
import { FlagButton } from '../parts/flag-button.tsx'
import { Field } from '../side-bar/attribute-fields.tsx'
import {
  type JointTarget,
  jointsNow,
  setJointAttribute,
  toggleJointOccluded,
  toggleJointOutside,
} from './joints.ts'
import classes from './skeletons.module.css'

interface Props {
  readonly annotation: Annotation
  readonly label: Label
  readonly isLocked: boolean
}

/** The joints of a skeleton, each with its switches and attributes, under the skeleton's own row. */
export function JointRows({ annotation, label, isLocked }: Props) {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  // A track's joints are others on the next frame.
  useDocument((state) => state.frame)
  const joints = jointsNow(bench, annotation)
  return (
    <fieldset className={classes.joints} disabled={isLocked} aria-label={t('joints')}>
      {label.sublabels.map((sublabel, index) => {
        const joint = joints[index]
        const target = { id: annotation.id, index }
        return joint && <JointRow key={sublabel.id} {...{ joint, sublabel, target }} />
      })}
    </fieldset>
  )
}

interface RowProps {
  readonly joint: SkeletonElement
  readonly sublabel: Sublabel
  readonly target: JointTarget
}

function JointRow({ joint, sublabel, target }: RowProps) {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const point = (hoveredJoint: number | null) => bench.ui.setState({ hoveredJoint })
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: resting on a row only says which joint keys mean
    <div
      className={classes.joint}
      data-outside={joint.outside}
      onMouseEnter={() => point(target.index)}
      onMouseLeave={() => point(null)}
    >
      <div className={classes.line}>
        <i data-occluded={joint.occluded} style={{ '--color': sublabel.color } as never} />
        <span className={classes.name}>{sublabel.name}</span>
        <FlagButton
          label={t('jointOccluded', { name: sublabel.name })}
          icon={IconSquareHalf}
          isOn={joint.occluded}
          onToggle={() => toggleJointOccluded(bench, target)}
        />
        <FlagButton
          label={t('jointOutside', { name: sublabel.name })}
          icon={joint.outside ? IconEyeOff : IconEye}
          isOn={joint.outside}
          onToggle={() => toggleJointOutside(bench, target)}
        />
      </div>
      {sublabel.attributes.length > 0 && !joint.outside && (
        <div className={classes.attributes}>
          {sublabel.attributes.map((spec) => (
            <Field
              key={spec.id}
              spec={spec}
              group={`${target.id}-${target.index}-${spec.id}`}
              value={
                joint.attributes.find(({ specId }) => specId === spec.id)?.value ??
                spec.defaultValue
              }
              set={(value) => setJointAttribute(bench, target, spec.id, value)}
            />
          ))}
        </div>
      )}
    </div>
  )
}
