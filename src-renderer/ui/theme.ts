import {
  ActionIcon,
  Badge,
  Button,
  Checkbox,
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  Menu,
  Modal,
  NumberInput,
  Popover,
  Progress,
  Radio,
  SegmentedControl,
  Select,
  Switch,
  Table,
  Tabs,
  Textarea,
  TextInput,
  Tooltip,
  type VariantColorsResolver,
} from '@mantine/core'

/** The one accent: the green of a surveyor's mark. */
const mark: MantineColorsTuple = [
  '#e6f8f2',
  '#cdf0e5',
  '#9fe2cd',
  '#6cd3b2',
  '#3fc69b',
  '#22b98b',
  '#0f9e76',
  '#0b8161',
  '#08664d',
  '#054c3a',
]

/** Mantine reads 0 as text, 2 as dimmed, 4 as border, 6 as input, 7 as page. Slightly cool, so pictures look neutral. */
const dark: MantineColorsTuple = [
  '#e4e7ea',
  '#b4bac1',
  '#8b939c',
  '#5d656e',
  '#2d3238',
  '#24282d',
  '#1c2024',
  '#121416',
  '#0d0f10',
  '#08090a',
]

const gray: MantineColorsTuple = [
  '#f7f8f9',
  '#f0f2f4',
  '#e6e9ec',
  '#d9dde2',
  '#c5cbd2',
  '#a1a9b3',
  '#69727d',
  '#4a525c',
  '#2f353d',
  '#1a1e23',
]

/**
 * Mantine judges contrast by the light scheme's shade alone; our accent is bright in the dark scheme, where white on it
 * could not be read. The text on it is a token of its own.
 */
const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input)
  const isAccent = (input.color ?? input.theme.primaryColor) === input.theme.primaryColor
  if (input.variant === 'filled' && isAccent) return { ...colors, color: 'var(--fm-on-accent)' }
  return colors
}

const compact = { size: 'xs' } as const

/** Dense and quiet: 13 px text, 28 px controls, 6 px corners, hairline borders instead of shadows. */
export const theme = createTheme({
  primaryColor: 'mark',
  primaryShade: { light: 7, dark: 5 },
  variantColorResolver,
  colors: { mark, dark, gray },
  white: '#ffffff',
  black: '#16191d',
  defaultRadius: 6,
  cursorType: 'default',
  focusRing: 'auto',
  respectReducedMotion: true,
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.45', xl: '1.4' },
  spacing: { xs: '0.375rem', sm: '0.5rem', md: '0.75rem', lg: '1rem', xl: '1.5rem' },
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  shadows: {
    xs: '0 1px 2px rgb(0 0 0 / 6%)',
    sm: '0 1px 3px rgb(0 0 0 / 10%)',
    md: '0 6px 20px -4px rgb(0 0 0 / 18%), 0 2px 6px rgb(0 0 0 / 8%)',
    lg: '0 12px 32px -6px rgb(0 0 0 / 28%), 0 3px 8px rgb(0 0 0 / 10%)',
    xl: '0 24px 64px -12px rgb(0 0 0 / 38%), 0 6px 16px rgb(0 0 0 / 12%)',
  },
  headings: {
    fontFamily: "'Inter Variable', system-ui, sans-serif",
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.35' },
      h3: { fontSize: '0.875rem', lineHeight: '1.4' },
      h4: { fontSize: '0.8125rem', lineHeight: '1.4' },
    },
  },
  components: {
    Button: Button.extend({ defaultProps: compact, classNames: { root: 'fm-button' } }),
    ActionIcon: ActionIcon.extend({
      defaultProps: { variant: 'subtle', color: 'gray', size: 28 },
      classNames: { root: 'fm-icon' },
    }),
    TextInput: TextInput.extend({ defaultProps: compact }),
    Textarea: Textarea.extend({ defaultProps: compact }),
    NumberInput: NumberInput.extend({ defaultProps: compact }),
    Select: Select.extend({
      defaultProps: {
        ...compact,
        comboboxProps: { shadow: 'md', offset: 4 },
        checkIconPosition: 'right',
      },
    }),
    Checkbox: Checkbox.extend({ defaultProps: compact }),
    Radio: Radio.extend({ defaultProps: compact }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: compact }),
    Switch: Switch.extend({ defaultProps: { size: 'xs', withThumbIndicator: false } }),
    Tabs: Tabs.extend({ defaultProps: { keepMounted: false } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 6, horizontalSpacing: 10 } }),
    Badge: Badge.extend({
      defaultProps: { variant: 'light', size: 'sm', radius: 'sm', tt: 'none', fw: 500 },
    }),
    Progress: Progress.extend({ defaultProps: { size: 4, radius: 'xl' } }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 450, closeDelay: 0, fz: 'xs', withArrow: false, offset: 6 },
      classNames: { tooltip: 'fm-tooltip' },
    }),
    Menu: Menu.extend({
      defaultProps: { shadow: 'lg', offset: 4, transitionProps: { duration: 80 } },
      classNames: { dropdown: 'fm-dropdown', item: 'fm-menu-item' },
    }),
    Popover: Popover.extend({ defaultProps: { shadow: 'lg', offset: 6 } }),
    Modal: Modal.extend({
      defaultProps: {
        centered: false,
        yOffset: '9vh',
        shadow: 'xl',
        overlayProps: { backgroundOpacity: 0.45, blur: 0 },
        transitionProps: { transition: 'pop', duration: 110 },
      },
      classNames: { header: 'fm-modal-header', title: 'fm-modal-title', body: 'fm-modal-body' },
    }),
  },
})

