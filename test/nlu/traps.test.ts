// No answer, as a citizen reads it in any language, repeats a superseded rule; each says where it comes from and stays short.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../../src/contract/message.ts';
import { say } from '../../src/desk/phrases.ts';
import { readIntentFolder } from '../../src/nlu/intentFiles.ts';
import type { IntentFile, OfficeFile } from '../../src/nlu/intentSchema.ts';
import { intentsDir, withFolder } from './kit.ts';
import { oldRulesIn, traps } from './trapList.ts';

interface Rendered {
  id: string;
  language: Language;
  kind: 'answer' | 'unconfirmed' | 'legal';
  text: string;
}

const languages: Language[] = ['id', 'su', 'en'];
/** Stands for a fact nobody has proposed: as long as a usual short one. */
const unknownFact = 'x'.repeat(60);

/** Everything one intent can show: with facts, without them, and behind the button "Dasar hukum". */
function render(file: IntentFile, office: OfficeFile): Rendered[] {
  return languages.flatMap((language) => {
    const of = (texts: { id: string; en: string; su?: string | undefined }) => texts[language] ?? texts.id;
    const source = file.source
      ? `\n\n${say(language, 'source', { source: file.source.name, checked: file.source.checked })}`
      : '';
    const answer = of(file.answer).replace(/\{([^}]*)\}/g, (_, key: string) => office[key]?.value ?? unknownFact);
    const shown: Rendered[] = [{ id: file.id, language, kind: 'answer', text: answer + source }];
    if (file.unconfirmed) shown.push({ id: file.id, language, kind: 'unconfirmed', text: of(file.unconfirmed) });
    if (file.source?.legal) shown.push({ id: file.id, language, kind: 'legal', text: file.source.legal + source });
    return shown;
  });
}

const renderFolder = (dir: string): Rendered[] => {
  const folder = readIntentFolder(dir);
  return [...folder.intents.values()].flatMap((file) => render(file, folder.office));
};
const oldRules = (all: Rendered[]) =>
  all.flatMap(({ id, language, text }) => oldRulesIn(text).map((rule) => `${id} ${language} ${rule}`));

const folder = readIntentFolder(intentsDir);
const files = [...folder.intents.values()];
const rendered = renderFolder(intentsDir);
const shownBy = (id: string, language: Language) =>
  rendered.filter((one) => one.id === id && one.language === language && one.kind !== 'legal').map(({ text }) => text);

