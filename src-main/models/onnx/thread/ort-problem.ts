const MOST_CHARACTERS = 300

/** What ONNX Runtime says, without the places of its own source code: a clause without a full stop. */
export function ortProblem(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error)
  const plain = said
    .replace(
      /\/?\S*onnxruntime\S*\.(cc|h|cpp):\d+ [^\n]*?\)(?: const)?(?:::<lambda\([^)]*\)>)?(?: \[[^\]]*\])? (?=[A-Z'"`])/g,
      '',
    )
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\.+$/, '')
  return plain.length > MOST_CHARACTERS ? `${plain.slice(0, MOST_CHARACTERS)}…` : plain
}
