import { describe, expect, it } from '@jest/globals';
import { robotSign } from './robot-security.js';

describe('robotSign', () => {
  it.each([
    [
      '1582163555000',
      'SECb90923e19e58b466481e9e7b7a5b4f108a4531abde590ad3967fb29f0eae5c68',
      'BQKsG+QOCl+bYJOLc6pxDHxjVquzlZPWgvRzeN2J5zY=',
    ],
    ['1700000000000', 'SECabcdef0123456789', 'dV0RXHUD72d0VKcnHrBhJ9jhSbDS3HUiduucxO+izso='],
    ['1577836800000', 'this is secret', 'fFV9t5lBS7KH4+5B0JjR99ab+AJkXFauQXycgTkS/tc='],
  ])('signs timestamp %s as published', (timestamp, secret, expected) => {
    expect(robotSign(timestamp, secret)).toBe(expected);
  });
});
