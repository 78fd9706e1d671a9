import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './frame.module.css'
import { SideBar } from './side-bar.tsx'
import { TopBar } from './top-bar.tsx'

/** The frame of every page but the workspace: side bar, top bar, and the page. */
export function Frame({ children }: { children: ReactNode }) {
  const { t } = useTranslation('common')
  return (
    <div className={classes.frame}>
      <a className="fm-skip" href="#page">
        {t('skipToPage')}
      </a>
      <SideBar />
      <div className={classes.main}>
        <TopBar />
        <div id="page" tabIndex={-1} className={classes.page}>
          {children}
        </div>
      </div>
    </div>
  )
}
