// Facts about the office: shown only once somebody vouched for them, changed as a whole, every problem named.
import {
  applyOffice,
  confirmedHours,
  defaultOffice,
  fillFacts,
  type Office,
  officeFact,
  officeSchema,
  withoutProposals,
  withProposals,
} from '../../src/desk/office.ts';

const now = Date.parse('2026-08-03T10:00:00+07:00');
const zone = 'Asia/Jakarta';
const fact = (office: Office, key: string) => officeFact(office, key, 'id', now, zone);
const fill = (office: Office, text: string) => fillFacts(text, office, 'id', now, zone);
const monday = { weekly: { monday: [{ from: '08:00', to: '12:00' }] } };

const proposals = {
  'kantor.alamat': { title: 'Alamat', value: 'Jl. Cianjur No. 34, Bandung', source: 'kop surat' },
  'kantor.web': { title: 'Situs', value: 'dpmptsp.bandung.go.id', source: 'dpmptsp.bandung.go.id' },
  'kantor.wa': { title: 'WhatsApp', value: null, source: null },
};
const proposed = withProposals(defaultOffice, proposals);

function changed(input: unknown, current = proposed, by = 'o1', at = now): Office {
  const applied = applyOffice(current, input, by, at, proposals);
  if (!applied.ok) throw new Error(applied.problems.join('; '));
  return applied.office;
}
function problems(input: unknown): string[] {
  const applied = applyOffice(defaultOffice, input, 'o1', now);
  return applied.ok ? [] : applied.problems;
}

describe('defaultOffice', () => {
  it('When nothing was confirmed, then no fact is told, not even the address', () => {
    for (const key of [...Object.keys(proposals), 'kantor.jam']) expect(fact(proposed, key)).toBeNull();
    expect(proposed.facts['kantor.alamat']).toMatchObject({ value: 'Jl. Cianjur No. 34, Bandung', source: 'kop surat' });
    expect(confirmedHours(defaultOffice)).toBeNull();
    expect(defaultOffice.rules).toEqual({
      greetingWaitMs: 2500,
      idleCloseHours: 24,
      officerIdleMinutes: 10,
      officerGoneMinutes: 15,
      placeMinIntervalMinutes: 5,
      estimateMinChats: 20,
      reopenDays: 7,
      floodPerMinute: 20,
      maxAttempts: 8,
      alarmWaitMinutes: 30,
      alarmDiskPercent: 10,
      keepTalksMonths: 0,
      keepAuditMonths: 0,
    });
  });

  it('When a stored document lacks what a newer version knows, then the defaults fill it in', () => {
    const stored = JSON.parse(JSON.stringify(changed({ facts: { 'kantor.wa': { value: '0812' } } })));
    delete stored.rules.maxAttempts;
    stored.rules.gone = 1;
    const office = officeSchema.parse(stored);
    expect(office.rules).toEqual(defaultOffice.rules);
    expect(fact(office, 'kantor.wa')).toBe('0812');
  });
});

