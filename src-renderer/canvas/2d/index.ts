export { createCanvas2d } from './canvas-2d.ts'
