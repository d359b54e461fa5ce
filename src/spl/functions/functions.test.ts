import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { closeEngine, evaluate, faults, type Shown, type TestRow, value } from './evaluate.test-support.ts';
import { evalFunction, evalFunctions } from './registry.ts';

afterAll(closeEngine);

type Case = readonly [expression: string, expected: Shown, row?: TestRow];

function cases(name: string, table: readonly Case[]): void {
  describe(name, () => {
    test.each(table.map(([expression, expected, row]) => [expression, expected, row ?? {}] as const))(
      '%s',
      (expression, expected, row) => {
        expect(value(expression, row)).toEqual(expected);
      },
    );
  });
}

cases('conditions', [
  ['if(error==200,"OK","Error")', 'OK', { error: '200' }],
  ['if(missing="x","y","n")', 'n'],
  ['if(1=1, 5, "x")', '5'],
  ['if(1=2, 5, "x")', 'x'],
  ['if(1=1, 5, null())+1', '6'],
  ['if(1=1, 5, "x")+1', '6'],
  ['if(1=1, v, "x")', ['a', 'b'], { v: ['a', 'b'] }],
  ['if(isnull(a) OR a="x", 1, 0)', '1', { a: null }],
  ['case(s==200,"OK",s==404,"Not found")', 'Not found', { s: '404' }],
  ['case(s==200,"OK",s==404,"Not found")', null, { s: '408' }],
  ['case(d<=70,"Low",d<=300,"Mid",1==1,"Deep")', 'Mid', { d: '150' }],
  ['case(missing>1,"a",true(),"b")', 'b'],
  ['validate(isint(p),"not an int",p>1,"too small")', 'too small', { p: '0' }],
  ['validate(p>1,"too small")', null, { p: '5' }],
  ['coalesce(a,b)', '2.2.2.2', { a: null, b: '2.2.2.2' }],
  ['coalesce(a,b)', null],
  ['coalesce(v,"none")', ['a', 'b'], { v: ['a', 'b'] }],
  ['coalesce(v,"none")', 'none', { v: [] }],
  ['ifnull(a,"x")', 'x'],
  ['nullif(a,b)', null, { a: 'x', b: 'x' }],
  ['nullif(a,b)', 'x', { a: 'x', b: 'y' }],
  ['isnull(a)', false, { a: '' }],
  ['isnotnull(v)', true, { v: ['a'] }],
  ['isnull(null())', true],
  ['in(s,"404","500")', true, { s: '500' }],
  ['in(s,"40*")', false, { s: '404' }],
  ['in(missing,"a")', null],
  ['true() AND NOT false()', true],
  ['searchmatch("kind=a* size=1")', true, { kind: 'ab', size: '1', _raw: 'x' }],
  ['searchmatch("wor*")', true, { _raw: 'hello world' }],
  ['searchmatch("wor")', false, { _raw: 'hello world' }],
]);

cases('information', [
  ['isnum(f)', true, { f: '5.5' }],
  ['isnum(f)', false, { f: 'abc' }],
  ['isnum(f)', false, { f: 'inf' }],
  ['isnum(missing)', false],
  ['isint(f)', true, { f: '5' }],
  ['isint(f)', false, { f: '5.5' }],
  ['isstr(f)', true, { f: 'x' }],
  ['isstr(f)', false, { f: '5' }],
  ['isbool(1==2)', true],
  ['isbool(a)', false, { a: 'x' }],
  ['typeof(12)', 'Number'],
  ['typeof("string")', 'String'],
  ['typeof(1==2)', 'Boolean'],
  ['typeof(badfield)', 'Invalid'],
  ['typeof(f)', 'Number', { f: '7' }],
]);

