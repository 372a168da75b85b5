/** Exports that a spreadsheet opens: quoting after RFC 4180, and no cell that becomes a formula. */
import { describe, expect, it } from 'vitest';
import { csv } from '../../src/shared/csv.ts';

describe('csv', () => {
  it('quotes what has a comma, a quote or a line break, doubles quotes, and ends lines with CRLF', () => {
    expect(
      csv(
        ['a', 'b, c'],
        [
          ['plain', 'says "no"'],
          ['two\nlines', null],
        ],
      ),
    ).toBe('a,"b, c"\r\nplain,"says ""no"""\r\n"two\nlines",\r\n');
  });

  it.each([
    ['=HYPERLINK("https://evil.example","x")', `"'=HYPERLINK(""https://evil.example"",""x"")"`],
    ['+1', "'+1"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', `"'\r=1"`],
  ])('takes the sting out of %j', (text, cell) => {
    expect(csv([text], [[text]])).toBe(`${cell}\r\n${cell}\r\n`);
  });

  it('leaves numbers, truth and harmless text alone', () => {
    expect(csv(['n'], [[-5, true, 0.5, 'a=b', '10.0.0.0/31']])).toBe('n\r\n-5,true,0.5,a=b,10.0.0.0/31\r\n');
  });
});
