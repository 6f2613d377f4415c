// The widget in a real browser, all of it on one server and in one browser: sizes, host sites, talk, lines that fail, files, looks, hostile texts.
import { describeFiles } from './widget/files.ts';
import { describeHosts } from './widget/hosts.ts';
import { describeLines } from './widget/lines.ts';
import { describeLooks } from './widget/looks.ts';
import { describeSafety } from './widget/safety.ts';
import { openStage, type Stage } from './widget/stage.ts';
import { describeTalk } from './widget/talk.ts';

describe('the widget in a browser', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  describeHosts(() => stage);
  describeTalk(() => stage);
  describeFiles(() => stage);
  describeSafety(() => stage);
  describeLooks(() => stage);
  describeLines(() => stage);
});