cases('patterns', [
  ['match(f,"bc")', true, { f: 'abcd' }],
  ['match(f,"ABC")', false, { f: 'xabcx' }],
  ['match(f,"(?i)ABC")', true, { f: 'xabcx' }],
  ['match(f,"^\\"yes\\"$")', true, { f: '"yes"' }],
  ['match(f,"a.c")', false, { f: 'a\nc' }],
  ['match(f,"foo$")', true, { f: 'foo\n' }],
  ['match(f,"\\x5ccmd\\.exe$")', true, { f: 'C:\\cmd.exe' }],
  ['match(v,"^b")', true, { v: ['ab', 'bc'] }],
  ['match(missing,"b")', null],
  ['like(f,"%foo%")', false, { f: 'a FOO b' }],
  ['like(f,"a%b_")', true, { f: 'axxbc' }],
  ['like(f,"C:\\\\Win%\\\\a")', true, { f: 'C:\\Windows\\a' }],
  ['like(f,"100%")', true, { f: '100% sure' }],
  ['like(v,"b%")', true, { v: ['ab', 'bc'] }],
  ['replace("a1b22c","\\d+","#")', 'a#b#c'],
  ['replace("abc","x","y")', 'abc'],
  ['replace(f,"\\\\\\\\","/")', 'C:/a/b', { f: 'C:\\a\\b' }],
  ['replace("1/14/2023","^(\\d{1,2})/(\\d{1,2})/","\\2/\\1/")', '14/1/2023'],
  ['replace("abc","b","[\\3]")', 'a[]c'],
  ['replace(v,"a","x")', ['xb', 'xc'], { v: ['ab', 'ac'] }],
  ['cidrmatch("10.20.30.0/25",ip)', true, { ip: '10.20.30.99' }],
  ['cidrmatch("10.20.31.0/25",ip)', false, { ip: '10.20.30.99' }],
  ['cidrmatch("10.0.0.0/8",ip)', false, { ip: 'not an address' }],
  ['cidrmatch("2001:db8::/32",ip)', true, { ip: '2001:db8:1::1' }],
  ['cidrmatch("10.0.0.0/8",missing)', null],
]);

cases('text', [
  ['len("abcdefg")', '7'],
  ['len("Größe")', '5'],
  ['len(missing)', null],
  ['lower("AbÇ")', 'abç'],
  ['upper(v)', ['A', 'B'], { v: ['a', 'b'] }],
  ['"[".ltrim("  x  ")."]"', '[x  ]'],
  ['"[".rtrim("  x  ")."]"', '[  x]'],
  ['"[".trim("\t x  ")."]"', '[x]'],
  ['ltrim("--=abc=-","-=")', 'abc=-'],
  ['trim("--=abc=-","-=")', 'abc'],
  ['rtrim(cost,"%")', '12', { cost: '12%' }],
  ['substr("string", 1, 3)', 'str'],
  ['substr("string", -3)', 'ing'],
  ['substr("string", 3)', 'ring'],
  ['substr("Größe", 3, 2)', 'öß'],
  ['substr("abc", 2, 100)', 'bc'],
  ['urldecode("https%3A%2F%2Fexample.com%2Fa%20b%3Fq%3D1")', 'https://example.com/a b?q=1'],
  ['split("a;b;c",";")', ['a', 'b', 'c']],
  ['split("a::b:c","::")', ['a', 'b:c']],
  ['split(missing,";")', null],
]);

cases('conversion', [
  ['tostring(1==1)', 'True'],
  ['tostring(1==2)', 'False'],
  ['tostring(255,"hex")', '0xFF'],
  ['tostring(15,"hex")', '0xF'],
  ['tostring(0,"hex")', '0x0'],
  ['tostring(9876.543,"commas")', '9,876.54'],
  ['tostring(2500000,"commas")', '2,500,000'],
  ['tostring(-1234.5,"commas")', '-1,234.50'],
  ['tostring(0.999,"commas")', '1.00'],
  ['tostring(12,"commas")', '12'],
  ['tostring(615,"duration")', '00:10:15'],
  ['tostring(f,"duration")', '1+01:01:01', { f: '90061' }],
  ['tonumber("1F",16)', '31'],
  ['tonumber("0x1f",16)', '31'],
  ['tonumber("110",2)', '6'],
  ['tonumber("zz",36)', '1295'],
  ['tonumber("12",2)', null],
  ['tonumber("",16)', null],
  ['tonumber(f)+1', '43', { f: '42' }],
  ['tonumber("x")', null],
  ['printf("%04d",1)', '0001'],
  ['printf("%\'d",12345)', '12,345'],
  ['printf("%s%z","foo","bar")', 'foobar'],
  ['printf("100%%")', '100%'],
  ['printf("%-4d|",1)', '1   |'],
  ['printf("%.2f %5.1f|%-6s|%6s|",3.14159,2.25,"ab","cd")', '3.14   2.2|ab    |    cd|'],
  ['printf("%x %X %o %c %+d %e",255,255,8,"abc",5,12345.678)', 'ff FF 10 a +5 1.234568e+04'],
  ['printf("%*d",5,42)', '   42'],
  ['printf("%s is %d",name,n)', 'x is 7', { name: 'x', n: '7.9' }],
]);

