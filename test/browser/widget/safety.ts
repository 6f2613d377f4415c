// Hostile texts in every place a text can come from: as message, file name, officer's words; nothing runs, nothing is anything but text.
import { claimed, openPanel, openVisitor, type Stage, say } from './stage.ts';

const corpus = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '"><iframe srcdoc="<script>alert(1)</script>">',
  'javascript:alert(1)',
  'JaVaScRiPt://%0aalert(1)',
  'data:text/html,<script>alert(1)</script>',
  'https://a.example/"onmouseover="alert(1)',
  "https://a.example/'><script>alert(1)</script>",
  '*<b onclick=alert(1)>x</b>*',
  '<a href="javascript:alert(1)">klik</a>',
  '{{constructor.constructor("alert(1)")()}}',
  '<math><mi xlink:href="data:x,<script>alert(1)</script>">',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '\u202e<script>alert(1)</script>',
];

export function describeSafety(given: () => Stage): void {
  it('When hostile texts come from the visitor, the officer and file names, then no dialog opens and each is shown as it was written', async () => {
    const { officer } = given();
    const context = await openVisitor(given());
    const page = await openPanel(given(), context);
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    const id = await claimed(given(), page);
    for (const [i, text] of corpus.entries()) {
      await say(page, text);
      await officer.socket
        .timeout(5_000)
        .emitWithAck('message:send', { conversationId: id, clientMessageId: `xss-${Date.now()}-${i}`, text });
    }
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: '<img src=x onerror=alert(1)>.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') });
    await page.locator('.download').waitFor();
    await page
      .locator('.officer .bubble')
      .nth(corpus.length - 1)
      .waitFor();

    for (let round = 0; round < 2; round += 1) {
      const shown = await page.locator('.bubble').evaluateAll((all) => all.map((one) => one.textContent ?? ''));
      for (const text of corpus)
        expect(shown.filter((one) => one.replaceAll('*', '') === text.replaceAll('*', '')).length).toBe(2);
      const made = await page
        .locator('.bubble')
        .evaluateAll((all) => all.flatMap((one) => [...one.querySelectorAll('*')].map((el) => el.tagName)));
      expect([...new Set(made)].sort()).toEqual(expect.not.arrayContaining(['SCRIPT', 'IMG', 'IFRAME', 'MATH', 'B', 'MI']));
      const links = await page.locator('.bubble a').evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).protocol));
      expect(links.length).toBeGreaterThan(0);
      expect(links.every((protocol) => protocol === 'https:')).toBe(true);
      for (const link of await page.locator('.bubble a').all())
        expect(await link.getAttribute('rel')).toBe('noopener nofollow ugc');
      await page.reload();
      await page
        .locator('.officer .bubble')
        .nth(corpus.length - 1)
        .waitFor();
    }
    expect(dialogs).toEqual([]);
    await context.close();
  });
}
