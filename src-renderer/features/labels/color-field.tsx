import { ActionIcon, ColorPicker, ColorSwatch, Popover, TextInput, Tooltip } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Well apart from each other, on pictures and on both colour schemes. */
const swatches = [
  '#fa3253',
  '#ff6037',
  '#ffcc33',
  '#83e070',
  '#24b353',
  '#34d1b7',
  '#33ddff',
  '#2a7dd1',
  '#3d3df5',
  '#b83df5',
  '#f078f0',
  '#cc3366',
  '#cc9933',
  '#b3b3b3',
]

interface Props {
  /** `#rrggbb` */
  readonly value: string
  readonly onChange: (color: string) => void
}

/** A swatch that opens a picker with ready colours. */
export function ColorField({ value, onChange }: Props) {
  const { t } = useTranslation('labels')
  const [opened, setOpened] = useState(false)
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus>
      <Popover.Target>
        <Tooltip label={t('pickColor')}>
          <ActionIcon
            variant="default"
            size={30}
            aria-label={`${t('pickColor')}: ${value}`}
            onClick={() => setOpened((was) => !was)}
          >
            <ColorSwatch color={value} size={16} radius={4} withShadow={false} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p="sm">
        <ColorPicker
          size="xs"
          fullWidth
          format="hex"
          value={value}
          onChange={(color) => isColor(color) && onChange(color)}
          swatches={swatches}
          swatchesPerRow={7}
        />
        <HexField value={value} onChange={onChange} onDone={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}

function HexField({ value, onChange, onDone }: Props & { onDone: () => void }) {
  const { t } = useTranslation('labels')
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <TextInput
      mt="xs"
      aria-label={t('color')}
      value={typed ?? value}
      onChange={(event) => {
        const text = event.currentTarget.value
        setTyped(text)
        if (isColor(text)) onChange(text.toLowerCase())
      }}
      onBlur={() => setTyped(null)}
      onKeyDown={(event) => event.key === 'Enter' && onDone()}
    />
  )
}

function isColor(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text)
}
