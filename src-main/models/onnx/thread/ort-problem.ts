const MOST_CHARACTERS = 300

/**
 * What ONNX Runtime says, without the places, signatures and conditions of its own source code.
 * @returns a clause without a full stop
 */
export function ortProblem(error: unknown): string {
  const said = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ')
  // "/onnxruntime_src/…/reshape_helper.h:91 onnxruntime::ReshapeHelper::ReshapeHelper(…) a == b was false. What is wrong"
  const [before = '', ...places] = said.split(/\/?[\w./-]*onnxruntime[\w./-]*\.(?:cc|h|cpp):\d+ /)
  const plain = [before, ...places.map(withoutSignature)]
    .join('')
    .replace(/^.*Status Message: /, '')
    .replace(/^.*? was false\. /, '')
    // Which file it is people know; where it lies while it is tried is nobody's concern.
    .replace(/^(?:Load model from .*? failed: ?)?(?:Fatal error: )?/, '')
    .replace(/\.?\b\w+\.cc:\d+ \w+ /, ': ')
    .trim()
    .replace(/[.:]+$/, '')
  return plain.length > MOST_CHARACTERS ? `${plain.slice(0, MOST_CHARACTERS)}…` : plain
}

/** What follows the parameters of the function that begins it, and what C++ puts behind them. */
function withoutSignature(text: string): string {
  let depth = 0
  for (let at = text.indexOf('('); at >= 0 && at < text.length; at += 1) {
    if (text[at] === '(') depth += 1
    if (text[at] === ')') depth -= 1
    if (depth === 0)
      return text
        .slice(at + 1)
        .replace(/^(::<[^>]*>|::operator\(\)\([^)]*\)| const| \[with [^\]]*\])* ?/, '')
  }
  return text
}
