import { expect, test } from 'vitest';
import { htmlText } from './report.ts';

test('what an attacker wrote is text on the page', () => {
  expect(htmlText(`<script>alert("1")</script>&'`)).toBe(
    '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;',
  );
  expect(htmlText('a\u202ecod.exe\u0000\u001b[2J')).toBe('a\\u202ecod.exe\\u0000\\u001b[2J');
});
