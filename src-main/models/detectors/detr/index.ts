import type { Family } from '../../family.ts'
import { detr, rfdetr, rtdetr } from './families.ts'

export const detrs: readonly Family[] = [rtdetr, rfdetr, detr]
