// The order of test files for Jest's two workers, also on a fresh checkout where none was ever timed: the long ones first, so that none is left
// alone with one at the end, and journeys beside unit tests as far as there are any, so that two browsers seldom want both cores.
const { default: Sequencer } = require('@jest/test-sequencer');

/** Measured on two quiet cores, rounded; what is not named is short. */
const seconds = {
  ...{ 'browser/widget': 65, 'faults/whatsappWeb': 50, 'journeys/permitTelegram': 30, 'faults/kill': 32, 'faults/twoNodes': 31 },
  ...{ 'faults/whatsappWebKill': 30, 'faults/linkKill': 15 },
  ...{ 'journeys/whatsappWebNumber': 24, 'journeys/whatsappWeb': 21, 'browser/consoleMany': 20, 'browser/console': 20 },
  ...{ 'journeys/permitShell': 18, 'browser/adminPages': 18, 'browser/knowledgePages': 18, 'faults/permitKill': 15 },
  ...{ 'store/model': 23, 'store/mongo': 22, 'scripts/mongoTools': 20, 'store/rekey': 16, 'store/mongoConnect': 16 },
  ...{ 'nlu/openNlu': 12, 'desk/model': 10, 'nlu/flat': 8, main: 8, 'scripts/intentsLabels': 8, 'store/mongoNodes': 8 },
};
const secondsOf = ({ path }, usual) => seconds[path.split('/test/').at(-1).replace('.test.ts', '')] ?? usual;

module.exports = class Order extends Sequencer {
  sort(tests) {
    const starts = (name, usual) => {
      let at = 0;
      return tests
        .filter(({ context }) => context.config.displayName.name === name)
        .map((test) => ({ test, takes: secondsOf(test, usual) }))
        .sort((one, other) => other.takes - one.takes)
        .map(({ test, takes }) => {
          at += takes;
          return { test, start: at - takes };
        });
    };
    const all = [...starts('journeys', 7), ...starts('unit', 1)];
    return all.sort((one, other) => one.start - other.start).map(({ test }) => test);
  }
};
