/** What every file here needs of FFmpeg: quiet, its constants as plain numbers, and its words for an error. */
import { AV_LOG_QUIET, AV_NOPTS_VALUE, AVERROR_EAGAIN, AVERROR_EOF } from 'node-av/constants'
import { FFmpegError, Log } from 'node-av/lib'

// It would print every damaged packet to the terminal; what is wrong with a file is told in its index instead.
Log.setLevel(AV_LOG_QUIET)

export const EAGAIN: number = AVERROR_EAGAIN
export const END: number = AVERROR_EOF

/** FFmpeg's time as a number, NaN where it has none. Exact: containers' times stay far below 2^53. */
export function timeOf(time: bigint): number {
  return time === AV_NOPTS_VALUE ? Number.NaN : Number(time)
}

/** "Invalid data found when processing input": a clause without a full stop. */
export function wordsOf(code: number): string {
  return FFmpegError.strerror(code)
}
