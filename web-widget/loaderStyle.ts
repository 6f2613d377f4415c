// The launcher's style sheet: inside a shadow root, adopted as a sheet object, so that no host policy blocks it.
export const loaderStyle = `
:host { all: initial !important }
button {
  position: fixed; right: 16px; bottom: calc(16px + env(safe-area-inset-bottom)); z-index: 2147483000;
  width: 60px; height: 60px; padding: 0; border: 2px solid #fff; border-radius: 50%; cursor: pointer;
  background: #0b5d66; color: #fff; box-shadow: 0 2px 10px rgba(0,0,0,.35); touch-action: manipulation;
}
button:focus { outline: 3px solid #0b5d66; outline-offset: 3px; box-shadow: 0 0 0 3px #fff }
svg { display: block; width: 28px; height: 28px; margin: auto }
.count {
  position: absolute; top: -6px; right: -6px; min-width: 24px; padding: 0 6px; border-radius: 12px; background: #b3261e;
  font: 700 14px/24px system-ui, sans-serif; box-sizing: border-box;
}
[hidden] { display: none }
.panel {
  position: fixed; right: 16px; bottom: calc(88px + env(safe-area-inset-bottom)); z-index: 2147483001;
  width: 392px; height: 680px; max-height: calc(100vh - 104px); border-radius: 18px; overflow: hidden;
  background: Canvas; box-shadow: 0 8px 40px rgba(20,15,5,.28);
}
.panel[hidden] { display: none }
iframe { display: block; width: 100%; height: 100%; border: 0; color-scheme: normal }
@media (max-width: 480px), (max-height: 480px) {
  .panel { top: 0; left: 0; right: 0; bottom: auto; width: 100%; height: 100vh; height: 100dvh; max-height: none; border-radius: 0 }
}
@media (prefers-reduced-motion: no-preference) {
  .panel { animation: rise .16s ease-out }
  @keyframes rise { from { opacity: 0; transform: translateY(12px) } }
}
`;
