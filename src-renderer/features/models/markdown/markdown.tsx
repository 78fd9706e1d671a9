import { Code } from '@mantine/core'
import { useMemo } from 'react'
import classes from './markdown.module.css'
import { type Block, markdownBlocks, type Span } from './markdown-blocks.ts'
import { OutsideLink } from './outside-link.tsx'

/** A short text of somebody else in Markdown. Nothing of it is ever taken for HTML. */
export function Markdown({ text }: { text: string }) {
  const blocks = useMemo(() => markdownBlocks(text), [text])
  return (
    <div className={`${classes.text} fm-selectable`}>
      {blocks.map((block, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: made anew of the whole text
        <Shown key={at} block={block} />
      ))}
    </div>
  )
}

function Shown({ block }: { block: Block }) {
  switch (block.is) {
    case 'heading':
      return (
        <p className={classes.heading} data-level={Math.min(3, block.level)}>
          <Spans of={block.spans} />
        </p>
      )
    case 'paragraph':
      return (
        <p>
          <Spans of={block.spans} />
        </p>
      )
    case 'code':
      return <Code block>{block.text}</Code>
    case 'list': {
      const items = block.items.map((spans, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: made anew of the whole text
        <li key={at}>
          <Spans of={spans} />
        </li>
      ))
      return block.start === null ? <ul>{items}</ul> : <ol start={block.start}>{items}</ol>
    }
    case 'table':
      return (
        <table>
          <tbody>
            {block.rows.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: made anew of the whole text
              <tr key={at}>
                {row.map((cell, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: made anew of the whole text
                  <td key={column}>
                    <Spans of={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )
  }
}

function Spans({ of: spans }: { of: readonly Span[] }) {
  return spans.map((span, at) => {
    const key = `${at} ${span.text}`
    if (span.is === 'code') return <Code key={key}>{span.text}</Code>
    if (span.is === 'strong') return <strong key={key}>{span.text}</strong>
    if (span.is === 'emphasis') return <em key={key}>{span.text}</em>
    if (span.is === 'link')
      return (
        <OutsideLink key={key} href={span.href ?? ''}>
          {span.text}
        </OutsideLink>
      )
    return <span key={key}>{span.text}</span>
  })
}
