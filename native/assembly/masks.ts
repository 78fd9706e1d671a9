import { maskOf, sharedArea, sweep, togglesIn } from './toggles'

/**
 * Two masks combined by a truth table: bit 1 says whether a pixel of `a` alone stays, bit 2 one of `b` alone, bit 3 both.
 * @param work  room for the toggles of both, of what comes out, and one more each
 * @returns how many numbers `out` has
 */
export function combine(
  a: usize,
  nA: i32,
  b: usize,
  nB: i32,
  table: i32,
  left: i32,
  top: i32,
  right: i32,
  bottom: i32,
  workA: usize,
  workB: usize,
  work: usize,
  out: usize,
): i32 {
  const countA = togglesIn(a, nA, left, top, right, bottom, workA)
  const countB = togglesIn(b, nB, left, top, right, bottom, workB)
  const count = sweep(workA, countA, workB, countB, table, work)
  return maskOf(work, count, right - left, left, top, out)
}

/** Pixels both masks have, within the box. */
export function overlap(
  a: usize,
  nA: i32,
  b: usize,
  nB: i32,
  left: i32,
  top: i32,
  right: i32,
  bottom: i32,
  workA: usize,
  workB: usize,
): i32 {
  const countA = togglesIn(a, nA, left, top, right, bottom, workA)
  const countB = togglesIn(b, nB, left, top, right, bottom, workB)
  return sharedArea(workA, countA, workB, countB)
}
