// The order of test files for Jest: on a fresh checkout none was ever timed, and the long ones go first, so that no worker ends alone with one.
const { default: Sequencer } = require('@jest/test-sequencer');

const long = [
  ...['browser/widget', 'faults/whatsappWeb', 'faults/twoNodes', 'faults/kill', 'journeys/permitTelegram', 'store/model'],
  ...['browser/adminPages', 'browser/knowledgePages', 'browser/console', 'journeys/whatsappWebNumber', 'journeys/whatsappWeb'],
  ...['journeys/permitShell', 'browser/consoleMany', 'browser/permitPages', 'browser/consoleWays', 'faults/permitKill'],
  ...['scripts/mongoTools', 'store/mongo', 'store/rekey', 'desk/model', 'browser/nodeDies', 'store/mongoConnect'],
];
const placeOf = ({ path }) => {
  const place = long.findIndex((name) => path.endsWith(`/test/${name}.test.ts`));
  return place === -1 ? long.length : place;
};

module.exports = class LongestFirst extends Sequencer {
  /** What failed or was timed here before goes its usual way behind these. */
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => placeOf(one) - placeOf(other));
  }
};
