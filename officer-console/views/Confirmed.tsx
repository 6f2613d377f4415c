// Whether the office vouches for a fact.
export function Confirmed({ yes, isEmpty }: { yes: boolean; isEmpty: boolean }) {
  if (isEmpty) return <span class="tag">belum diisi</span>;
  return yes ? <span class="tag is-good">dikonfirmasi</span> : <span class="tag is-open">belum dikonfirmasi</span>;
}
