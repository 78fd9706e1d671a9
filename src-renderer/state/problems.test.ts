import { ORPCError } from '@orpc/client'
import { describe, expect, test } from 'vitest'
import { AppError } from '#shared/errors/app-error.ts'
import { isUnreachable, problemOf } from './problems.ts'

const told = {
  code: 'FORBIDDEN',
  message: 'It carries no valid token.',
  remedy: 'Open the address.',
}

describe('what a failed call says', () => {
  test.each([
    ['of a procedure', told],
    ['of the door before the procedures', { status: 403, body: { error: told } }],
  ])('the body %s', (_name, data) => {
    expect(problemOf(new ORPCError('FORBIDDEN', { status: 403, data }))).toEqual(told)
  })

  test('an answer without a body gives its own message', () => {
    const error = new ORPCError('BAD_GATEWAY', { status: 502, message: 'Bad gateway' })
    expect(problemOf(error)).toEqual({ code: 'BAD_GATEWAY', message: 'Bad gateway', remedy: '' })
  })
})

describe('a call the core never judged', () => {
  test.each([
    ['no answer', new TypeError('Failed to fetch'), true],
    ['a gateway', new ORPCError('BAD_GATEWAY', { status: 502 }), true],
    // The core was started anew: edits waiting here must wait on, not be thrown away as refused.
    ['a token of yesterday', new ORPCError('FORBIDDEN', { status: 403 }), true],
    ['a refusal', new ORPCError('CONFLICT', { status: 409 }), false],
    ['our own error', new AppError('INTERNAL', { detail: '' }), false],
  ])('%s', (_name, error, expected) => {
    expect(isUnreachable(error)).toBe(expected)
  })
})
