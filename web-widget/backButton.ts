// On phones the panel covers the page, so Back closes it. One history entry, same address, the host's own state kept.

/** The key under which our entry is known among the host's. */
const mark = 'loketPanel';

/**
 * @param onBack the visitor went back from our entry
 * @returns `arm` when the panel opens, `disarm` when it closed by other means
 */
export function keepBackButton(onBack: () => void): { arm: () => void; disarm: () => void } {
  let isArmed = false;
  addEventListener('popstate', () => {
    if (!isArmed || isOurs()) return;
    isArmed = false;
    onBack();
  });
  return {
    arm() {
      if (isArmed) return;
      isArmed = true;
      if (!isOurs()) history.pushState({ ...history.state, [mark]: true }, '');
    },
    disarm() {
      if (!isArmed) return;
      isArmed = false;
      // Only when the host has not navigated since: the entry on top is still ours.
      if (isOurs()) history.back();
    },
  };
}

const isOurs = (): boolean => history.state?.[mark] === true;
