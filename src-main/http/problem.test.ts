import { expect, test } from 'vitest'
import { AppError, RemoteError } from '#shared/errors/app-error.ts'
import { toProblem } from './problem.ts'

function said(error: unknown) {
  const logged: string[] = []
  const log = { error: (_fields: object, message: string) => void logged.push(message) }
  return { ...toProblem(error, 'functions.detect', log), logged }
}

test('what a thread refused keeps its code, its words and its status', () => {
  const refused = new AppError('MODEL_OUTPUT_INVALID', { id: 'odd', problem: 'NaN' })
  expect(said(new RemoteError(refused.toBody()))).toEqual({
    status: refused.status,
    body: refused.toBody(),
    logged: [],
  })
})

test.each([
  [
    'nobody foresaw in a thread',
    new RemoteError(new AppError('INTERNAL', { detail: 'x' }).toBody()),
  ],
  ['nobody foresaw here', new Error('x')],
])('what %s is told in the log', (_what, error) => {
  const { status, body, logged } = said(error)
  expect([status, body.code, logged]).toEqual([500, 'INTERNAL', ['unexpected error']])
  expect(body.message.match(/Something went wrong/g)).toHaveLength(1)
})

test('a code nobody knows is passed on', () => {
  const body = { code: 'toString', message: 'Odd.', remedy: '' }
  expect(said(new RemoteError(body))).toMatchObject({ status: 500, body })
})
