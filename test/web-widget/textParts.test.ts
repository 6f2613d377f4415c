import { textParts } from '../../web-widget/textParts.ts';

/** Links as [text](address), strong words as **word**. */
const shown = (text: string): string =>
  textParts(text)
    .map((part) =>
      part.kind === 'link' ? `[${part.text}](${part.href})` : part.kind === 'strong' ? `**${part.text}**` : part.text,
    )
    .join('');

describe('textParts', () => {
  it.each([
    ['Daftar di https://oss.go.id.', 'Daftar di [https://oss.go.id](https://oss.go.id/).'],
    ['(lihat https://a.id/b(c)d) ya', '(lihat [https://a.id/b(c)d)](https://a.id/b(c)d)) ya'],
    ['(lihat https://a.id/b) ya', '(lihat [https://a.id/b](https://a.id/b)) ya'],
    ['Ngadamel NIB di oss.go.id gratis', 'Ngadamel NIB di [oss.go.id](https://oss.go.id/) gratis'],
    ['dpmptsp.bandung.go.id/faq, ya', '[dpmptsp.bandung.go.id/faq](https://dpmptsp.bandung.go.id/faq), ya'],
    ['www.example.com!', '[www.example.com](https://www.example.com/)!'],
    ['surel ke info@bandung.go.id', 'surel ke [info@bandung.go.id](mailto:info@bandung.go.id)'],
    ['mailto:a@b.id tel:+62221234', '[mailto:a@b.id](mailto:a@b.id) [tel:+62221234](tel:+62221234)'],
    ['Tulis *petugas*.', 'Tulis **petugas**.'],
    ['*Dikembalikan*, sejak kemarin', '**Dikembalikan**, sejak kemarin'],
  ])('When the text is %j, then it becomes %j', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    '<a href="x">x</a>',
    '2*3*4',
    '* bukan *',
    'versi 1.2.3',
    'https://',
    'http://[',
  ])('When the text is %j, then nothing in it becomes a link or strong', (text) => {
    expect(textParts(text).map((part) => part.kind)).toEqual(['text']);
    expect(shown(text)).toBe(text);
  });

  it('When markup stands around an address, then it stays plain text', () => {
    const parts = textParts('<img src=x onerror="https://a.id/x">');
    expect(parts.map((part) => part.kind)).toEqual(['text', 'link', 'text']);
    expect(parts.map((part) => part.text).join('')).toBe('<img src=x onerror="https://a.id/x">');
  });

  it('When a text is as long and nasty as the wire allows, then it is split at once', () => {
    for (const unit of ['a.', 'a@', '*a', 'a-', 'http://', 'go.id', '(a)', '.go.id/'])
      expect(textParts(unit.repeat(8_000 / unit.length)).length).toBeGreaterThan(0);
  });
});
