/**
 * XML of one picture each (PASCAL VOC and its kin): a root, and below it small records that are handed out one by one, so
 * that a file of any size is read in constant memory.
 */
import type { DatasetInput } from '#main/core/ports.ts'
import { createXmlReader } from '../cvat-images/xml-events.ts'

export interface XmlNode {
  readonly name: string
  /** Its own text, as it stands there; that of its children is theirs. */
  readonly text: string
  readonly children: readonly XmlNode[]
}

interface OpenNode extends XmlNode {
  text: string
  readonly children: OpenNode[]
}

export type RefuseXml = (problem: string) => never

export interface XmlRecords {
  /** The name of the root. */
  root(name: string, refuse: RefuseXml): void
  /** A child of the root with all it holds. */
  record(node: XmlNode, refuse: RefuseXml): void
}

/** No honest record has as many elements. */
const MOST_NODES = 1_000_000

/** @throws DATASET_INVALID naming the line, from here and wherever `refuse` is called */
export async function readXmlRecords(
  input: DatasetInput,
  entry: string,
  records: XmlRecords,
): Promise<void> {
  const open: OpenNode[] = []
  let depth = 0
  let nodes = 0
  const reader = createXmlReader(input, entry, {
    open(name, _attributes, refuse) {
      depth += 1
      if (depth === 1) {
        records.root(name, refuse)
        return
      }
      nodes = depth === 2 ? 1 : nodes + 1
      if (nodes > MOST_NODES) refuse('one record has more than a million elements')
      const node: OpenNode = { name, text: '', children: [] }
      open.at(-1)?.children.push(node)
      open.push(node)
    },
    text(text) {
      const node = open.at(-1)
      if (node !== undefined) node.text += text
    },
    close(_name, refuse) {
      depth -= 1
      const node = open.pop()
      if (node !== undefined && open.length === 0) records.record(node, refuse)
    },
  })
  let isFirst = true
  for await (const piece of input.text(entry)) {
    reader.write(isFirst ? piece.replace(/^\uFEFF/, '') : piece)
    isFirst = false
  }
  reader.end()
}

export function childOf(node: XmlNode, name: string): XmlNode | undefined {
  return node.children.find((child) => child.name === name)
}

/** The trimmed text of a child; null where there is none. */
export function childText(node: XmlNode, name: string): string | null {
  return childOf(node, name)?.text.trim() ?? null
}
