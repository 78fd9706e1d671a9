import { Button } from '@mantine/core'
import { IconLink, IconPhotoOff, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { runAction } from '#renderer/state/actions.ts'
import { useBench, useDocument } from '../bench/context.ts'
import classes from './stage.module.css'

/** A frame without a picture: what is wrong with it, and what to do. Its annotations stay reachable beside it. */
export function FrameProblem() {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const frame = useDocument((state) => state.frame)
  const problem = useDocument(({ picture }) =>
    picture?.kind === 'problem' ? picture.problem : null,
  )
  if (!problem) return null
  const retry = () => {
    bench.session.pictures.forgetProblems()
    void bench.document.goTo(frame)
  }
  return (
    <div className={classes.problem} role="alert">
      <IconPhotoOff size={36} stroke={1.25} />
      <strong className="fm-selectable">{problem.message}</strong>
      <p className="fm-selectable">{problem.remedy}</p>
      <div className={classes.problemButtons}>
        <Button variant="default" leftSection={<IconRefresh size={14} />} onClick={retry}>
          {t('retry')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconLink size={14} />}
          onClick={() => runAction('files.relink')}
        >
          {t('relink')}
        </Button>
      </div>
    </div>
  )
}
