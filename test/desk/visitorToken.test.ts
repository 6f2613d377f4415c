// Visitor tokens: nobody can make or change one.
import { createVisitorTokens, toInbound, visitorKey } from '../../src/desk/visitorToken.ts';

describe('visitor tokens', () => {
  const tokens = createVisitorTokens(Buffer.alloc(32, 1));

  it('When a token is issued, then it proves its visitor and no other', () => {
    const { token, visitorId } = tokens.issue();
    expect(tokens.verify(token)).toBe(visitorId);
    expect(tokens.issue().visitorId).not.toBe(visitorId);
    const [id = '', signature = ''] = token.split('.');
    const other = tokens.issue().visitorId;
    const flipped = signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`;
    for (const forged of ['', '.', id, `${other}.${signature}`, `${id}.${flipped}`, `${id}.`, `${token}.x`, `${token}\n`])
      expect(tokens.verify(forged)).toBeNull();
  });

  it('When the key is another or too short, then old tokens are void, or there are none', () => {
    const { token } = tokens.issue();
    expect(createVisitorTokens(Buffer.alloc(32, 2)).verify(token)).toBeNull();
    expect(() => createVisitorTokens(Buffer.alloc(16))).toThrow('32 bytes');
  });

  it('When a new key stands before the old one, then old tokens hold and the visitor gets one under the new key', () => {
    const { token, visitorId } = tokens.issue();
    const rotated = createVisitorTokens(Buffer.alloc(32, 2), [Buffer.alloc(32, 1)]);
    expect(rotated.verify(token)).toBe(visitorId);
    expect(rotated.tokenOf(visitorId)).not.toBe(token);
    expect(createVisitorTokens(Buffer.alloc(32, 2)).verify(rotated.tokenOf(visitorId))).toBe(visitorId);
    expect(tokens.tokenOf(visitorId)).toBe(token);
  });

  it("When a message comes in, then its id is the visitor's and the client's together, within the channel contract", () => {
    const sent = { clientMessageId: 'x'.repeat(64), text: 'halo' };
    const inbound = toInbound('v'.repeat(22), sent, 5);
    expect(inbound.externalId).toBe(`${'v'.repeat(22)}:${sent.clientMessageId}`);
    expect(inbound.externalId.length).toBeLessThanOrEqual(120);
    expect(inbound).toMatchObject({ ...visitorKey('v'.repeat(22)), externalId: inbound.externalId, button: null, sentAt: 5 });
  });
});
