import { useEffect, useReducer } from 'react'
import { type SmallPicture, smallPictures } from './small-pictures.ts'

/** A thumbnail or crop by its address: at once when it is known, else as soon as it arrives. */
export function useSmallPicture(address: string): SmallPicture {
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    if (typeof smallPictures.peek(address) === 'object') return
    return smallPictures.want(address, redraw)
  }, [address])
  return smallPictures.peek(address)
}
