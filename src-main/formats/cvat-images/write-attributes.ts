import type { AttributeValue } from '#shared/domain/annotation.ts'
import type { Sublabel } from '#shared/domain/label.ts'
import { attributeValue } from '../common/label-index.ts'
import type { TextBuffer } from '../common/text-buffer.ts'
import { escapeText, quoteAttribute } from './xml-text.ts'

/** An `<attribute>` line for every attribute of the label, with its default where nothing was set. */
export function writeAttributes(
  out: TextBuffer,
  label: Sublabel,
  values: readonly AttributeValue[],
  indent: string,
): void {
  for (const spec of label.attributes) {
    out.text(indent)
    out.text('<attribute name=')
    out.text(quoteAttribute(spec.name))
    out.text('>')
    out.text(escapeText(attributeValue(spec, values)))
    out.text('</attribute>\n')
  }
}
