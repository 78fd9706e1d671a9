import { Tooltip } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import {
  type CSSProperties,
  type KeyboardEvent,
  useDeferredValue,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/state/client.ts'
import { orpc } from '#renderer/state/queries.ts'
import { formatNumber } from '#renderer/ui/format.ts'
import type { FrameIndex } from '#shared/domain/ids.ts'
import type { Bench } from '../bench/bench.ts'
import { useBench, usePlace, useUi } from '../bench/context.ts'
import { goTo } from '../bench/player.ts'
import { ActionHint } from '../parts/action-button.tsx'
import { formatTime, timeMeant } from '../playback/time-text.ts'
import { frameChoices, numberMeant } from './frame-choices.ts'
import classes from './top-bar.module.css'

/**
 * The number of the frame on screen, 0-based as in CVAT. Type another, a part of a file's name, or a video's time (`1:23.5`,
 * `@83.5`), and press Enter; the arrows choose among the files found.
 */
export function FrameField() {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const now = usePlace((state) => state.frame)
  // While the field is in use a new frame must not take its selection away: what is typed would be added to the number.
  const [kept, setKept] = useState<FrameIndex | null>(null)
  const frame = kept ?? now
  const [text, setText] = useState<string | null>(null)
  const [chosen, setChosen] = useState(0)
  const choices = useChoices(text)
  useEffect(() => {
    bench.focusFrameField = () => field.current?.select()
  }, [bench])
  const digits = String(bench.document.range.stop).length
  const leave = () => field.current?.blur()
  const go = (to: FrameIndex) => {
    goTo(bench, to)
    leave()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }
    const by = moves[event.key]
    if (event.key === 'Escape') leave()
    else if (event.key === 'Enter') {
      const choice = choices[chosen]
      if (choice) go(choice.frame)
      else if (text === null || text.trim() === '') leave()
      else void goToNamed(bench, text.trim()).then((isThere) => isThere && leave())
    } else if (by !== undefined && choices.length > 0) {
      event.preventDefault()
      setChosen((chosen + by + choices.length) % choices.length)
    }
  }
  return (
    <div className={classes.frameField}>
      <span className={classes.frameBox} style={{ '--digits': digits } as CSSProperties}>
        <Tooltip label={<ActionHint action="player.focus-frame" />} disabled={text !== null}>
          <input
            ref={field}
            role="combobox"
            aria-label={t('frameNumber')}
            aria-expanded={choices.length > 0}
            aria-controls={id}
            aria-autocomplete="list"
            aria-activedescendant={choices.length > 0 ? `${id}-${chosen}` : undefined}
            autoComplete="off"
            spellCheck={false}
            data-typing={text !== null}
            value={text ?? String(frame)}
            // Not onChange: that is silent where the number typed is the one that stood there, which may be of the frame before.
            onInput={(event) => {
              setText(event.currentTarget.value)
              setChosen(0)
            }}
            onKeyDown={onKeyDown}
            onFocus={(event) => {
              setKept(frame)
              event.currentTarget.select()
            }}
            onBlur={() => {
              setKept(null)
              setText(null)
            }}
          />
        </Tooltip>
        {text !== null && text.trim() !== '' && (
          <div id={id} role="listbox" aria-label={t('framesFound')} className={classes.choices}>
            {choices.map((choice, at) => (
              // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names this one as active
              <div
                key={choice.frame}
                id={`${id}-${at}`}
                role="option"
                aria-selected={at === chosen}
                className={classes.choice}
                ref={at === chosen ? scrollIntoView : null}
                onMouseDown={(event) => {
                  event.preventDefault()
                  go(choice.frame)
                }}
              >
                <b>{choice.frame}</b>
                <span>{choice.name}</span>
              </div>
            ))}
            {choices.length === 0 && <p>{t('noFrameFound')}</p>}
          </div>
        )}
      </span>
      <span>/ {formatNumber(bench.document.range.stop)}</span>
    </div>
  )
}

function scrollIntoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' })
}

const MOST = 50

/** Frames that what was typed may mean; [] while nothing was. */
function useChoices(text: string | null) {
  const { taskId, document } = useBench()
  const typed = (text ?? '').trim()
  const wanted = useDeferredValue(typed)
  const { data } = useQuery({
    ...orpc.frames.find.queryOptions({ input: { taskId, text: wanted, limit: MOST } }),
    enabled: wanted !== '',
    placeholderData: keepPreviousData,
  })
  const times = useUi((state) => state.times)
  const timed = timeMeant(typed, times, document.range)
  const number = numberMeant(wanted, document.range)
  const { data: numbered } = useQuery({
    ...orpc.frames.list.queryOptions({ input: { taskId, from: number ?? 0, count: 1 } }),
    enabled: number !== null,
  })
  if (timed !== null) return [{ frame: timed, name: formatTime(times?.timeOf(timed) ?? 0) }]
  return frameChoices(typed, document.range, numbered?.[0], data ?? [])
}

/** Enter was faster than the search. False when no frame is called so. */
async function goToNamed(bench: Bench, text: string): Promise<boolean> {
  const { taskId, document } = bench
  const found = await client.frames.find({ taskId, text, limit: MOST })
  const [first] = frameChoices(text, document.range, undefined, found)
  if (first) goTo(bench, first.frame)
  return first !== undefined
}
