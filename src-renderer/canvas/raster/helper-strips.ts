import type { StripAnswer, StripPicture } from './raster-messages.ts'

/** One helper's answers: its newest strip, and what became of the last ticket it told of. */
interface Helper {
  picture: StripPicture | null
  told: number
  hasGivenUp: boolean
}

/** The leader's side of the helpers: the newest strip of each, and waiting for those of one ticket. */
export class HelperStrips {
  readonly #helpers: Helper[] = []
  #wake: () => void = () => {}

  constructor(ports: readonly MessagePort[]) {
    for (const port of ports) {
      const helper: Helper = { picture: null, told: 0, hasGivenUp: false }
      this.#helpers.push(helper)
      port.onmessage = ({ data }: MessageEvent<StripAnswer>) => this.#take(helper, data)
    }
  }

  /**
   * The strips of the first `count` helpers as of `ticket`; they stay here, since the next may be the same. null when one of
   * them gave that ticket up for a newer one, which is then on its way here, too.
   */
  async of(ticket: number, count: number): Promise<StripPicture[] | null> {
    const asked = this.#helpers.slice(0, count)
    while (asked.some(({ told }) => told < ticket))
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    if (asked.some(({ told, hasGivenUp }) => told > ticket || hasGivenUp)) return null
    return asked.flatMap(({ picture }) => picture ?? [])
  }

  #take(helper: Helper, answer: StripAnswer): void {
    helper.told = answer.ticket
    helper.hasGivenUp = answer.kind === 'given-up'
    if (answer.kind === 'painted') {
      helper.picture?.bitmap.close()
      helper.picture = answer.picture
    }
    this.#wake()
  }
}