/** Tokens that CSS modules use beside Mantine's own; both schemes in one place. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--fm-page': '#fbfbfc',
    '--fm-surface': '#ffffff',
    '--fm-sunken': '#f4f5f7',
    '--fm-chrome': '#f3f4f6',
    '--fm-hover': 'rgb(20 30 40 / 4.5%)',
    '--fm-active': 'rgb(20 30 40 / 8%)',
    '--fm-border': '#e4e7eb',
    '--fm-border-strong': '#d3d8de',
    '--fm-text': '#1a1e23',
    '--fm-text-2': '#4a525c',
    '--fm-text-3': '#5d6671',
    '--fm-accent': '#0b8161',
    '--fm-on-accent': '#ffffff',
    '--fm-accent-soft': 'rgb(11 129 97 / 9%)',
    '--fm-warn': '#a85b00',
    '--fm-warn-soft': 'rgb(220 130 0 / 10%)',
    '--fm-bad': '#c4303b',
    '--fm-bad-soft': 'rgb(214 48 60 / 8%)',
    '--mantine-color-body': '#fbfbfc',
    '--mantine-color-text': '#1a1e23',
    '--mantine-color-dimmed': '#5d6671',
    '--mantine-color-default-border': '#d9dde2',
  },
  dark: {
    '--fm-page': '#121416',
    '--fm-surface': '#191c1f',
    '--fm-sunken': '#0e1011',
    '--fm-chrome': '#0e1011',
    '--fm-hover': 'rgb(255 255 255 / 4.5%)',
    '--fm-active': 'rgb(255 255 255 / 8%)',
    '--fm-border': '#262a2f',
    '--fm-border-strong': '#343a41',
    '--fm-text': '#e4e7ea',
    '--fm-text-2': '#b4bac1',
    '--fm-text-3': '#8b939c',
    '--fm-accent': '#2fc797',
    '--fm-on-accent': '#06231a',
    '--fm-accent-soft': 'rgb(47 199 151 / 12%)',
    '--fm-warn': '#e5a13d',
    '--fm-warn-soft': 'rgb(229 161 61 / 12%)',
    '--fm-bad': '#f2727a',
    '--fm-bad-soft': 'rgb(242 114 122 / 12%)',
    '--mantine-color-body': '#121416',
    '--mantine-color-default': '#1c2024',
    '--mantine-color-default-hover': '#24282d',
    '--mantine-color-default-border': '#2d3238',
  },
})
