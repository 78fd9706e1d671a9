import { useEffect } from 'react'
import { usePanelRef } from 'react-resizable-panels'
import { registerContexts } from '#renderer/state/action-contexts.ts'
import { installHotkeys, registerActions } from '#renderer/state/actions.ts'
import { contextsOfBench } from './actions/contexts.ts'
import { workspaceActions } from './actions/index.ts'
import { useBench } from './bench/context.ts'
import { followIsolation } from './filter/isolate.ts'
import { followFrames } from './modes/modes.ts'
import { OperationDialogs } from './operations/dialogs/operation-dialogs.tsx'
import { Panels } from './panels/panels.tsx'
import { announceBench } from './parts/announcer.ts'
import { ToolRail } from './tools/tool-rail.tsx'
import { TopBar } from './top-bar/top-bar.tsx'
import { followMerging } from './tracks/merge.ts'
import classes from './workspace.module.css'

/** The four areas around an open document, and the verbs that work while it is open. */
export function Screen() {
  const bench = useBench()
  const sideBar = usePanelRef()
  useEffect(() => {
    const toggle = () => {
      const panel = sideBar.current
      if (panel?.isCollapsed()) panel.expand()
      else panel?.collapse()
    }
    const unregister = registerActions(workspaceActions(bench, toggle))
    const forgetContexts = registerContexts(() => contextsOfBench(bench))
    const hush = announceBench(bench)
    const uninstall = installHotkeys()
    const unfollow = followFrames(bench)
    const forgetMerging = followMerging(bench)
    const forgetIsolation = followIsolation(bench)
    return () => {
      unfollow()
      forgetMerging()
      forgetIsolation()
      unregister()
      forgetContexts()
      hush()
      uninstall()
    }
  }, [bench, sideBar])
  return (
    <div className={classes.workspace}>
      <TopBar />
      <div className={classes.body}>
        <ToolRail />
        <Panels sideBar={sideBar} />
      </div>
      <OperationDialogs />
    </div>
  )
}
