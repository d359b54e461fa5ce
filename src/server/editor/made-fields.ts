import { highlightTokens } from '../../spl/highlight-tokens.ts';

/** Fields that the stages of a search make, as far as their text says it: `AS name`, `eval name=`, named groups. */
export function madeFields(text: string): readonly string[] {
  const names = new Set<string>();
  const tokens = highlightTokens(text);
  let command = '';
  for (const [at, token] of tokens.entries()) {
    const next = tokens[at + 1];
    if (token.kind === 'command') command = token.text.toLowerCase();
    const isName = next?.kind === 'word' || next?.kind === 'quoted-field' || next?.kind === 'string';
    if (token.kind === 'word' && token.text.toLowerCase() === 'as' && isName)
      names.add(next.text.replace(/^["']|["']$/g, ''));
    if (command === 'eval' && token.kind === 'word' && next?.text === '=') names.add(token.text);
    if (command === 'rex' && token.kind === 'string')
      for (const [, name] of token.text.matchAll(/\(\?P?<([A-Za-z_]\w*)>/g)) names.add(name as string);
    if (['stats', 'eventstats', 'streamstats', 'top', 'rare', 'timechart', 'chart'].includes(command))
      if (token.kind === 'word' && /^count$/i.test(token.text)) names.add('count');
  }
  return [...names];
}