describe('superseded rules', () => {
  it('When every answer is read in every language, then none repeats an old rule', () => {
    expect(oldRules(rendered)).toEqual([]);
  });

  it.each(traps.flatMap(({ name, wrong }) => wrong.map((sentence) => ({ name, sentence }))))(
    'When an answer said "$sentence", then it would be caught',
    ({ name, sentence }) => {
      expect(oldRulesIn(`Halo. ${sentence} Petugas bisa membantu.`)).toContain(`${name}: ${sentence}`);
    },
  );

  it('When an old rule is planted in an intent file, in an answer or its unconfirmed text, then its name and language are told', () => {
    const plant = (id: string, from: string, to: string) => {
      const text = readFileSync(join(intentsDir, `${id}.yaml`), 'utf8');
      expect(text).toContain(from);
      return { [`${id}.yaml`]: text.replace(from, to) };
    };
    const planted = {
      ...plant('reklame.lama', 'paling lama 14 hari kerja', 'paling lama 7 hari kerja'),
      ...plant('pbg.biaya', 'I state no figure.', 'you must bring your SKDU.'),
      ...plant('oss.risiko', 'legal: PP 28/2025', 'legal: PP 5/2021'),
    };
    withFolder(planted, (dir) => {
      const found = oldRules(renderFolder(dir)).join('\n');
      expect(found).toMatch(/^reklame\.lama id another time than 14 working days/m);
      expect(found).toMatch(/^pbg\.biaya en SIUP, TDP or SKDU demanded/m);
      expect(found).toMatch(/^oss\.risiko id PP 5\/2021 in force/m);
    });
  });

  it.each([
    ['oss.kbli', /KBLI 2025/, /KBLI 2025/],
    ['oss.siup-tdp', /tidak diterbitkan lagi.*NIB|tos teu dikaluarkeun deui.*NIB/s, /no longer issued.*NIB/s],
    ['pbg.apa', /IMB (baru tidak diterbitkan|anyar tos teu dikaluarkeun)/, /no new IMB is issued/],
    ['pbg.lama', /28 (hari kerja|dinten gawé).*10 (hari kerja|\s*dinten gawé)/s, /28 working days.*10 working days/s],
    ['pbg.mbr', /10 hari kerja/, /10 working days/],
    ['imb.lama', /diganti PBG/, /replaced by PBG/],
    ['reklame.lama', /14 (hari kerja|dinten gawé)/, /14 working days/],
    ['sip.str', /seumur hidup/, /for life/],
    ['sip.syarat', /organisasi prof[eé]si (tidak|tos teu)/i, /no longer needed/],
    ['sip.perpanjang', /rekomendasi organisasi profesi tidak diperlukan lagi/, /no longer needed/],
    ['ho.dihapus', /dihapus/, /abolished/],
    ['kkpr.apa', /menggantikan izin lokasi/, /replaced the old location permit/],
  ])('When %s answers, then it says what holds today', (id, indonesian, english) => {
    for (const language of languages) {
      const texts = shownBy(id, language);
      expect(texts.length).toBeGreaterThan(0);
      for (const text of texts) expect(text.replace(/\s+/g, ' ')).toMatch(language === 'en' ? english : indonesian);
    }
  });
});

describe('every answer', () => {
  it('When it is shown with facts, source and date, then it has at most 600 characters', () => {
    expect(
      rendered.filter(({ text }) => text.length > 600).map(({ id, language, text }) => `${id} ${language} ${text.length}`),
    ).toEqual([]);
  });

  it('When it rests on a single source, then it says so in every language and offers a person', () => {
    const single = files.filter((file) => file.source?.confidence === 'single');
    expect(single.length).toBeGreaterThan(0);
    for (const file of single) {
      expect(file.buttons).toContain('cmd:officer');
      for (const { language, kind, text } of render(file, folder.office).filter((one) => one.kind !== 'legal'))
        expect(`${file.id} ${kind} ${text}`).toMatch(language === 'en' ? /according to/i : /\b(menurut|numutkeun)\b/i);
    }
  });

  it('When it is about a permit, then it names source and date, or says that nothing is confirmed yet', () => {
    for (const file of files.filter(({ service }) => service !== undefined)) {
      for (const { language, kind, text } of render(file, folder.office)) {
        if (file.source && kind !== 'unconfirmed')
          expect(text).toMatch(language === 'en' ? /Source: .+ checked .+\d{4}$/ : /Sumber: .+ diperiksa .+\d{4}$/);
        if (kind === 'unconfirmed') expect(text).toMatch(/belum dikonfirmasi|teu acan dikonfirmasi|not confirmed/);
      }
      expect(file.source !== undefined || file.facts.length > 0).toBe(true);
      expect(file.source?.reviewBy ?? '2027').toMatch(/^2027/);
    }
  });

  it('When a rule or a figure of law stands in the text, then there is a source', () => {
    const law = /\b(PP|UU|Perda|Perwal|Permen\w*|SKB|Peraturan BPS)\s+\d|\b\d+ (hari kerja|working days)\b/;
    const without = rendered.filter(({ id, text }) => law.test(text) && !folder.intents.get(id)?.source);
    expect(without.map(({ id, text }) => `${id}: ${text}`)).toEqual([]);
  });

  it('When it is about a permit, then a person is one button away', () => {
    const without = files.filter((file) => file.service !== undefined && !file.buttons.includes('cmd:officer'));
    expect(without.filter((file) => file.buttons.length < 3).map(({ id }) => id)).toEqual([]);
  });
});
