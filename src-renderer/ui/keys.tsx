/** A key combination drawn as caps, e.g. `['Ctrl', 'O']` (state/hotkeys.ts makes them for this keyboard). */
export function Keys({ caps }: { caps: readonly string[] }) {
  return (
    <span style={{ display: 'inline-flex', gap: 3, flex: 'none' }} aria-hidden="true">
      {caps.map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  )
}
