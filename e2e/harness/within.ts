/**
 * What `doing` resolves to. @throws when that takes longer than `ms`: what was waited for is said, where a test that ran out
 * of its whole time says nothing
 */
export async function within<T>(what: string, doing: Promise<T>, ms = 20_000): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${ms / 1000} s for ${what}`)), ms)
  })
  try {
    return await Promise.race([doing, tooLate])
  } finally {
    clearTimeout(timer)
  }
}
