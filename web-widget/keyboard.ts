// A phone's keyboard covers the page without shrinking it: what must stay in sight takes the part that is left.
/**
 * @param element laid out over the whole window
 * @param isCovering whether it covers the window now; asked at every change
 */
export function keepInSight(element: HTMLElement, isCovering: () => boolean = () => true): void {
  const viewport = window.visualViewport;
  const fit = () => {
    const isCut = viewport !== null && viewport.scale === 1 && isCovering() && viewport.height < innerHeight - 1;
    element.style.height = isCut ? `${viewport.height}px` : '';
    element.style.top = isCut ? `${viewport.offsetTop}px` : '';
  };
  viewport?.addEventListener('resize', fit);
  viewport?.addEventListener('scroll', fit);
}
