/** Every value of these kinds travels as text, numbers too. */
export const numericText = {
  test: (text: string): boolean => /^(?:[1-9]\d{0,8})?$/.test(text),
  message: 'must be a whole number above 0, as text',
};