cases('mathematics', [
  ['abs(-5)', '5'],
  ['ceiling(1.9)', '2'],
  ['ceil(1.1)', '2'],
  ['floor(-1.1)', '-2'],
  ['round(3.5)', '4'],
  ['round(2.5)', '3'],
  ['round(-2.5)', '-3'],
  ['round(2.4)', '2'],
  ['round(2.555,2)', '2.56'],
  ['round(1234,-2)', '1200'],
  ['round(12345678901234.5)', '12345678901235'],
  ['round(9007199254740991)', '9007199254740991'],
  ['round(1e300)', '1e300'],
  ['round(f)', null, { f: 'x' }],
  ['round(f,1)', '3.1', { f: '3.14' }],
  ['sqrt(9)', '3'],
  ['pow(2,10)', '1024'],
  ['log(100)', '2'],
  ['log(8,2)', '3'],
  ['log(81,3)', '4'],
  ['ln(1)', '0'],
  ['exp(0)', '1'],
  ['round(pi(),4)', '3.1416'],
  ['exact(2*3)', '6'],
  ['sigfig(1.00*1111)', '1110'],
  ['sin(0)+cos(0)', '1'],
  ['atan2(0,1)', '0'],
  ['hypot(3,4)', '5'],
  ['round(acos(-1),5)', '3.14159'],
  ['random()>=0 AND random()<=2147483647', true],
  ['md5("hello")', '5d41402abc4b2a76b9719d911017c592'],
  ['sha1("hello")', 'aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d'],
  ['sha256("hello")', '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'],
  ['len(sha512("hello"))', '128'],
]);

cases('statistics of arguments', [
  ['sum(1,2,3)', '6'],
  ['sum(a,2,3)', '6', { a: '1' }],
  ['sum(b,2,3)', '5', { b: 'somedata' }],
  ['sum(v)', '10', { v: ['1', '2', '3', '4', 'x'] }],
  ['sum(missing)', null],
  ['avg(1,2,3)', '2'],
  ['max(2,5,"hat",name)', 'hat', { name: 'cap' }],
  ['max(2,5,"hat",name)', 'wig', { name: 'wig' }],
  ['max(1,10,9)', '10'],
  ['max(a,b)', '10', { a: '10', b: '9' }],
  ['min(4,8,"text",size)', '4', { size: '9' }],
  ['min(4,8,"text",size)', '1', { size: '1' }],
  ['min("b","a")', 'a'],
  ['min(missing)', null],
]);

