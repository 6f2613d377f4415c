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
