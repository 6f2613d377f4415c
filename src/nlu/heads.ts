// The two heads of the matcher: which service, which aspect of it; an intent's score is the sum. A general question is a service of its own.
import type { Nearness } from './embedder.ts';
import {
  createModel,
  indonesianOptions,
  type Model,
  type ModelParts,
  type Ranking,
  type TrainOptions,
  train,
} from './model/model.ts';

/** Which service and aspect an intent answers. */
export interface Place {
  service: string;
  aspect: string;
}

/** Intent id → its place; general questions come as `general(id)`. */
export type Places = ReadonlyMap<string, Place>;

/** A general question is a service with one aspect; the sign keeps it apart from permits. */
export const general = (intent: string): Place => ({ service: `=${intent}`, aspect: '=' });

/** The joint ranking of intents, in the form the gates take, with what each head saw. */
export interface Sight extends Ranking {
  /** The first service by itself, and its share. */
  service: { name: string; share: number };
}

export interface Heads {
  see(words: readonly string[]): Sight;
}

/** What is kept on disk. */
export interface HeadParts {
  service: ModelParts;
  aspect: ModelParts;
}

export interface HeadRow {
  intent: string | null;
  words: readonly string[];
}

/** Learns both heads. @param rows a row without intent is background: it teaches what nobody asks */
export function trainHeads(rows: readonly HeadRow[], places: Places, options: TrainOptions = indonesianOptions): HeadParts {
  const learn = (part: keyof Place): ModelParts =>
    train(
      rows.map(({ intent, words }) => ({ label: (intent !== null && places.get(intent)?.[part]) || null, words })),
      options,
    ).parts;
  return { service: learn('service'), aspect: learn('aspect') };
}

/** Steepness of the softmax over joint scores; only the order of shares and the fitted curves depend on it. */
const steepness = 2;

/** @param nearness what word vectors say, added to the scores; only where a site has some */
export function createHeads(parts: HeadParts, places: Places, nearness?: Nearness): Heads {
  const serviceModel: Model = createModel(parts.service);
  const aspectModel: Model = createModel(parts.aspect);
  const known = [...places].filter(
    ([, { service, aspect }]) => serviceModel.labels.includes(service) && aspectModel.labels.includes(aspect),
  );
  return {
    see(words) {
      const services = serviceModel.rank(words);
      const aspects = aspectModel.rank(words);
      const ofService = new Map(services.ranked.map(({ label, score }) => [label, score]));
      const ofAspect = new Map(aspects.ranked.map(({ label, score }) => [label, score]));
      const near = nearness?.(words);
      const scored = known
        .map(([label, { service, aspect }]) => ({
          label,
          score: (ofService.get(service) ?? 0) + (ofAspect.get(aspect) ?? 0) + (near?.get(label) ?? 0),
        }))
        .sort((a, b) => b.score - a.score || (a.label < b.label ? -1 : 1));
      const top = scored[0]?.score ?? 0;
      const total = scored.reduce((sum, { score }) => sum + Math.exp(steepness * (score - top)), 0);
      const ranked = scored.map(({ label, score }) => ({ label, score, share: Math.exp(steepness * (score - top)) / total }));
      const [service] = services.ranked;
      return {
        ranked,
        familiarity: services.familiarity,
        svmTop: services.svmTop,
        margin: ranked[1] ? top - ranked[1].score : 0,
        service: { name: service?.label ?? '', share: service?.share ?? 0 },
      };
    },
  };
}