describe('applyOffice', () => {
  it('When a value is changed, then whoever changed it vouches for it, and the old source is gone', () => {
    const office = changed({ facts: { 'kantor.telepon': { value: ' (022) 1234567 ' } } });
    expect(office.facts['kantor.telepon']).toEqual({ value: '(022) 1234567', source: null, confirmedBy: 'o1', confirmedAt: now });
    expect(fact(office, 'kantor.telepon')).toBe('(022) 1234567');
    expect(fact(office, 'kantor.alamat')).toBeNull();
  });

  it('When a value is confirmed as it stands, then it is told and keeps its source', () => {
    const value = 'Jl. Cianjur No. 34, Bandung';
    const office = changed({ facts: { 'kantor.alamat': { value, confirm: true } } });
    expect(fact(office, 'kantor.alamat')).toBe(value);
    expect(office.facts['kantor.alamat']?.source).toBe('kop surat');
  });

  it('When the whole document comes back unchanged, then nothing changes, and a forged confirmation is not taken', () => {
    const first = changed({ facts: { 'kantor.wa': { value: '0812' } }, hours: { value: monday } });
    expect(changed(JSON.parse(JSON.stringify(first)), first, 'o2', now + 1)).toEqual(first);
    const forged = { facts: { 'kantor.web': { ...proposed.facts['kantor.web'], confirmedBy: 'o9', confirmedAt: 1 } } };
    expect(fact(changed(forged), 'kantor.web')).toBeNull();
  });

  it('When a confirmed fact is emptied, then it is not confirmed any more; a key of its own is removed', () => {
    const filled = changed({ facts: { 'kantor.wa': { value: '0812' }, 'pbg.tarif': { value: 'Rp1', source: 'Perda' } } });
    expect(fact(filled, 'pbg.tarif')).toBe('Rp1');
    const emptied = changed({ facts: { 'kantor.wa': { value: null, confirm: true }, 'pbg.tarif': { value: null } } }, filled);
    expect(emptied.facts['kantor.wa']).toEqual({ value: null, source: null, confirmedBy: null, confirmedAt: null });
    expect(emptied.facts).not.toHaveProperty(['pbg.tarif']);
  });

  it('When the document is stored, then proposals nobody touched stay out of it: a better one is seen later', () => {
    const office = changed({ facts: { 'kantor.alamat': { value: 'Jl. Cianjur No. 34, Bandung', confirm: true } } });
    const own = withoutProposals(office, proposals);
    expect(Object.keys(own.facts)).toEqual(['kantor.alamat']);
    const better = { ...proposals, 'kantor.wa': { title: 'WhatsApp', value: '0811', source: 'baru' } };
    expect(withProposals(own, better).facts['kantor.wa']).toMatchObject({ value: '0811', confirmedBy: null });
    expect(fact(withProposals(own, better), 'kantor.alamat')).toBe('Jl. Cianjur No. 34, Bandung');
  });

  it('When hours are set, then they are told as kantor.jam; when removed, no more', () => {
    const office = changed({ hours: { value: monday } });
    expect(fact(office, 'kantor.jam')).toBe('Senin 08.00–12.00; Selasa–Minggu tutup');
    expect(office.hours).toMatchObject({ confirmedBy: 'o1', confirmedAt: now });
    expect(fact(changed({ hours: { value: null } }, office), 'kantor.jam')).toBeNull();
  });

  it('When hours stay the same, then only confirming again renews who vouched', () => {
    const office = changed({ hours: { value: monday } });
    expect(changed({ hours: { value: monday } }, office, 'o2', now + 1).hours.confirmedBy).toBe('o1');
    expect(changed({ hours: { value: monday, confirm: true } }, office, 'o2', now + 1).hours).toMatchObject({
      confirmedBy: 'o2',
      confirmedAt: now + 1,
    });
  });

  it('When some rules are set, then the others keep their value', () => {
    const office = changed({ rules: { idleCloseHours: 48 } });
    expect(office.rules).toEqual({ ...defaultOffice.rules, idleCloseHours: 48 });
    expect(changed({ rules: { reopenDays: 1 } }, office).rules).toMatchObject({ idleCloseHours: 48, reopenDays: 1 });
  });

  it.each([
    ['is no object', 'x', /./],
    ['has a number out of bounds', { rules: { greetingWaitMs: 60_000 } }, /^rules\.greetingWaitMs: /],
    ['has a number that is text', { rules: { maxAttempts: '8' } }, /^rules\.maxAttempts: /],
    ['has an unknown rule', { rules: { maxAttempt: 8 } }, /^rules: .*maxAttempt/],
    ['has a bad key', { facts: { Alamat: { value: 'x' } } }, /Alamat.*kunci fakta/],
    ['sets kantor.jam as text', { facts: { 'kantor.jam': { value: '08-16' } } }, /kantor\.jam.*jam layanan/],
    ['has an empty value', { facts: { 'kantor.wa': { value: '  ' } } }, /^facts\.kantor\.wa\.value: /],
    ['has a value without end', { facts: { 'kantor.wa': { value: 'x'.repeat(301) } } }, /^facts\.kantor\.wa\.value: /],
    [
      'has hours that overlap',
      { hours: { value: { weekly: { friday: [{ from: '09:00', to: '08:00' }] } } } },
      /^hours\.value\.weekly\.friday\.0: /,
    ],
  ])('When the input %s, then it is refused with its place', (_, input, problem) => {
    expect(problems(input).join('\n')).toMatch(problem);
  });

  it('When several things are wrong, then all are named, in Indonesian, and the current document is untouched', () => {
    const before = JSON.stringify(defaultOffice);
    const found = problems({ facts: { 'kantor.wa': { value: 5 }, 'kantor.web': { value: '' } } });
    expect(found).toHaveLength(2);
    expect(found.join()).not.toMatch(/invalid|expected/i);
    expect(JSON.stringify(defaultOffice)).toBe(before);
  });
});

describe('fillFacts', () => {
  const office = changed({ facts: { 'kantor.alamat': { value: 'Jl. Uji {kantor.wa} 1' } }, hours: { value: monday } });

  it('When every fact is confirmed, then the text is complete and values are not read as text to fill', () => {
    expect(fill(office, 'Di {kantor.alamat}; {kantor.jam}.')).toBe(
      'Di Jl. Uji {kantor.wa} 1; Senin 08.00–12.00; Selasa–Minggu tutup.',
    );
    expect(fill(office, 'Tanpa fakta.')).toBe('Tanpa fakta.');
    expect(fillFacts('{kantor.jam}', office, 'en', now, zone)).toBe('Monday 08:00–12:00; Tuesday–Sunday closed');
  });

  it.each(['{kantor.wa}', '{kantor.tidak-ada}', '{nomor}', '{toString}', '{kantor.alamat} {kantor.telepon}'])(
    'When a fact is missing in "%s", then there is no text',
    (text) => {
      expect(fill(office, text)).toBeNull();
    },
  );
});
