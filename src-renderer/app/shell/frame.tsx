import type { ReactNode } from 'react'
import classes from './frame.module.css'
import { SideBar } from './side-bar.tsx'
import { TopBar } from './top-bar.tsx'

/** The frame of every page but the workspace: side bar, top bar, and the page. */
export function Frame({ children }: { children: ReactNode }) {
  return (
    <div className={classes.frame}>
      <SideBar />
      <div className={classes.main}>
        <TopBar />
        <div className={classes.page}>{children}</div>
      </div>
    </div>
  )
}
