import { describe, expect, test } from 'vitest'
import { AnswerProblem, jsonAnswer } from './json-answer.ts'
import { wordsOf } from './words.ts'

const TRACEBACK = `Exception caught in handler - "bad": Traceback (most recent call last):
  File "/opt/nuclio/_nuclio_wrapper.py", line 157, in serve_requests
    entrypoint_output = self._entrypoint(self._context, event)
ValueError: the picture has no
`
describe('words of an answer that is no success', () => {
  test.each([
    ['JSON', '{"error": "Missing image."}', 'Missing image'],
    ['JSON of another key', '{"message":"no"}', 'no'],
    ['a JSON text', '"just this"', 'just this'],
    ['plain text', 'Function not found\n', 'Function not found'],
    ['a traceback', TRACEBACK, 'ValueError: the picture has no'],
    ['a traceback in JSON', JSON.stringify({ error: TRACEBACK }), 'ValueError: the picture has no'],
    ['JSON without words', '{"a":1}', '{"a":1}'],
    ['nothing', '', 'without a word of why'],
    [
      'a page',
      '<!DOCTYPE html><html><title>502 Bad Gateway</title><body>secret',
      'a web page ("502 Bad Gateway")',
    ],
    ['a page without a title', '<html><body>x', 'a web page'],
  ])('%s', (_name, text, words) => {
    expect(wordsOf(Buffer.from(text))).toBe(words)
  })

  test('are cut to what a person reads', () => {
    expect(wordsOf(Buffer.from('x'.repeat(9999))).length).toBeLessThan(410)
  })
})

describe('an answer that should be JSON', () => {
  const problem = (text: string) => {
    try {
      return jsonAnswer(Buffer.from(text))
    } catch (error) {
      return error instanceof AnswerProblem ? error.problem : error
    }
  }
  test.each([
    ['[{"type": "rectangle", "points": [1, 2', /ends in the middle, after 38 characters/],
    ['{"mask": [[0, 1', /ends in the middle/],
    ['[{"points": [1, NaN]}]', 'it holds NaN where JSON has numbers'],
    ['[{"a": -Infinity}]', 'it holds -Infinity where JSON has numbers'],
    ['<html><title>Login</title>', 'it is a web page ("Login"), not JSON'],
    ['hello', 'it is no JSON'],
    ['', 'it is empty'],
  ])('%s', (text, why) => {
    expect(problem(text)).toMatch(why)
  })
  test('is its value', () => {
    expect(problem(' [1, {"a": null}] ')).toEqual([1, { a: null }])
  })
})
