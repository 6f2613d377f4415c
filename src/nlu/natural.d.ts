// Types for the one deep import of `natural`: its root is never loaded (it is slow, large, prints and reads .env files).
declare module 'natural/lib/natural/stemmers/indonesian/stemmer_id.js' {
  const stemmer: {
    /** The root of one lower-case word; the word itself when no rule leads to a known root. */
    stem(word: string): string;
    /** The root words it knows. */
    dictionary: string[];
  };
  export default stemmer;
}
declare module 'natural/lib/natural/stemmers/porter_stemmer.js' {
  const stemmer: {
    /** The Porter stem of one lower-case English word. */
    stem(word: string): string;
  };
  export default stemmer;
}
