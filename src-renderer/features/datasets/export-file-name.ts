/** `street north`, `COCO 1.0` → `street north - COCO 1.0.zip`; signs no file system takes become `_`. */
export function exportFileName(task: string, format: string, extension: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must go
  const clean = `${task} - ${format}`.replace(/[\u0000-\u001f<>:"/\\|?*]/g, '_').trim()
  return `${clean.slice(0, 120)}.${extension}`
}
