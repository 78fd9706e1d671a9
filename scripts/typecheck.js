import { spawn } from 'node:child_process'

// Each world sees different globals, so each is its own program; TypeScript 7 checks them side by side.
const projects = [
  'tsconfig.shared.json',
  'tsconfig.main.json',
  'tsconfig.renderer.json',
  'tsconfig.bench.json',
]
const codes = await Promise.all(projects.map(check))
process.exit(codes.some((code) => code !== 0) ? 1 : 0)

function check(project) {
  const args = ['node_modules/typescript/bin/tsc', '-p', project]
  return new Promise((resolve) =>
    spawn(process.execPath, args, { stdio: 'inherit' }).on('close', resolve),
  )
}