cases('multivalue', [
  ['mvappend(mvappend("first",a),b,"last")', ['first', 'x', 'y', 'last'], { a: 'x', b: 'y' }],
  ['mvappend(missing,"a")', 'a'],
  ['mvcount(v)', '3', { v: ['a', 'b', 'c'] }],
  ['mvcount(a)', '1', { a: 'x' }],
  ['mvcount(missing)', null],
  ['mvdedup(v)', ['b', 'a', 'c'], { v: ['b', 'a', 'b', 'c', 'a'] }],
  [
    'mvfilter(match(e,"\\.net$") OR match(e,"\\.org$"))',
    ['a@x.net', 'c@z.org'],
    { e: ['a@x.net', 'b@y.com', 'c@z.org'] },
  ],
  ['mvfilter(n>5)', ['6', '10'], { n: ['1', '6', '10'] }],
  ['mvfilter(n!="x")', null, { n: 'x' }],
  ['mvfind(v,"err\\d+")', '1', { v: ['ok', 'err42', 'err7'] }],
  ['mvfind(v,"none")', null, { v: ['ok'] }],
  ['mvindex(v,2)', 'c', { v: ['a', 'b', 'c', 'd'] }],
  ['mvindex(v,0,2)', ['a', 'b', 'c'], { v: ['a', 'b', 'c', 'd'] }],
  ['mvindex(v,-1)', 'd', { v: ['a', 'b', 'c', 'd'] }],
  ['mvindex(v,-3,-2)', ['b', 'c'], { v: ['a', 'b', 'c', 'd'] }],
  ['mvindex(v,9)', null, { v: ['a'] }],
  ['mvindex(v,-9)', null, { v: ['a'] }],
  ['mvindex(v,3,1)', null, { v: ['a', 'b', 'c', 'd'] }],
  ['mvindex(a,0)', 'x', { a: 'x' }],
  ['mvindex(v,n)', 'b', { v: ['a', 'b'], n: '1' }],
  ['mvindex(split("a.b.c","."),1)', 'b'],
  ['mvjoin(mvrange(2,5)," OR ")', '2 OR 3 OR 4'],
  ['mvjoin(missing,",")', null],
  ['mvmap(v,v*10)', ['10', '20', '30'], { v: ['1', '2', '3'] }],
  ['mvmap(v,v*k)', ['2', '4', '6'], { v: ['1', '2', '3'], k: '2' }],
  ['mvmap(mvindex(v,1,2),v*k)', ['4', '6'], { v: ['1', '2', '3'], k: '2' }],
  ['mvmap(v,if(v>1,v,null()))', ['2', '3'], { v: ['1', '2', '3'] }],
  ['mvmap(v,mvappend(v,"x"))', ['1', 'x', '2', 'x'], { v: ['1', '2'] }],
  ['mvmap(v,mvjoin(mvmap(v,v.v),"-"))', ['11', '22'], { v: ['1', '2'] }],
  ['mvrange(1,11,2)', ['1', '3', '5', '7', '9']],
  ['mvrange(0,1,0.25)', ['0', '0.25', '0.5', '0.75']],
  ['mvrange(3,1)', null],
  ['mvrange(5,1,-2)', ['5', '3']],
  ['mvrange(0,172800,"1d")', ['0', '86400']],
  ['mvsort(v)', ['10', '100', '70', '9'], { v: ['10', '9', '70', '100'] }],
  ['mvsort(v)', ['B', 'a', 'c'], { v: ['a', 'B', 'c'] }],
  ['mvzip(x,y)', ['1,2', '4,5'], { x: ['1', '4'], y: ['2', '5', '7'] }],
  ['mvzip(mvzip(x,y,"|"),z,"|")', ['1|2|3', '4|5|6'], { x: ['1', '4'], y: ['2', '5'], z: ['3', '6'] }],
  ['commands("search x | eval y=1 | head 5")', ['search', 'eval', 'head']],
  ['commands("search \\"a|b\\" | stats count")', ['search', 'stats']],
]);

const hosts =
  '{"hosts":[{"name":"web1","ports":[{"no":80},{"no":443}]},{"name":"db1","ports":[{"no":5432}]}]}';

cases('JSON', [
  ['spath(j,"a.b")', '1', { j: '{"a":{"b":1},"c":["x","y"]}' }],
  ['spath(j,"c{1}")', 'y', { j: '{"a":{"b":1},"c":["x","y"]}' }],
  ['spath(j,"hosts{}.ports{}.no")', ['80', '443', '5432'], { j: hosts }],
  ['spath(j,"nosuch")', null, { j: hosts }],
  ['spath(j,"a")', null, { j: 'no json' }],
  ['json_extract(j,"hosts{0}.name")', 'web1', { j: hosts }],
  ['json_extract(j,"hosts{1}.ports{0}.no")', '5432', { j: hosts }],
  ['json_extract(j,"hosts{}.name")', '["web1","db1"]', { j: hosts }],
  ['json_extract(j,"nosuch")', null, { j: hosts }],
  ['json_array_to_mv(json_array("red","green","blue"))', ['red', 'green', 'blue']],
  ['json_object("user","eve","uid",1001)', '{"user":"eve","uid":1001}'],
  [
    'json_object("a/b","x\\"y","n",null(),"t",1==1,"l",json_array(1,"2"))',
    '{"a/b":"x\\"y","n":null,"t":true,"l":[1,"2"]}',
  ],
  ['json_object("f",f,"g",g)', '{"f":7,"g":"07"}', { f: '7', g: '07' }],
  ['json_extract_exact("{\\"a.b\\": 7}","a.b")', '7'],
  ['json_set(json_object("a",1,"b",2),"b",5)', '{"a":1,"b":5}'],
  ['json_set(json_object("a",1),"b.c",5)', '{"a":1,"b":{"c":5}}'],
  ['json_set("{\\"a\\":[1,2]}","a{1}","x")', '{"a":[1,"x"]}'],
  ['json_append(json_object("p",json_array("x","y")),"p","z")', '{"p":["x","y","z"]}'],
  ['json_extend(json_object("p",json_array("x")),"p",json_array("y","z"))', '{"p":["x","y","z"]}'],
  ['json_delete("{\\"a\\":1,\\"b\\":{\\"c\\":2,\\"d\\":3}}","b.c","a")', '{"b":{"d":3}}'],
  ['json_keys("{\\"x\\":1,\\"y\\":2}")', '["x","y"]'],
  ['json_valid("{")', false],
  ['json("{}")', '{}'],
  ['json("x")', null],
  ['mv_to_json_array(v)', '["a","b"]', { v: ['a', 'b'] }],
  ['json_set(f,"a",1)', null, { f: 'no json' }],
]);

