// What CloudFront gives its functions, as far as ours ask for it.
let origin;
let reads;
const values = new Map();
export const world = {
  set: (entries) => Object.entries(entries).forEach(([key, value]) => values.set(key, value)),
  origin: () => origin,
  reads: () => reads,
  reset: () => {
    origin = undefined;
    reads = 0;
  }
};
export default {
  kvs: () => ({
    get: async (key) => {
      reads++;
      if (!values.has(key)) throw new Error('no such key: ' + key);
      return values.get(key);
    }
  }),
  selectRequestOriginById: (id) => (origin = id)
};
