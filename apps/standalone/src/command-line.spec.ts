import { describe, expect, it } from '@jest/globals';
import { parseArguments } from './command-line.js';

describe('parseArguments', () => {
  it('shows the demo unless told otherwise', () => {
    expect(parseArguments([])).toEqual({ demo: true, check: false });
    expect(parseArguments(['--no-demo'])).toEqual({ demo: false, check: false });
    expect(parseArguments(['--check'])).toEqual({ demo: true, check: true });
  });

  it('names an option it does not know, and those it knows', () => {
    expect(() => parseArguments(['--chekc'])).toThrow('Unknown option --chekc. There are: --no-demo --check');
    expect(() => parseArguments(['toString'])).toThrow('Unknown option');
  });

  it('refuses a check without anything to check', () => {
    expect(() => parseArguments(['--check', '--no-demo'])).toThrow('--check needs the demo messages');
  });
});
