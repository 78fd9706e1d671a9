import { spawn } from 'node:child_process'

// The three worlds see different globals, so each is its own program; TypeScript 7 checks them side by side.
const projects = ['tsconfig.shared.json', 'tsconfig.main.json', 'tsconfig.renderer.json']
const codes = await Promise.all(
  projects.map(
    (project) =>
      new Promise((resolve) =>
        spawn('tsc', ['-p', project], { stdio: 'inherit', shell: true }).on('close', resolve),
      ),
  ),
)
process.exit(codes.some((code) => code !== 0) ? 1 : 0)
