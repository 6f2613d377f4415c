// Random numbers that are the same in every run, so that a failure can be seen again.

/** @returns a function: a whole number from 0 up to, not including, its argument. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return Math.floor((state / 4_294_967_296) * below);
  };
}