describe('faults', () => {
  test.each([
    ['sum(1,2,"3")', ['number-needed']],
    ['mvfilter(a=b)', ['one-field-only']],
    ['match(f,"[a-z")', ['bad-regex']],
    ['match(f,"(?<!x)a")', ['regex-not-supported-here']],
    ['match(f,g)', ['literal-needed']],
    ['case(a=1,2,3)', ['wrong-argument-count']],
    ['relative_time(now(),"banana")', ['bad-time-modifier']],
    ['tostring(5,"roman")', ['bad-option-value']],
    ['cidrmatch("10.0.0.0/99",f)', ['bad-option-value']],
    ['len(a=1)', ['boolean-value']],
    ['printf("%d")', ['wrong-argument-count']],
  ])('%s', (expression, expected) => {
    expect(faults(expression, { a: '1', b: '2', f: 'x', g: 'y' })).toEqual(expected);
  });
});

test('every function has a name of its own, and its words', () => {
  const names = [...evalFunctions.values()].flatMap(({ name, aliases = [] }) => [name, ...aliases]);
  expect(new Set(names).size).toBe(names.length);
  for (const { name, signature, summary, minimum, maximum } of evalFunctions.values()) {
    expect(signature.startsWith(`${name}(`)).toBe(true);
    expect(summary).toMatch(/\.$/);
    expect(minimum).toBeLessThanOrEqual(maximum);
  }
  expect(evalFunction('CEIL')).toBe(evalFunctions.get('ceiling'));
});

test('every function takes rows without the fields it is given', () => {
  for (const { name, minimum, roles = [] } of evalFunctions.values()) {
    if (name === 'mvrange' || name === 'printf' || name === 'searchmatch') continue;
    const last = roles.at(-1) ?? 'value';
    const args = Array.from({ length: minimum }, (_, at) => {
      const role = roles[at] ?? last;
      if (role === 'condition') return 'x=1';
      if (role === 'regex') return '"a"';
      if (name === 'cidrmatch' && role === 'literal') return '"10.0.0.0/8"';
      if (role === 'literal') return name === 'relative_time' ? '"-1d"' : '"%Y"';
      if (role === 'each') return name === 'mvfilter' ? 'x="a"' : 'x';
      if ((name === 'case' || name === 'validate') && at % 2 === 0) return 'x=1';
      if (name.startsWith('json_') && at === 1) return '"a"';
      return 'x';
    });
    const call = `${name}(${args.join(',')})`;
    // A field that no row has, and one that only this row lacks.
    expect(() => value(call)).not.toThrow();
    expect(() => value(call, { x: null, y: 'z' })).not.toThrow();
    expect(() => evaluate(call, [{ x: [] }, { x: ['a', 'b'] }])).not.toThrow();
  }
});

test('hostile text changes no SQL', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
      const clean = text.replaceAll('\0', '');
      expect(value('a', { a: clean })).toBe(clean);
      expect(value('a=b', { a: clean, b: clean })).toBe(true);
      expect(value('mvjoin(v,"")', { v: [clean, clean] })).toBe(clean + clean);
    }),
    { numRuns: 40 },
  );
});
